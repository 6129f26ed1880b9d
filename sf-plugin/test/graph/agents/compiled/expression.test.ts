import { describe, expect, it } from '@jest/globals';
import { parseJson } from '../../../../src/extract/json/json.ts';
import { literalOf, sourcesOf, stateVariable } from '../../../../src/graph/agents/compiled/expression.ts';

const json = (value: unknown) => parseJson(JSON.stringify(value), () => ({ file: 'g', line: 1, column: 1 }));
const from = (state: string[], linked = false, model = false) => ({ state, linked, model });

describe('sourcesOf', () => {
  it.each([
    ['state.a == True and (not (state.b))', from(['a', 'b'])],
    ['state.a + state . a', from(['a'])],
    ['variables.ContactId != None', from([], true)],
    ['result.is_valid', from([], false, true)],
    ['system.input_text', from([], false, true)],
    ["state.a == \"state.b\" or state.c == 'x \\' state.d'", from(['a', 'c'])],
    ["template::It's {{state.a}} and not state.b", from(['a'])],
    ['1.5 + len(state.list)', from(['list'])],
    ['True', from([])],
    ['false', from([], false, true)],
    ['not (True is None) and 1e5 in [2]', from([])],
    ['state', from([], false, true)],
    ['state.a.b.c + lookup.state.d', from(['a'], false, true)],
  ])('%s', (expression, sources) => {
    expect(sourcesOf(json(expression))).toEqual(sources);
  });

  it('looks into structures', () => {
    expect(sourcesOf(json({ a: ['state.x', 1, null], b: { c: 'variables.y' } }))).toEqual(from(['x'], true));
  });

  it('does not try to understand an expression without measure', () => {
    expect(sourcesOf(json('('.repeat(100_000)))).toEqual(from([], false, true));
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

describe('stateVariable', () => {
  it('is the name of an expression that is nothing but a variable', () => {
    expect(stateVariable(json(' state.a '))).toBe('a');
    expect(stateVariable(json('state.a.b'))).toBeUndefined();
    expect(stateVariable(json('state.a + 1'))).toBeUndefined();
    expect(stateVariable(json(['state.a']))).toBeUndefined();
  });
});
