import type { OrgOutcome, OrgPort, OrgWrite, RecordImage } from '../../src/ports/org.ts';

export interface FakeOrg extends OrgPort {
  /** Every write that changed something: at most one per effect key. */
  readonly writes: OrgWrite[];
  /** How often it was asked. */
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
      const effects = outcome.effects.map((effect) => ({ ...effect, after: undefined }));
      return Promise.resolve({ kind: 'unknown', effects });
    },
  };
}

function effectOf({ operation, recordId, fields }: OrgWrite['effects'][number]) {
  const before: RecordImage = Object.fromEntries(Object.keys(fields).map((field) => [field, 'before']));
  return {
    recordId: recordId ?? 'a015g00000ReFuNAAV',
    before: operation === 'create' ? undefined : before,
    after: operation === 'delete' ? undefined : fields,
  };
}
