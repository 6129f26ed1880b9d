import { describe, expect, it } from '@jest/globals';
import { lower } from './show.ts';

const definitions = ['  actions:', '    Act:', '      target: "flow://Act"'];

/** A subagent that offers one action, with more lines after it. */
function subagent(name: string, ...more: string[]): string[] {
  return [`subagent ${name}:`, ...definitions, '  reasoning:', '    actions:', '      act: @actions.Act', ...more];
}

/** The subagents whose action can be called. */
function reached(...script: string[]): string[] {
  const { agent, problems } = lower(script.join('\n'));
  expect(problems).toEqual([]);
  return agent.actions.filter(({ bindings }) => bindings.length > 0).map(({ topic, name }) => topic || name);
}

const start = ['start_agent Main:', '  reasoning:', '    actions:'];

describe('reachability', () => {
  it.each([
    ['a transition that is offered', [...start, '      go: @utils.transition to @subagent.B']],
    ['one under an older name', [...start, '      go: @utils.transition to @topic.B']],
    ['one on the next line', [...start, '      go: @utils.transition', '        to @subagent.B']],
    ['one after a call', [...start, '      go: @utils.setVariables', '        transition to @subagent.B']],
    [
      'one after a call, under a condition',
      [...start, '      go: @utils.setVariables', '        if @outputs.x:', '          transition to @subagent.B'],
    ],
    ['delegation', [...start, '      go: @subagent.B']],
    ['a transition before reasoning', ['start_agent Main:', '  before_reasoning:', '    transition to @subagent.B']],
    [
      'one after reasoning',
      ['start_agent Main:', '  after_reasoning:', '    if @MessagingSession.Id:', '      transition to @subagent.B'],
    ],
    [
      'one in an else',
      [
        'start_agent Main:',
        '  after_reasoning:',
        '    if True:',
        '      | x',
        '    else:',
        '      transition to @subagent.B',
      ],
    ],
    [
      'one in the instructions',
      ['start_agent Main:', '  reasoning:', '    instructions: ->', '      transition to @subagent.B'],
    ],
    [
      'one when a custom node starts',
      ['start_agent Main:', '  schema: "node://x/y/v1"', '  on_init:', '    transition to @subagent.B'],
    ],
    ['one by bare name', ['start_agent Main:', '  after_reasoning:', '    transition to B']],
  ])('goes through %s', (_, script) => {
    expect(reached(...script, ...subagent('B'), ...subagent('C'))).toEqual(['B']);
  });

  it('goes on from subagent to subagent, round in circles, and back to the start', () => {
    const go = (to: string): string => `      go: @utils.transition to @subagent.${to}`;
    expect(reached(...start, go('B'), ...subagent('B', go('C')), ...subagent('C', go('Main')))).toEqual(['B', 'C']);
  });

  it('does not follow a mention', () => {
    const script = ['start_agent Main:', '  reasoning:', '    instructions: | Use {!@actions.act} or {!@subagent.B}.'];
    expect(reached(...script, ...subagent('B'))).toEqual([]);
  });

  it('goes through another agent and on when it has answered', () => {
    const other = [
      'connected_subagent Other:',
      '  target: "agent://Other"',
      '  after_response:',
      '    transition to @subagent.B',
    ];
    const offer = [...start, '      ask: @connected_subagent.Other'];
    expect(reached(...offer, ...other, ...subagent('B'))).toEqual(['Other', 'B']);
    const transition = [...start, '      ask: @utils.transition to @connected_subagent.Other'];
    expect(reached(...transition, ...other, ...subagent('B'))).toEqual(['Other', 'B']);
    expect(reached('start_agent Main:', '  label: "x"', ...other, ...subagent('B'))).toEqual([]);
  });

  it('finds the actions of whoever has them for what runs when another agent has answered', () => {
    const other = [
      'connected_subagent Other:',
      '  target: "agent://Other"',
      '  after_response:',
      '    run @actions.Act',
    ];
    const { actions } = lower(
      [...start, '      ask: @connected_subagent.Other', ...other, 'subagent B:', ...definitions].join('\n'),
    );
    expect(actions).toEqual(['.Other agent://Other', '  model none', 'B.Act flow://Act', '  deterministic none']);
  });

  it('counts everything as reached where there is no start, and says so', () => {
    const { actions, problems } = lower(subagent('B').join('\n'));
    expect(actions).toEqual(['B.Act flow://Act', '  model none']);
    expect(problems).toEqual(['1:1 the script has no start_agent, so that every subagent counts as reached']);
  });
});

describe('calls', () => {
  const main = (...lines: string[]): string => ['start_agent Main:', ...definitions, ...lines].join('\n');

  it('are found in every procedure, and under the name of a binding', () => {
    const text = main(
      '  before_reasoning:',
      '    run @actions.Act',
      '  on_exit:',
      '    run Act',
      '  after_reasoning:',
      '    run @actions.offered',
      '  reasoning:',
      '    instructions: ->',
      '      run @actions.Act',
      '    actions:',
      '      offered: @actions.Act',
      '        run @actions.Act',
      '          run @actions.Act',
      '      Act:',
      '        description: "bound by its own name"',
    );
    expect(lower(text).actions).toEqual([
      'Main.Act flow://Act',
      ...Array.from({ length: 4 }, () => '  deterministic none'),
      '  model none',
      '  deterministic none',
      '  deterministic none',
      '  model none',
    ]);
  });

  it('give the action the names under which the model, and a test, knows it', () => {
    const offers = [
      '      one: @actions.Act',
      '        label: "One of it"',
      '      Act: @actions.Act',
      '      two: @actions.Act',
    ];
    const { agent } = lower(main('  reasoning:', '    actions:', ...offers));
    expect(agent.actions.map(({ aliases }) => aliases)).toEqual([['one', 'One of it', 'two']]);
  });

  it('stay with the subagent that makes them: an action of the same name elsewhere is another', () => {
    const text = [
      ...start,
      '      go: @utils.transition to @subagent.B',
      ...subagent('B'),
      'subagent C:',
      ...definitions,
    ].join('\n');
    expect(lower(text).actions).toEqual(['B.Act flow://Act', '  model none', 'C.Act flow://Act']);
  });

  it('both count where a name is defined twice', () => {
    const text = main(
      '    Act:',
      '      target: "apex://Act"',
      '  reasoning:',
      '    actions:',
      '      act: @actions.Act',
    );
    expect(lower(text).actions).toEqual(['Main.Act flow://Act', '  model none', 'Main.Act apex://Act', '  model none']);
  });
});
