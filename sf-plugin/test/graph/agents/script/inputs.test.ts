import { describe, expect, it } from '@jest/globals';
import { agentWith, lower } from './show.ts';

const variables = [
  'session: linked string = "never"',
  'fixed: mutable number = -3',
  'bare: mutable string',
  'shared: mutable string = "x"',
  '  visibility: External',
  'counted: mutable number = 0',
  'typed: mutable string = ""',
];
const actions = ['Act:', '  inputs:', '    a: string', '    b: boolean = False', '  target: "flow://Act"'];
const writers = ['type: @utils.setVariables', '  with typed=...'];
const counter = ['after_reasoning:', '  set @variables.counted = @variables.counted + 1'];

function inputsOf(value: string): string | undefined {
  const offers = [...writers, 'act: @actions.Act', `  with a=${value}`, '  with b=True'];
  const { actions: shown } = lower(agentWith({ variables, actions, offers, fields: counter }));
  return shown[1]?.replace('  model none ', '').replace(' b=true', '');
}

describe('an input', () => {
  it.each([
    ['"text"', 'a="text"'],
    ['True', 'a=true'],
    ['None', 'a=null'],
    ['-1.5', 'a=-1.5'],
    ['2025-01-31', 'a="2025-01-31"'],
    ['...', 'a:model'],
    ['@variables.session', 'a:linked'],
    ['@variables.fixed', 'a=-3'],
    ['@variables.bare', 'a:derived'],
    ['@variables.shared', 'a="x"'],
    ['@variables.counted', 'a:derived'],
    ['@variables.typed', 'a:model'],
    ['@variables.nowhere', 'a:model'],
    ['@outputs.id', 'a:model'],
    ['@system_variables.user_input', 'a:model'],
    ['@MessagingEndUser.ContactId', 'a:linked'],
    ['"id-" + @variables.session', 'a:linked'],
    ['@variables.typed if @variables.counted else "x"', 'a:model'],
    ['[1, 2]', 'a:derived'],
    ['{k: @variables.session}', 'a:linked'],
    ['1 + 1', 'a:derived'],
  ])('bound to %s', (value, shown) => {
    expect(inputsOf(value)).toBe(shown);
  });

  it('that nothing is bound to is filled by the model, or by its default in a run', () => {
    const { actions: shown } = lower(
      agentWith({ actions, fields: ['before_reasoning:', '  run @actions.Act'], offers: ['act: @actions.Act'] }),
    );
    expect(shown).toEqual([
      'Main.Act flow://Act',
      '  deterministic none a:model b=false',
      '  model none a:model b:model',
    ]);
  });

  it('has the last of several values, and need not be defined', () => {
    const { actions: shown } = lower(agentWith({ actions, offers: ['act: @actions.Act with a=1, a=2, "c:d"=3'] }));
    expect(shown[1]).toBe('  model none a=2 b:model c:d=3');
  });

  it('keeps its own value in each of two bindings of one action', () => {
    const offers = ['soft: @actions.Act', '  with a="1", b=False', 'hard: @actions.Act', '  with a="1", b=True'];
    expect(lower(agentWith({ actions, offers })).actions).toEqual([
      'Main.Act flow://Act',
      '  model none a="1" b=false',
      '  model none a="1" b=true',
    ]);
  });

  it('may be bound in the definition of a custom node, which offers the action by that', () => {
    const custom = [
      'Act:',
      '  inputs:',
      '    a: @variables.session',
      '    b: string',
      '  target: "apex://Act"',
      ...actions.map((line) => line.replace('Act', 'Other')),
    ];
    expect(
      lower(agentWith({ variables, actions: custom, fields: ['schema: "node://byon/ns/type/v1"'] })).actions,
    ).toEqual(['Main.Act apex://Act', '  model none a:linked b:model', 'Main.Other flow://Other']);
  });
});
