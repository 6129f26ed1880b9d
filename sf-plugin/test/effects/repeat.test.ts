import { describe, expect, it } from '@jest/globals';
import type { CallContext, Expansion, LocalEffect } from '../../src/effects/model.ts';
import { repeatAsCalled } from '../../src/effects/repeat.ts';

const place = { file: 'x', line: 1, column: 1 };
const context: CallContext = { identity: 'user', isEntry: false, inputs: {}, otherInputs: 'model' };
const mail: LocalEffect = {
  operation: 'send-message',
  object: 'email',
  fields: [],
  extent: 'one',
  identity: 'user',
  chosenBy: 'model',
  reversibility: 'irreversible',
  certainty: 'proven',
  place,
  label: 'mail',
};
const expansion = (effect: LocalEffect): Expansion => ({
  effects: [effect],
  calls: [
    { callee: { kind: 'flow', name: 'F' }, context, cause: 'call', certainty: 'proven', place, label: 'calls F' },
  ],
  pruned: [],
});

describe('repeatAsCalled', () => {
  it.each([
    ['one', undefined, 3, 'bounded', 3],
    ['one', undefined, 'unbounded', 'unbounded', undefined],
    ['bounded', 5, 4, 'bounded', 20],
    ['bounded', 5, 'unbounded', 'unbounded', undefined],
    ['unbounded', undefined, 2, 'unbounded', undefined],
  ] as const)('%s (%s) called %s times is %s (%s)', (extent, limit, repeats, expected, expectedLimit) => {
    const effect = { ...mail, extent, ...(limit !== undefined && { extentLimit: limit }) };
    const [found] = repeatAsCalled(expansion(effect), { ...context, repeats }).effects;
    expect([found?.extent, found?.extentLimit]).toEqual([expected, expectedLimit]);
  });

  it('hands the repetition on to what is called in turn', () => {
    expect(repeatAsCalled(expansion(mail), { ...context, repeats: 7 }).calls[0]?.context.repeats).toBe(7);
  });

  it('changes nothing for a call that is made once', () => {
    expect(repeatAsCalled(expansion(mail), context)).toEqual(expansion(mail));
  });
});
