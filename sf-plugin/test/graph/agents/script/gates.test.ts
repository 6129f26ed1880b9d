import { describe, expect, it } from '@jest/globals';
import { parseAgentScript } from '../../../../src/extract/agentScript/parseAgentScript.ts';
import { scriptToAgent } from '../../../../src/graph/agents/script/scriptToAgent.ts';
import { agentWith, lower } from './show.ts';

const variables = [
  'session: linked string',
  '  source: @MessagingSession.Id',
  'fixed: mutable string = "agent"',
  'typed: mutable string',
  'found: mutable string',
  'copied: mutable string',
  'counted: mutable number = 0',
  'asked: mutable string',
  'marked: mutable boolean = False',
  'flagged: mutable boolean = False',
];

/** Who writes each of the variables above. */
const writers = {
  offers: [
    'type: @utils.setVariables',
    '  with typed=...',
    'find: @actions.Find',
    '  set @variables.found = @outputs.id',
    '  set @variables.marked = True',
  ],
  fields: [
    'before_reasoning:',
    '  collect @variables.asked',
    '    message: "Which?"',
    'after_reasoning:',
    '  set @variables.counted = @variables.counted + 1',
    '  set @variables.copied = "x" + @variables.found',
    '  if @variables.typed == "yes":',
    '    set @variables.flagged = True',
  ],
};

const actions = ['Find:', '  target: "flow://Find"', 'Act:', '  target: "flow://Act"'];

function gateOf(condition: string): string | undefined {
  const text = agentWith({
    variables,
    actions,
    fields: writers.fields,
    offers: [...writers.offers, 'act: @actions.Act', `  available when ${condition}`],
  });
  return lower(text).agent.actions.find(({ name }) => name === 'Act')?.bindings[0]?.gate;
}

describe('a guard', () => {
  it.each([
    ['@variables.session is not None'],
    ['@variables.fixed == "admin"'],
    ['@variables.counted > 3'],
    ['@MessagingSession.Id != ""'],
    ['@system_variables.current_modality == "voice"'],
    ['len(@variables.session) > @variables.counted'],
  ])('that the model cannot open: %s', (condition) => {
    expect(gateOf(condition)).toBe('guarded');
  });

  it.each([
    ['@variables.typed == "yes"', 'the model supplies the value'],
    ['@variables.asked == "yes"', 'the model asks for the value'],
    ['@variables.found is not None', 'it is the output of an action'],
    ['@variables.copied == "xy"', 'it is computed from such an output'],
    ['@variables.marked', 'it is assigned when the model makes a call'],
    ['@variables.flagged', 'it is assigned when another such variable says so'],
    ['@variables.typed == @variables.asked', "both sides are the model's"],
    ['@variables.session != "" and @variables.typed == "yes"', "one part of it is the model's"],
    ['@variables.nowhere == 1', 'the variable is not declared'],
    ['@system_variables.user_input == "open"', 'the user says it'],
    ['@variables["typed"] == "yes"', "the value is the model's, however it is spelled"],
    ['@somewhere.else == 1', 'the namespace is not known'],
    ['... == 1', 'the model supplies it on the spot'],
  ])('that the model opens itself: %s, because %s', (condition) => {
    expect(gateOf(condition)).toBe('self-grantable');
  });

  it.each([['True'], ['1 < 2'], ['@knowledge.citations_enabled == True']])('that is none: %s', (condition) => {
    expect(gateOf(condition)).toBe('none');
  });

  it('is none where it could not be read', () => {
    const offers = ['act: @actions.Act', '  available when @variables.session == '];
    const { script, problems } = parseAgentScript('x.agent', agentWith({ variables, actions, offers }));
    const { agent } = scriptToAgent(script, { name: 'Bundle' });
    expect(problems).toHaveLength(1);
    expect(agent.actions.flatMap(({ bindings }) => bindings.map(({ gate }) => gate))).toEqual(['none']);
  });

  it('is the last of several', () => {
    expect(gateOf('@variables.session != ""\n        available when @variables.typed == "yes"')).toBe('self-grantable');
  });
});

describe('the gate of a binding', () => {
  const confirmed = ['Act:', '  require_user_confirmation: True', '  target: "flow://Act"'];
  const script = (offers: string[], fields: string[] = []): string[] =>
    lower(agentWith({ variables, actions: confirmed, fields, offers: [...writers.offers.slice(0, 2), ...offers] }))
      .actions;

  it('is what the action declares, if nothing stands in front of it', () => {
    expect(script(['act: @actions.Act'])).toEqual(['Main.Act flow://Act declared-only', '  model declared-only']);
  });

  it('is the guard where there is one, effective or not', () => {
    expect(
      script([
        'a: @actions.Act',
        '  available when @variables.session != ""',
        'b: @actions.Act',
        '  available when @variables.typed',
      ]),
    ).toEqual(['Main.Act flow://Act declared-only', '  model guarded', '  model self-grantable']);
  });

  it('is none for a run, which asks nobody', () => {
    expect(script([], ['before_reasoning:', '  run @actions.Act'])).toEqual([
      'Main.Act flow://Act declared-only',
      '  deterministic none',
    ]);
  });

  it('is the condition around a run, the strongest of several, on either branch', () => {
    const fields = [
      'before_reasoning:',
      '  if @variables.session is None:',
      '    if @variables.typed:',
      '      run @actions.Act',
      '  else if @variables.typed:',
      '    run @actions.Act',
      '  else:',
      '    run @actions.Act',
      '  if @variables.typed:',
      '    run @actions.Act',
      '  else:',
      '    run @actions.Act',
    ];
    expect(script([], fields)).toEqual([
      'Main.Act flow://Act declared-only',
      '  deterministic guarded',
      '  deterministic guarded',
      '  deterministic guarded',
      '  deterministic self-grantable',
      '  deterministic self-grantable',
    ]);
  });

  it('is that of the binding for what follows it', () => {
    const offers = ['type2: @utils.setVariables', '  available when @variables.session != ""', '  run @actions.Act'];
    expect(script(offers)).toEqual(['Main.Act flow://Act declared-only', '  deterministic guarded']);
  });
});
