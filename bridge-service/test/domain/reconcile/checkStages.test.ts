import { expect, it } from '@jest/globals';
import type { Disposition, Verified } from '@agent-readiness/protocol/handoff';
import { checkStages } from '../../../src/domain/reconcile/checkStages.ts';

/** As much of a result as its stage is judged by; young, so that nothing is missing yet. */
const result = (sha256: string, disposition: Disposition): Verified =>
  ({ kind: 'result', sha256, claims: { disposition, effects: [], exp: 120 } }) as unknown as Verified;

const found = (...objects: readonly Verified[]): readonly string[] => {
  const held = new Set(objects.map(({ sha256 }) => sha256));
  return checkStages({ objects, atOrg: held, atBridge: held, erased: false, now: 0 }).map(({ code }) => code);
};

it('takes the same end, signed again, for one end, whatever was asked in between', () => {
  const asked = result('1', 'approval_required');
  expect(found(asked, result('2', 'denied'), asked, result('3', 'denied'))).toEqual([]);
});

it('names an end that contradicts another one', () => {
  expect(found(result('1', 'denied'), result('2', 'executed'))).toEqual(['end_changed']);
});
