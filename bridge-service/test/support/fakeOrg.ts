import type { JsonObject } from '../../src/domain/json.ts';
import { writtenBefore, type OrgOutcome, type OrgPort, type OrgWrite } from '../../src/ports/org.ts';

export interface FakeOrg extends OrgPort {
  /** What can be read, by the name of the object. */
  readonly records: Record<string, readonly ({ readonly id: string } & JsonObject)[]>;
  /** Every write that changed something: at most one per effect key. */
  readonly writes: OrgWrite[];
  /** How often it was asked to write. */
  readonly calls: () => number;
  /** What happens to the next calls instead; `before` the write or `after` it, when the answer is lost. */
  readonly faults: ('before' | 'after' | 'rejects')[];
}

/** Does what an org with a unique external id does: the same key changes nothing twice. */
export function createFakeOrg(): FakeOrg {
  const done = new Map<string, Extract<OrgOutcome, { kind: 'confirmed' }>>();
  const writes: OrgWrite[] = [];
  const records: FakeOrg['records'] = {};
  const faults: FakeOrg['faults'] = [];
  let calls = 0;
  return {
    kind: 'offline',
    records,
    writes,
    faults,
    calls: () => calls,
    read: ({ effects }) => Promise.resolve({ kind: 'read', images: effects.map(imageOf) }),
    query: ({ object, fields }) => {
      const found = (records[object] ?? []).map(({ id, ...record }) => ({
        id,
        fields: Object.fromEntries(fields.map((field) => [field, record[field] ?? null])),
      }));
      return Promise.resolve({ kind: 'read', records: found });
    },
    write(write) {
      calls += 1;
      const fault = faults.shift();
      if (fault === 'before') return Promise.resolve({ kind: 'unavailable', code: 'SERVER_UNAVAILABLE' });
      if (fault === 'rejects') return Promise.resolve({ kind: 'rejected', code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION' });
      let outcome = done.get(write.effectKey);
      const known = [write.effectKey, ...write.earlierKeys];
      const isOtherPlan = writes.some(({ txn, effectKey }) => txn === write.txn && !known.includes(effectKey));
      if (outcome === undefined && isOtherPlan) return Promise.resolve({ kind: 'rejected', code: writtenBefore });
      if (outcome === undefined) {
        outcome = { kind: 'confirmed', effects: write.effects.map(effectOf) };
        done.set(write.effectKey, outcome);
        writes.push(write);
      }
      if (fault !== 'after') return Promise.resolve(outcome);
      return Promise.resolve({ kind: 'unknown' });
    },
  };
}

function imageOf({ operation, fields }: OrgWrite['effects'][number]) {
  if (operation === 'create') return undefined;
  return Object.fromEntries(Object.keys(fields).map((field) => [field, 'before']));
}

function effectOf({ operation, recordId = 'a015g00000ReFuNAAV', fields }: OrgWrite['effects'][number]) {
  return operation === 'delete' ? { recordId } : { recordId, after: fields };
}
