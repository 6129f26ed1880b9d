import { describe, expect, it } from '@jest/globals';
import { parseJson } from '../../../../src/extract/json/json.ts';
import { constantOf } from '../../../../src/graph/agents/compiled/constants.ts';
import { literalOf, parseCondition, sourcesOf } from '../../../../src/graph/agents/compiled/expression.ts';

const json = (value: unknown) => parseJson(JSON.stringify(value), () => ({ file: 'g', line: 1, column: 1 }));
const from = (origins: string[], chosenBy = 'derived') => ({ origins, chosenBy });

describe('sourcesOf', () => {
  it('knows the result of the call that the expression belongs to', () => {
    const call = { place: { file: 'g', line: 1, column: 1 } };
    expect(sourcesOf(json('result.is_valid'), call)).toEqual({ origins: [call], chosenBy: 'derived' });
  });

  it.each([
    ['state.a == True and (not (state.b))', from(['a', 'b'])],
    ['state.a + state . a', from(['a'])],
    ['variables.ContactId != None', from([], 'linked')],
    ['result.is_valid', from([], 'model')],
    ['system.input_text', from([], 'model')],
    ["state.a == \"state.b\" or state.c == 'x \\' state.d'", from(['a', 'c'])],
    ["template::It's {{state.a}} and not state.b", from(['a'])],
    ['1.5 + len(state.list)', from(['list'])],
    ['True', from([])],
    ['false', from([], 'model')],
    ['not (True is None) and 1e5 in [2]', from([])],
    ['state', from([], 'model')],
    ['state.a.b.c + lookup.state.d', from(['a'], 'model')],
  ])('%s', (expression, sources) => {
    expect(sourcesOf(json(expression), undefined)).toEqual(sources);
  });

  it('looks into structures', () => {
    expect(sourcesOf(json({ a: ['state.x', 1, null], b: { c: 'variables.y' } }), undefined)).toEqual(
      from(['x'], 'linked'),
    );
  });

  it('does not try to understand an expression without measure', () => {
    expect(sourcesOf(json('('.repeat(100_000)), undefined)).toEqual(from([], 'model'));
  });
});

describe('literalOf', () => {
  it.each([
    ['True', true],
    ['False', false],
    ['None', null],
    ['-12.5', -12.5],
    ['"two words"', 'two words'],
    ["''", ''],
    [7, 7],
    [false, false],
  ])('%j is %j', (value, constant) => {
    expect(literalOf(json(value))).toBe(constant);
  });

  it.each(['state.a', '"a" + "b"', '"a\\n"', 'true', '1 + 1', 'None or True'])('%s is none', (expression) => {
    expect(literalOf(json(expression))).toBeUndefined();
  });
});

describe('constantOf', () => {
  it('is the value of a literal, or of an expression that is nothing but a constant variable', () => {
    const constants = new Map([['a', 'x']]);
    expect(constantOf(json(' state.a '), constants)).toBe('x');
    expect(constantOf(json('7'), constants)).toBe(7);
    expect(constantOf(json('state.b'), constants)).toBeUndefined();
    expect(constantOf(json('state.a.b'), constants)).toBeUndefined();
    expect(constantOf(json('state.a + 1'), constants)).toBeUndefined();
    expect(constantOf(json(['state.a']), constants)).toBeUndefined();
  });
});

describe('parseCondition', () => {
  it('reads what a script could say as well', () => {
    expect(parseCondition(' (state.a=="b") and not (variables.c is None)')?.kind).toBe('binary');
  });

  it.each(['state.a in [1]', "state.a == 'b'", 'state.a == 1 # and state.b', 'state.a ==', '', '('.repeat(70_000)])(
    'leaves anything else alone: %.20s',
    (text) => {
      expect(parseCondition(text)).toBeUndefined();
    },
  );
});
