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

const actions = ['Find:', '  target: "flow://Find"', '  inputs:', '    name: string', 'Act:', '  target: "flow://Act"'];

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
    ['not (@variables.fixed == "agent")'],
    ['False'],
    ['@variables.counted > 3'],
    ['@variables.session != "" and @variables.typed == "yes"'],
    ['@variables.typed == "yes" and (@variables.asked or not False) and @variables.session is not None'],
    ['not (@variables.typed == "yes" or @variables.session == "")'],
    ['@variables.counted > 3 or @variables.session != ""'],
    ['@MessagingSession.Id != ""'],
    ['@system_variables.current_modality == "voice"'],
    ['len(@variables.session) > @variables.counted'],
  ])('that the model cannot open: %s', (condition) => {
    expect(gateOf(condition)).toBe('guarded');
  });

  it.each([
    ['@variables.typed == "yes"', 'the model supplies the value'],
    ['@variables.asked == "yes"', 'the model asks for the value'],
    ['@variables.found is not None', 'it is the output of an action that the model fed'],
    ['@variables.copied == "xy"', 'it is computed from such an output'],
    ['@variables.marked', 'it is assigned when the model makes a call'],
    ['@variables.flagged', 'it is assigned when another such variable says so'],
    ['@variables.typed == @variables.asked', "both sides are the model's"],
    ['@variables.session != "" or @variables.typed == "yes"', "one way in is the model's"],
    ['not (@variables.session == "" and @variables.typed == "yes")', 'either of them may fail'],
    ['@variables.asked == "yes" and @variables.typed == "yes"', "both are the model's"],
    ['@variables.session == @variables.typed', 'the model reads the one and supplies the other'],
    ['max(@variables.counted, @variables.typed) > 3', "one argument is the model's"],
    ['@variables.nowhere == 1', 'the variable is not declared'],
    ['@system_variables.user_input == "open"', 'the user says it'],
    ['@variables["typed"] == "yes"', "the value is the model's, however it is spelled"],
    ['@somewhere.else == 1', 'the namespace is not known'],
    ['... == 1', 'the model supplies it on the spot'],
  ])('that the model opens itself: %s, because %s', (condition) => {
    expect(gateOf(condition)).toBe('self-grantable');
  });

  it.each([
    ['True'],
    ['1 < 2'],
    ['@knowledge.citations_enabled == True'],
    ['@variables.fixed == "agent"'],
    ['@variables.session != "" or True'],
  ])('that is none: %s', (condition) => {
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

describe('a guard over the output of an action', () => {
  const checks = [
    ...actions,
    'Check:',
    '  target: "apex://Check"',
    '  inputs:',
    '    who: string',
    'Verify:',
    '  target: "flow://SvcCopilotTmpl__VerifyCode"',
    '  inputs:',
    '    customerCode: string',
    'Judge:',
    '  target: "prompt://Judge"',
    '  inputs:',
    '    who: string',
  ];

  function gateAfter(check: string[]): string | undefined {
    const own = ['verified: mutable boolean = False', ...variables];
    const offers = [...writers.offers, ...check, 'act: @actions.Act', '  available when @variables.verified'];
    const text = agentWith({ variables: own, actions: checks, fields: writers.fields, offers });
    return lower(text).agent.actions.find(({ name }) => name === 'Act')?.bindings[0]?.gate;
  }

  const set = '  set @variables.verified = @outputs.ok';

  it.each([
    ['of what the channel knows', ['c: @actions.Check', '  with who=@variables.session', set]],
    ['of a constant', ['c: @actions.Check', '  with who="me"', set]],
    ['of what a trusted action found', ['c: @actions.Check', '  with who=@variables.counted', set]],
    ['of a code that the platform compares', ['v: @actions.Verify', '  with customerCode=...', set]],
    [
      'that a callback looks at',
      ['c: @actions.Check', '  with who=@variables.session', '  if @outputs.ok:', '    set @variables.verified = True'],
    ],
    [
      'of a run that follows another call',
      ['f: @actions.Find', '  run @actions.Check', '    with who=@variables.session', '  ' + set],
    ],
    [
      'of a call that the model opens the way to',
      ['c: @actions.Check', '  available when @variables.typed', '  with who=@variables.session', set],
    ],
  ])('holds when it is the answer %s', (_, check) => {
    expect(gateAfter(check)).toBe('guarded');
  });

  it.each([
    ['the model fills the input', ['c: @actions.Check', '  with who=...', set]],
    ['nothing fills the input', ['c: @actions.Check', set]],
    ['the input is the output of a call that the model fed', ['c: @actions.Check', '  with who=@variables.found', set]],
    [
      'a callback passes such an output on',
      ['f: @actions.Find', '  run @actions.Check', '    with who=@outputs.id', '  ' + set],
    ],
    ['a model writes it', ['j: @actions.Judge', '  with who=@variables.session', set]],
    ['it is not known what is called', ['n: @actions.Nothing', set]],
    [
      'another binding sets the variable as well',
      ['c: @actions.Check', '  with who=@variables.session', set, 'd: @utils.setVariables', '  with verified=True'],
    ],
    [
      'the model decides which of two outputs is taken',
      ['c: @actions.Check', '  with who=@variables.session', '  if @variables.typed:', '  ' + set],
    ],
    [
      'a callback looks at what the model fed',
      ['f: @actions.Find', '  if @outputs.ok:', '    set @variables.verified = True'],
    ],
  ])('does not when %s', (_, check) => {
    expect(gateAfter(check)).toBe('self-grantable');
  });
});

describe('a guard in front of a transition', () => {
  const subagent = (name: string, lines: string[]): string[] => [
    `subagent ${name}:`,
    '  actions:',
    '    Act:',
    '      target: "flow://Act"',
    '  reasoning:',
    '    actions:',
    '      act: @actions.Act',
    ...lines.map((line) => `      ${line}`),
  ];

  /** The gate and the path of `Act` in the subagent `Last`. */
  function behind(offers: string[], others: string[] = [], fields: string[] = []): [string | undefined, string] {
    const main = agentWith({ variables, fields, offers: [...writers.offers.slice(0, 2), ...offers] });
    const { agent } = lower([main, ...others, ...subagent('Last', [])].join('\n'));
    const binding = agent.actions.find(({ topic }) => topic === 'Last')?.bindings[0];
    return [binding?.gate, binding?.path.map(({ label }) => label).join(' > ') ?? ''];
  }

  const to = (name: string, condition?: string): string[] => [
    `${name}: @utils.transition to @subagent.${name}`,
    ...(condition === undefined ? [] : [`  available when ${condition}`]),
  ];
  const session = '@variables.session != ""';
  const typed = '@variables.typed';

  it('stands in front of what is behind it', () => {
    const path = 'agent Bundle > start_agent Main > offers Last > transition to Last > subagent Last > offers act';
    expect(behind(to('Last', session))).toEqual(['guarded', path]);
    expect(behind(to('Last', typed))).toEqual(['self-grantable', path]);
    expect(behind(to('Last'))).toEqual(['none', path]);
  });

  it('may be an if around the transition, or its other branch', () => {
    const fields = ['before_reasoning:', `  if ${session}:`, '    transition to @subagent.Last'];
    expect(behind([], [], fields)[0]).toBe('guarded');
    const other = ['before_reasoning:', `  if ${session} and ${typed}:`, '    collect @variables.asked'];
    expect(behind([], [], [...other, '  else:', '    transition to @subagent.Last'])[0]).toBe('self-grantable');
  });

  it('may be on any step of the way, and the strongest counts', () => {
    const middle = subagent('Middle', to('Last', typed));
    expect(behind(to('Middle', session), middle)[0]).toBe('guarded');
    expect(behind(to('Middle'), middle)[0]).toBe('self-grantable');
  });

  it('does not count where another way leads around it, which is then the one that is shown', () => {
    const longWay = [...subagent('Middle', to('Next')), ...subagent('Next', to('Last', typed))];
    expect(behind([...to('Last', session), ...to('Middle')], longWay)).toEqual([
      'self-grantable',
      'agent Bundle > start_agent Main > offers Middle > transition to Middle > subagent Middle > offers Next > ' +
        'transition to Next > subagent Next > offers Last > transition to Last > subagent Last > offers act',
    ]);
  });

  it('is found on a way in circles', () => {
    const circle = [...subagent('Middle', [...to('Next'), ...to('Last', session)]), ...subagent('Next', to('Middle'))];
    expect(behind(to('Middle'), circle)[0]).toBe('guarded');
  });

  it('adds to the guard of the action itself', () => {
    const text = [
      agentWith({ variables, offers: [...writers.offers.slice(0, 2), ...to('Last', session)] }),
      ...subagent('Last', [`  available when ${typed}`]),
    ].join('\n');
    expect(lower(text).actions).toContain('  model guarded');
  });
});

describe('a variable that counts the steps of a conversation', () => {
  const own = ['step: mutable number = 1', 'done: mutable boolean = False', ...variables];
  const gateOfAct = (offers: string[], fields: string[], condition: string): string | undefined => {
    const all = [...writers.offers, ...offers, 'act: @actions.Act', `  available when ${condition}`];
    const text = agentWith({ variables: own, actions, fields, offers: all });
    return lower(text).agent.actions.find(({ name }) => name === 'Act')?.bindings[0]?.gate;
  };

  it("is the model's when its calls take the steps, although each waits for the one before", () => {
    const steps = ['a: @actions.Find', '  available when @variables.step == 1', '  set @variables.step = 2'];
    expect(gateOfAct(steps, [], '@variables.step == 2')).toBe('self-grantable');
    const inside = ['a: @actions.Find', '  if @variables.step == 1:', '    set @variables.step = 2'];
    expect(gateOfAct(inside, [], '@variables.step == 2')).toBe('self-grantable');
  });

  it("is the model's when a step waits for its word and for the step itself", () => {
    const fields = [
      'before_reasoning:',
      '  if @variables.typed and not @variables.done:',
      '    set @variables.done = True',
    ];
    expect(gateOfAct([], fields, '@variables.done')).toBe('self-grantable');
  });
});
