import { describe, expect, it } from '@jest/globals';
import type { Authority } from '@agent-readiness/protocol';
import { compareEffects } from '../../../src/policy/diff/compareEffects.ts';
import { action, authority } from '../scopes.ts';

/** `widened update Case: gate confirmed>none`; attributes that became less in brackets. */
function changes(before: readonly Authority[], after: readonly Authority[]): string[] {
  return compareEffects([action('a', ...before)], [action('a', ...after)]).changes.map(
    ({ kind, effect, attributes }) =>
      `${kind} ${effect.operation} ${effect.object}${attributes
        .map(({ attribute, from, to, wider }) =>
          wider ? ` ${attribute} ${from}>${to}` : ` (${attribute} ${from}>${to})`,
        )
        .join('')}`,
  );
}

const bounded = (extentLimit: number): Partial<Authority> => ({ extent: 'bounded', extentLimit });

describe('what counts as a difference', () => {
  it.each<[string, Partial<Authority>, Partial<Authority>, string[]]>([
    ['nothing', {}, {}, []],
    ['how sure it is', { certainty: 'possible' }, { certainty: 'proven' }, []],
    ['more fields', {}, { fields: ['Owner', 'Status'] }, ['widened update Case fields Status>Owner, Status']],
    ['fewer fields', { fields: ['Owner', 'Status'] }, {}, ['narrowed update Case (fields Owner, Status>Status)']],
    ['any field', {}, { fields: ['*'] }, ['widened update Case fields Status>*']],
    ['more records', {}, { extent: 'unbounded' }, ['widened update Case extent one>unbounded']],
    ['a higher limit', bounded(2), bounded(3), ['widened update Case extent bounded 2>bounded 3']],
    ['a lower limit', bounded(3), bounded(2), ['narrowed update Case (extent bounded 3>bounded 2)']],
    [
      'a limit in place of the children of one',
      { extent: 'children-of-one' },
      bounded(2),
      ['widened update Case extent children-of-one>bounded 2'],
    ],
    [
      'the children of one in place of a limit',
      bounded(200),
      { extent: 'children-of-one' },
      ['widened update Case extent bounded 200>children-of-one'],
    ],
    ['another identity', {}, { identity: 'system' }, ['widened update Case identity user>system']],
    [
      'less of an identity',
      { identity: 'system' },
      { identity: 'system-with-sharing' },
      ['narrowed update Case (identity system>system-with-sharing)'],
    ],
    ['a gate removed', { gate: 'confirmed' }, {}, ['widened update Case gate confirmed>none']],
    ['a gate added', {}, { gate: 'approval' }, ['narrowed update Case (gate none>approval)']],
    [
      'harder to undo',
      { reversibility: 'recoverable' },
      { reversibility: 'irreversible' },
      ['widened update Case reversibility recoverable>irreversible'],
    ],
    [
      'one up, one down',
      { gate: 'none', identity: 'user' },
      { gate: 'confirmed', identity: 'system' },
      ['widened update Case identity user>system (gate none>confirmed)'],
    ],
    ['another object', {}, { object: 'Contact' }, ['added update Contact', 'removed update Case']],
    ['another operation', {}, { operation: 'delete' }, ['added delete Case', 'removed update Case']],
    ['part of an upsert', { operation: 'upsert' }, {}, ['narrowed update Case']],
    ['any object', { object: '*' }, {}, ['narrowed update Case']],
    ['the same unknown', { operation: 'unknown', object: '*' }, { operation: 'unknown', object: '*' }, []],
    [
      'an unknown with no gate any more',
      { operation: 'unknown', object: '*', gate: 'confirmed' },
      { operation: 'unknown', object: '*' },
      ['widened unknown * gate confirmed>none'],
    ],
    [
      'an unknown in place of what was known',
      { object: '*', fields: ['*'] },
      { operation: 'unknown', object: '*' },
      ['added unknown *', 'removed update *'],
    ],
  ])('%s', (_, before, after, expected) => {
    expect(changes([authority(before)], [authority(after)])).toEqual(expected);
  });
});

describe('several effects on one object', () => {
  const confirmed = authority({ gate: 'confirmed', fields: ['*'] });
  const open = authority();

  it('tells no difference in order', () => {
    expect(changes([confirmed, open], [open, confirmed])).toEqual([]);
  });

  it('does not tell what lies within an effect that stays', () => {
    const wide = authority({ fields: ['*'] });
    expect(changes([wide], [wide, open])).toEqual([]);
    expect(changes([wide, open], [wide])).toEqual([]);
  });

  it('tells the one that is gone', () => {
    expect(changes([confirmed, open], [confirmed])).toEqual(['removed update Case']);
  });

  it('compares with the one that is gone rather than with the one that stays', () => {
    const system = authority({ identity: 'system', gate: 'confirmed', fields: ['*'] });
    expect(changes([confirmed, open], [system, open])).toEqual(['widened update Case identity user>system']);
  });
});

describe('actions', () => {
  const names = (list: readonly { action: string }[]): string[] => list.map((each) => each.action);

  it('that came and went are named, also without effects', () => {
    const difference = compareEffects(
      [action('kept'), action('gone', authority()), action('quiet_gone')],
      [action('kept'), action('fresh', authority()), action('quiet_fresh')],
    );
    expect(names(difference.actions.added)).toEqual(['fresh', 'quiet_fresh']);
    expect(names(difference.actions.removed)).toEqual(['gone', 'quiet_gone']);
    expect(difference.changes.map(({ kind, action: name }) => `${kind} ${name}`)).toEqual([
      'added fresh',
      'removed gone',
    ]);
  });

  it('show the way to what they gained, and none to what they lost', () => {
    const difference = compareEffects([action('gone', authority())], [action('fresh', authority())]);
    expect(difference.changes.map(({ path }) => path.map(({ label }) => label))).toEqual([['update Case'], []]);
  });
});

describe('who chooses', () => {
  const chosenBy = (by: 'constant' | 'linked' | 'model', scope: Partial<Authority> = {}) => ({
    ...action('a'),
    effects: [{ effect: authority(scope), chosenBy: by, path: [] }],
  });
  const told = (...sides: [ReturnType<typeof chosenBy>, ReturnType<typeof chosenBy>]): string[] =>
    compareEffects([sides[0]], [sides[1]]).changes.map(
      ({ kind, attributes }) =>
        `${kind} ${attributes.map(({ attribute, from, to }) => `${attribute} ${from}>${to}`).join(', ')}`,
    );

  it('is a difference between two states of the source', () => {
    expect(told(chosenBy('linked'), chosenBy('model'))).toEqual(['widened chosenBy linked>model']);
    expect(told(chosenBy('model'), chosenBy('constant'))).toEqual(['narrowed chosenBy model>constant']);
    expect(told(chosenBy('linked'), chosenBy('linked'))).toEqual([]);
    // Less of one thing does not make up for the other.
    expect(told(chosenBy('linked'), chosenBy('model', { gate: 'confirmed' }))).toEqual([
      'widened chosenBy linked>model, gate none>confirmed',
    ]);
  });

  it('is not known of a manifest, and no difference to it', () => {
    const reviewed = action('a', authority());
    expect(compareEffects([reviewed], [chosenBy('model')]).changes).toEqual([]);
    expect(compareEffects([chosenBy('linked')], [reviewed]).changes).toEqual([]);
  });
});
