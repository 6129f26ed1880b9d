import { describe, expect, it } from '@jest/globals';
import { parseAgentScript } from '../../../src/extract/agentScript/parseAgentScript.ts';
import { read, readClean } from './show.ts';

const lines = (...text: string[]): string => text.join('\n');

describe('mappings', () => {
  it('reads keys, names, quoted keys and nested blocks', () => {
    const text = lines(
      'config:',
      '  agent_name: "A"',
      'subagent Order_Desk:',
      '  inputs:',
      '    "Input:query": string',
    );
    expect(readClean(text)).toEqual([
      'config:',
      '  agent_name: "A"',
      'subagent: Order_Desk',
      '  inputs:',
      '    Input:query: string',
    ]);
  });

  it('reads declarations with and without modifier, default and properties', () => {
    const text = lines(
      'a: mutable string = ""',
      '  description: "x"',
      'b: linked string',
      '  source: @MessagingSession.Id',
      'c: list[number] = [1]',
      'd: object',
      'mutable: "a key"',
    );
    expect(readClean(text)).toEqual([
      'a: mutable string = ""',
      '  description: "x"',
      'b: linked string',
      '  source: (.Id @MessagingSession)',
      'c: ([] list number) = [1]',
      'd: object',
      'mutable: "a key"',
    ]);
  });

  it('reads a value on a line of its own, and an empty block', () => {
    expect(readClean(lines('a:', '  "text"', 'b:', '  empty', 'c:'))).toEqual(['a: "text"', 'b:', 'c:']);
  });

  it('reads lists of values and of mappings', () => {
    const text = lines('a:', '  - "x"', '  - key: "k"', '    value: 1', '  -', '    key: "l"', 'b:', '- @c.d');
    expect(read(text).problems).toEqual(['8:1 a block is either a list or a mapping']);
    expect(readClean(text.replace('- @c.d', '  - @c.d'))).toEqual([
      'a:',
      '  - "x"',
      '  -',
      '    key: "k"',
      '    value: 1',
      '  -',
      '    key: "l"',
      'b:',
      '  - (.d @c)',
    ]);
  });
});

describe('statements', () => {
  it('reads a procedure with and without its arrow', () => {
    const body = ['  set @variables.a = 1', '  transition to @subagent.B'];
    const shown = ['p:', '  set (.a @variables) = 1', '  transition', '    to (.B @subagent)'];
    expect(readClean(lines('p: -> # why', ...body))).toEqual(shown);
    expect(readClean(lines('p:', ...body))).toEqual(shown);
  });

  it('reads run with inputs, callbacks and a nested run', () => {
    const text = lines(
      'p:',
      '  run @actions.A',
      '    with a=1, "b"=..., with = 3',
      '    with to=@variables.x',
      '    set @variables.r = @outputs.r',
      '    run @actions.B',
      '      with c=@outputs.d',
      '    if @outputs.ok:',
      '      transition to @subagent.C',
    );
    expect(readClean(text)).toEqual([
      'p:',
      '  run (.A @actions)',
      '    with a = 1',
      '    with b = ...',
      '    with with = 3',
      '    with to = (.x @variables)',
      '    set (.r @variables) = (.r @outputs)',
      '    run (.B @actions)',
      '      with c = (.d @outputs)',
      '    if (.ok @outputs)',
      '      transition',
      '        to (.C @subagent)',
    ]);
  });

  it('reads if, else if and else', () => {
    const text = lines('p:', '  if a:', '    | one', '  else if b:', '    | two', '  else:', '    | three', '  | four');
    expect(readClean(text)).toEqual([
      'p:',
      '  if a',
      '    | one\n',
      '  if b',
      '    | two\n',
      '  else',
      '    | three\n',
      '  | four',
    ]);
  });

  it('reads an else without statements', () => {
    expect(readClean(lines('p:', '  if a:', '    run b', '  else:', '  run c'))).toEqual([
      'p:',
      '  if a',
      '    run b',
      '  run c',
    ]);
  });

  it('reads bindings with clauses on the line, below it, and both', () => {
    const text = lines(
      'go: @utils.transition to @subagent.A',
      '  description: "d"',
      'far: @utils.transition',
      '  to @subagent.B',
      'call: @actions.C with a=1, b=2',
      '  available when @variables.x is not None',
      '  with c=...',
    );
    expect(readClean(text)).toEqual([
      'go: (.transition @utils)',
      '  to (.A @subagent)',
      '  description: "d"',
      'far: (.transition @utils)',
      '  to (.B @subagent)',
      'call: (.C @actions)',
      '  with a = 1',
      '  with b = 2',
      '  available when (is not (.x @variables) none)',
      '  with c = ...',
    ]);
  });

  it('reads collect', () => {
    expect(readClean(lines('p: ->', '  collect @variables.city', '    message: "Where?"'))).toEqual([
      'p:',
      '  collect (.city @variables)',
      '    message: "Where?"',
    ]);
  });

  it('takes a keyword for a key where a colon follows', () => {
    expect(readClean(lines('inputs:', '  set: string', '  run: string', '  if: string'))).toEqual([
      'inputs:',
      '  set: string',
      '  run: string',
      '  if: string',
    ]);
  });
});

describe('places', () => {
  it('come from the parser, in UTF-16 code units', () => {
    const { script } = parseAgentScript(
      'a/b.agent',
      lines('a: "😀"', 'p:', '\trun @actions.X', '\t\twith y="😀" + @v.z'),
    );
    const [, procedure] = script.items;
    if (procedure?.kind !== 'entry') throw new Error('no entry');
    const [run] = procedure.body;
    if (run?.kind !== 'run') throw new Error('no run');
    const [input] = run.body;
    if (input?.kind !== 'with' || input.value.kind !== 'binary') throw new Error('no input');
    const places = [script, procedure, run, run.target, input, input.value, input.value.right].map(
      ({ place }) => place,
    );
    expect(places.map(({ file, line, column }) => `${file}:${String(line)}:${String(column)}`)).toEqual([
      'a/b.agent:1:1',
      'a/b.agent:2:1',
      'a/b.agent:3:2',
      'a/b.agent:3:6',
      'a/b.agent:4:8',
      'a/b.agent:4:10',
      'a/b.agent:4:17',
    ]);
  });
});
