import { describe, expect, it } from '@jest/globals';
import { parseAgentScript } from '../../../../src/extract/agentScript/parseAgentScript.ts';
import { scriptToAgent } from '../../../../src/graph/agents/script/scriptToAgent.ts';
import { lower } from './show.ts';

describe('what is not understood', () => {
  it.each([
    ['an unknown block', ['connections:', '  x: 1'], '1:1 "connections" is not a known block or field here'],
    [
      'an unknown field',
      ['subagent B:', '  reasonings:', '    actions:'],
      '2:3 "reasonings" is not a known block or field here',
    ],
    [
      'an unknown part of reasoning',
      ['subagent B:', '  reasoning:', '    tools:'],
      '3:5 "tools" is not a known block or field here',
    ],
    [
      'a second target',
      ['subagent B:', '  actions:', '    x:', '      target: "flow://One"', '      target: "flow://Two"'],
      '5:7 "x" has a second target; the first one is analysed, this one is not',
    ],
    [
      'a second agent behind one name',
      ['connected_subagent B:', '  target: "agent://One"', '  target: "agent://Two"'],
      '3:3 "B" has a second target; the first one is analysed, this one is not',
    ],
    [
      'a call of nothing',
      ['connected_subagent B:', '  target: "agent://One"', '  after_response:', '    run @actions.X'],
      '4:9 "X" is called here, but not defined',
    ],
    [
      'a way to nowhere',
      ['subagent B:', '  before_reasoning:', '    transition to @subagent.X'],
      '3:19 there is no subagent "X"',
    ],
    [
      'a transition to a text',
      ['subagent B:', '  before_reasoning:', '    transition to "X"'],
      '3:19 a transition needs a subagent',
    ],
    [
      'a transition to nothing',
      ['subagent B:', '  reasoning:', '    actions:', '      x: @utils.transition'],
      '4:10 a transition needs a subagent',
    ],
    [
      'a run of something else',
      ['subagent B:', '  before_reasoning:', '    run @utils.escalate'],
      '3:9 "run" needs an action',
    ],
    [
      'an unknown utility',
      ['subagent B:', '  reasoning:', '    actions:', '      x: @utils.fly'],
      '4:10 "@utils.fly" is not known',
    ],
    [
      'an unknown namespace',
      ['subagent B:', '  reasoning:', '    actions:', '      x: @a.b'],
      '4:10 "@a.b" is nothing that can be offered',
    ],
    [
      'a binding to a value',
      ['subagent B:', '  reasoning:', '    actions:', '      x: "y"'],
      '4:7 "x" is bound to nothing that can be offered',
    ],
    [
      'a field among statements',
      ['subagent B:', '  before_reasoning:', '    when: 1'],
      '3:5 "when" is not a statement',
    ],
    [
      'a list among statements',
      ['subagent B:', '  before_reasoning:', '    - 1'],
      '3:5 a list stands where a statement is expected',
    ],
    [
      'an assignment to a text',
      ['subagent B:', '  before_reasoning:', '    set "x" = 1'],
      '3:9 "set" needs a variable',
    ],
  ])('is reported: %s', (_, script, problem) => {
    const { problems } = lower([...script, 'start_agent Main:', '  label: "x"'].join('\n'));
    expect(problems).toEqual([problem]);
  });

  it('comes in the order of the text, with the name of the agent', () => {
    const text = [
      'start_agent Main:',
      '  oops: 1',
      '  before_reasoning:',
      '    transition to @subagent.X',
      'odd:',
      'config:',
      '  agent_name: "A"',
    ];
    const { script } = parseAgentScript('x.agent', text.join('\n'));
    const { problems } = scriptToAgent(script, { name: 'Bundle' });
    expect(problems.map(({ agent, place, reason }) => `${agent} ${String(place.line)} ${reason}`)).toEqual([
      'A 2 "oops" is not a known block or field here',
      'A 4 there is no subagent "X"',
      'A 5 "odd" is not a known block or field here',
    ]);
  });
});
