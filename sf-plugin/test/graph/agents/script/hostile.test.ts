import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parseAgentScript } from '../../../../src/extract/agentScript/parseAgentScript.ts';
import type { Agent } from '../../../../src/graph/agent.ts';
import { scriptToAgent } from '../../../../src/graph/agents/script/scriptToAgent.ts';

const fixtures = ['OrderDesk.agent', 'NightDesk.agent'].map((file) => ({
  file,
  text: readFileSync(new URL(`fixtures/${file}`, import.meta.url), 'utf8'),
}));

/** Parses and lowers; every place must lie in the text. */
function check(text: string): { agent: Agent; syntax: readonly string[] } {
  const { script, problems: syntax } = parseAgentScript('x.agent', text);
  const { agent, problems } = scriptToAgent(script, { name: 'Bundle' });
  const lines = text.split('\n');
  const hops = agent.actions.flatMap(({ bindings }) => bindings.flatMap(({ path }) => path));
  for (const place of [...[...syntax, ...problems, ...agent.actions].map((each) => each.place), ...hops]) {
    const line = lines[place.line - 1];
    if (line === undefined || place.column > line.length + 1) throw new Error(`${JSON.stringify(place)} is outside`);
  }
  return { agent, syntax: syntax.map(({ reason }) => reason) };
}

/** A small linear congruential generator, so that a failure can be repeated. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % below;
  };
}

const snippets = [
  '\n',
  '\t',
  '    ',
  '"',
  "'",
  '|',
  '{!',
  '}',
  '(',
  ']',
  '@',
  ':',
  '...',
  '->',
  '- ',
  '# ',
  '\\',
  '\r',
  '\0',
];
const words = [
  'if ',
  'else:',
  'run ',
  'set ',
  'with ',
  'to ',
  'transition ',
  'available when ',
  'not ',
  'is ',
  'empty',
  '😀',
];

function mutate(text: string, random: (below: number) => number): string {
  const at = random(text.length);
  const length = random(12);
  const insert = [...snippets, ...words][random(snippets.length + words.length)] ?? '';
  switch (random(4)) {
    case 0:
      return text.slice(0, at) + insert + text.slice(at);
    case 1:
      return text.slice(0, at) + text.slice(at + length);
    case 2:
      return text.slice(0, at) + text.slice(random(text.length)).slice(0, length * 8) + text.slice(at);
    default:
      return text.slice(0, at) + insert + text.slice(at + length);
  }
}

describe('hostile scripts', () => {
  it.each(fixtures)('$file is read without a problem', ({ text }) => {
    expect(check(text).syntax).toEqual([]);
  });

  it.each(fixtures)('$file may be cut anywhere', ({ text }) => {
    for (let at = 0; at < text.length; at += 10) check(text.slice(0, at));
  });

  it.each(fixtures)('$file may be changed anywhere', ({ text }) => {
    const random = randomNumbers(20_261_123);
    for (let round = 0; round < 300; round += 1) {
      let mutated = text;
      for (let step = random(4); step >= 0; step -= 1) mutated = mutate(mutated, random);
      check(mutated);
    }
  });

  const nested = (open: string): string =>
    Array.from({ length: 1_000 }, (_, depth) => ' '.repeat(depth) + open).join('\n');

  it.each([
    ['brackets', `x: ${'('.repeat(50_000)}`],
    ['dictionaries', `x: ${'{a:'.repeat(50_000)}`],
    ['calls', `x: f${'(x'.repeat(50_000)}`],
    ['negations', `x: ${'not '.repeat(50_000)}y`],
    ['ternaries', `x: ${'a if b else '.repeat(50_000)}c`],
    ['blocks', nested('a:')],
    ['conditions', nested('if a:')],
    ['lists', nested('-')],
  ])('are refused when they nest %s too deeply', (_, text) => {
    expect(check(text).syntax[0]).toBe('nested too deeply');
  });

  it('may hold a long chain of operators and a long list', () => {
    const text = ['variables:', '  v: mutable string', 'start_agent A:', '  before_reasoning:'];
    const sum = `    set @variables.v = 1${' + @variables.v'.repeat(50_000)}`;
    const list = `    set @variables.v = [${'@variables.v, '.repeat(50_000)}]`;
    expect(check([...text, sum, list].join('\n')).syntax).toEqual([]);
  });

  it('may hold many subagents, actions and branches', () => {
    const count = 3_000;
    const many = (lines: (index: number) => string[]): string[] =>
      Array.from({ length: count }, (_, i) => lines(i)).flat();
    const { agent, syntax } = check(
      [
        'start_agent A:',
        '  actions:',
        ...many((i) => [`    a${String(i)}:`, '      target: "flow://F"']),
        '  before_reasoning:',
        '    if @variables.a:',
        '      | x',
        ...many((i) => ['    else if @variables.a:', `      run @actions.a${String(i)}`]),
        '  reasoning:',
        '    actions:',
        ...many((i) => [`      b${String(i)}: @utils.transition to @subagent.S${String(i)}`]),
        ...many((i) => [`subagent S${String(i)}:`, '  label: "x"']),
      ].join('\n'),
    );
    expect(syntax).toEqual([]);
    expect(agent.actions.filter(({ bindings }) => bindings.length === 1)).toHaveLength(count);
  });
});
