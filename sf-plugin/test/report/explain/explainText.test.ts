import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { explainText } from '../../../src/report/explain/explainText.ts';
import { explanationSchema, type Explanation } from '../../../src/report/explain/explanation.ts';
import { widthOf } from '../../../src/report/text/layout.ts';
import { unicodeSymbols } from '../../../src/report/text/style.ts';
import { plainStyle } from '../plainStyle.ts';
import { actionFacts, explained, explanation, hop, script } from './sampleExplanation.ts';

const withEffects = (...effects: Explanation['effects']): string => explainText(explanation({ effects }), plainStyle);
const linesOf = (text: string): string[] => text.split('\n');

function withoutEffects(changes: Partial<Explanation['action']>, coverage = explanation().coverage): string[] {
  const facts = { ...actionFacts('find_order'), calls: [], ...changes };
  const text = explainText(explanation({ action: facts, effects: [], coverage }), plainStyle);
  return linesOf(text).slice(2);
}

describe('the explanation for people', () => {
  it('is made of explanations that the schema allows', () => {
    expect(explanationSchema.parse(explanation())).toEqual(explanation());
  });

  it('shows the path to each effect, and nothing twice', () => {
    const expected = readFileSync(new URL('fixtures/removeOrder.txt', import.meta.url), 'utf8');
    expect(explainText(explanation(), plainStyle)).toBe(expected);
  });

  it('says how many effects the filter leaves out', () => {
    const [one] = explanation().effects;
    const text = explainText(explanation({ effects: one ? [one] : [], otherEffects: 11 }), plainStyle);
    expect(linesOf(text)[2]).toBe('1 of 12 effects');
  });

  it.each([
    [
      { reachable: false },
      'changes nothing, because it is not reachable: nothing in what a conversation can',
      'reach offers or runs it',
      `    ${script}:88`,
    ],
    [{}, 'changes nothing: flow find_order_flow and all that it calls only read', `    ${script}:88`],
  ])('says why there are no effects: %j', (changes, ...lines) => {
    expect(withoutEffects(changes)).toEqual([...lines, '']);
  });

  it('says which branches are ruled out, and what could not be read', () => {
    const pruned = [{ file: 'A.cls', line: 7, column: 1, reason: 'confirmed is always false' }];
    expect(withoutEffects({ pruned })).toEqual([
      'changes nothing: flow find_order_flow and all that it calls only read, outside',
      'the branches ruled out below',
      `    ${script}:88`,
      '',
      '-- Ruled out -------------------------------------------------------------------',
      'confirmed is always false',
      '    A.cls:7',
      '',
    ]);
    const filesFailed = [{ file: 'B.cls', line: 1, column: 1, reason: 'syntax error' }];
    expect(withoutEffects({}, { filesParsed: 1, filesFailed, opaqueTargets: [] })).toEqual([
      'changes nothing that could be seen; some files could not be read',
      `    ${script}:88`,
      '',
      '-- Not seen --------------------------------------------------------------------',
      '',
      '1 file not read in full',
      '  syntax error',
      '    B.cls:1',
      '',
    ]);
  });

  it('tells of what was not seen only what is known', () => {
    const text = withEffects(
      explained([hop(script, 3, 'flow x__Y is not in the project', 'target: "flow://x__Y"')], {
        operation: 'unknown',
        object: '*',
        certainty: 'opaque',
        gate: 'guarded',
      }),
    );
    expect(linesOf(text).slice(5, 10)).toEqual([
      '| may do anything: flow x__Y is not in the project, behind a guard that the',
      '  model cannot open',
      '  certainty  opaque: what happens after the last step is not in source, so the',
      '             worst is assumed',
      '  gate       guarded: its condition depends on nothing that the model can set;',
    ]);
  });

  it('shows ten effects in full and the others in short', () => {
    const path = [hop('A.cls', 1, 'delete', 'delete x;')];
    const effects = Array.from({ length: 12 }, (_, index) => explained(path, { object: `O${index}__c` }));
    const lines = linesOf(withEffects(...effects));
    expect(lines.filter((line) => line.includes(' of 12 -'))).toHaveLength(10);
    expect(lines.slice(-9)).toEqual([
      '',
      '-- The other 2 -----------------------------------------------------------------',
      'x can delete O10__c, one record, in system mode, and nothing stands in front',
      '    A.cls:1',
      'x can delete O11__c, one record, in system mode, and nothing stands in front',
      '    A.cls:1',
      '',
      'For the path to one of them: --effect delete:O10__c',
      '',
    ]);
  });

  it('cuts long lines so that the hop stays in sight', () => {
    const line = `${'a'.repeat(100)}delete records;${'b'.repeat(100)}`;
    const [start, cutBefore] = [
      { ...hop('A.cls', 5, 'here', line), column: 1 },
      { ...hop('A.cls', 5, 'here', line), column: 101 },
    ];
    const shown = (each: typeof start): string | undefined =>
      linesOf(withEffects(explained([each]))).find((text) => text.includes('> 5 |'));
    expect(shown(start)).toBe(`      > 5 | ${'a'.repeat(65)}...`);
    expect(shown(cutBefore)).toBe(`      > 5 | ...${'a'.repeat(20)}delete records;${'b'.repeat(27)}...`);
  });

  it('fits into 80 columns, whatever the names', () => {
    const long = 'Very_Long_Name_'.repeat(12);
    const effects = [explained([hop(`${long}/${long}.cls`, 12_345, long, long.repeat(2))], { object: long })];
    const facts = { ...explanation().action, name: long, topic: long, target: { type: 'apex', name: long } };
    const text = explainText(explanation({ effects, action: facts }), { ...plainStyle, symbols: unicodeSymbols });
    expect(linesOf(text).filter((line) => widthOf(line) > 80)).toEqual([]);
  });

  it('prints no control characters', () => {
    const evil = 'a\u001b[2J\u202e\nb';
    const effects = [explained([hop(evil, 1, evil, 'x')], { object: evil, fields: [evil] })];
    const pruned = [{ file: evil, line: 1, column: 1, reason: evil }];
    const facts = { ...explanation().action, name: evil, topic: evil, target: { type: evil, name: evil }, pruned };
    const text = explainText(explanation({ effects, action: facts }), plainStyle);
    // eslint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });

  it('uses nothing but ASCII where the terminal knows no more', () => {
    expect(explainText(explanation(), plainStyle)).toMatch(/^[\n -~]*$/);
  });
});
