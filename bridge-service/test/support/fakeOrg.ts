import type { OrgOutcome, OrgPort, OrgWrite } from '../../src/ports/org.ts';

export interface FakeOrg extends OrgPort {
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
  const faults: FakeOrg['faults'] = [];
  let calls = 0;
  return {
    kind: 'offline',
    writes,
    faults,
    calls: () => calls,
    read: ({ effects }) => Promise.resolve({ kind: 'read', images: effects.map(imageOf) }),
    write(write) {
      calls += 1;
      const fault = faults.shift();
      if (fault === 'before') return Promise.resolve({ kind: 'unavailable', code: 'SERVER_UNAVAILABLE' });
      if (fault === 'rejects') return Promise.resolve({ kind: 'rejected', code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION' });
      let outcome = done.get(write.effectKey);
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
