import { describe, expect, it } from '@jest/globals';
import {
  atLeast,
  dataOperations,
  destructiveOperations,
  effectSchema,
  manifestSchema,
  operationSchema,
  severities,
  type Effect,
} from '@agent-readiness/protocol';

const effect: Effect = {
  operation: 'delete',
  object: 'Contact',
  fields: [],
  extent: 'one',
  identity: 'user',
  chosenBy: 'model',
  gate: 'none',
  reversibility: 'recoverable',
  reach: 'direct',
  certainty: 'proven',
  path: [{ file: 'a.flow-meta.xml', line: 1, column: 1, label: 'Delete' }],
  otherPaths: 0,
};

describe('effectSchema', () => {
  it('accepts an effect and refuses what it does not know', () => {
    expect(effectSchema.safeParse(effect).success).toBe(true);
    expect(effectSchema.safeParse({ ...effect, severity: 'high' }).success).toBe(false);
    expect(effectSchema.safeParse({ ...effect, operation: 'drop' }).success).toBe(false);
  });

  it('refuses an effect without evidence', () => {
    expect(effectSchema.safeParse({ ...effect, path: [] }).success).toBe(false);
  });

  it('ties the limit to a bounded extent', () => {
    expect(effectSchema.safeParse({ ...effect, extent: 'bounded' }).success).toBe(false);
    expect(effectSchema.safeParse({ ...effect, extentLimit: 5 }).success).toBe(false);
    expect(effectSchema.safeParse({ ...effect, extent: 'bounded', extentLimit: 5 }).success).toBe(true);
  });
});

describe('the operation sets', () => {
  it('hold operations of the vocabulary only', () => {
    for (const operation of [...dataOperations, ...destructiveOperations]) {
      expect(operationSchema.options).toContain(operation);
    }
  });
});

describe('atLeast', () => {
  it.each([
    ['critical', 'high', true],
    ['high', 'high', true],
    ['medium', 'high', false],
    ['low', 'critical', false],
  ] as const)('%s against %s is %s', (severity, threshold, expected) => {
    expect(atLeast(severity, threshold)).toBe(expected);
  });

  it('orders every severity', () => {
    expect(severities).toEqual(['critical', 'high', 'medium', 'low']);
  });
});

describe('manifestSchema', () => {
  it('keeps what may happen and refuses the evidence', () => {
    const { operation, object, fields, extent, identity, gate, reversibility, certainty } = effect;
    const authority = { operation, object, fields, extent, identity, gate, reversibility, certainty };
    const manifest = { schemaVersion: 1, actions: [{ agent: 'A', topic: '', action: 'B', effects: [authority] }] };
    expect(manifestSchema.safeParse(manifest).success).toBe(true);
    const withEvidence = { ...manifest, actions: [{ agent: 'A', topic: '', action: 'B', effects: [effect] }] };
    expect(manifestSchema.safeParse(withEvidence).success).toBe(false);
  });
});
