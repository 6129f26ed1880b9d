import { describe, expect, it } from '@jest/globals';
import { parseAgentGraph } from '../../../../src/extract/agents/graph/agentGraph.ts';
import { lowerGraph } from '../../../../src/graph/agents/compiled/compiledAgent.ts';

type Fields = Record<string, unknown>;

const set = (updates: Fields, others: Fields = {}): Fields => ({
  type: 'action',
  target: '__state_update_action__',
  stateUpdates: Object.entries(updates).map(([name, value]) => ({ [name]: value })),
  ...others,
});

/** The gate of an action that is offered while `enabled` holds, and who chooses its input `value`. */
function judge(node: Fields, enabled: string, value = 'state.a'): string {
  const graph = {
    agentVersion: {
      initialNode: 'n',
      stateVariables: [{ developerName: 'a' }, { developerName: 'b' }, { developerName: 'c', default: '"x"' }],
      nodes: [
        {
          developerName: 'n',
          actionDefinitions: [{ developerName: 'act', invocationTargetName: 'F', invocationTargetType: 'flow' }],
          ...node,
          tools: [
            ...((node['tools'] as Fields[] | undefined) ?? []),
            { type: 'action', target: 'act', name: 'judged', enabled, boundInputs: { value } },
          ],
        },
      ],
    },
  };
  const facts = parseAgentGraph('g', JSON.stringify(graph));
  const { actions } = lowerGraph(facts, { file: 'g', line: 1, column: 1, label: 'agent' }, []);
  const binding = actions[0]?.bindings.at(-1);
  return `${binding?.gate ?? ''} ${binding?.inputs[0]?.chosenBy ?? ''}`;
}

describe('trust in a compiled agent', () => {
  it('holds a variable that nothing writes for a guard', () => {
    expect(judge({}, 'state.a == True')).toBe('guarded derived');
    expect(judge({}, 'state.a == True', 'state.c')).toBe('guarded constant');
  });

  it('holds a variable that is not declared for anything', () => {
    expect(judge({}, 'state.unknown == True', 'state.unknown')).toBe('self-grantable model');
  });

  it.each([
    ['the model fills', set({ a: 'result.a' }, { llmInputs: ['a'] })],
    ['the model sets to a constant by choosing to', set({ a: 'True' })],
    ['is set when an action that the model chooses returns', { target: 'act', stateUpdates: [{ a: 'True' }] }],
  ])('does not hold for a guard what %s', (_, tool) => {
    expect(judge({ tools: [tool] }, 'state.a == True')).toBe('self-grantable model');
  });

  it('follows values through other variables and through conditions', () => {
    const tools = [set({ b: 'result.b' })];
    expect(judge({ tools, beforeReasoning: [set({ a: 'state.b' })] }, 'state.a')).toBe('self-grantable model');
    expect(judge({ tools, beforeReasoning: [set({ a: 'True' }, { enabled: 'state.b == 1' })] }, 'state.a')).toBe(
      'self-grantable model',
    );
    expect(judge({ tools, beforeReasoning: [set({ a: 'True' })] }, 'state.a')).toBe('guarded derived');
  });

  it.each([
    ['nothing goes in', {}, 'guarded derived'],
    ['the channel supplies what goes in', { boundInputs: { x: 'variables.ContactId' } }, 'guarded derived'],
    ['the model supplies a part of what goes in', { llmInputs: ['x'] }, 'self-grantable model'],
    ['the model set the variable that goes in', { boundInputs: { x: 'state.b' } }, 'self-grantable model'],
  ])('takes an output for what went in: %s', (_, call, verdict) => {
    const returning = { target: 'act', stateUpdates: [{ a: 'result.ok' }], ...call };
    const tools = [set({ b: 'result.b' }, { llmInputs: ['b'] })];
    expect(judge({ tools, beforeReasoning: [returning] }, 'state.a')).toBe(verdict);
    expect(judge({ tools: [...tools, returning] }, 'state.a')).toBe(verdict);
  });

  it('tells the uses of one temporary condition apart', () => {
    const condition = 'AgentScriptInternal_condition_1';
    const beforeReasoning = [
      set({ [condition]: 'state.b == 1' }),
      set({ c: 'True' }, { enabled: `state.${condition}` }),
      set({ [condition]: 'state.c2 == 1' }),
      set({ [condition]: 'variables.Contact != None' }),
      set({ a: 'True' }, { enabled: `(state.AgentScriptInternal_next_topic=="__EMPTY__") and (state.${condition})` }),
    ];
    expect(judge({ tools: [set({ b: 'result.b' })], beforeReasoning }, 'state.a')).toBe('guarded derived');
    expect(judge({ tools: [set({ b: 'result.b' })], beforeReasoning }, 'state.c', 'state.c')).toBe(
      'self-grantable model',
    );
    expect(judge({ tools: [set({ b: 'result.b' })], beforeReasoning }, `state.${condition}`)).toBe(
      'self-grantable derived',
    );
  });

  it('does not count as a guard what steers the conversation or cannot change', () => {
    expect(judge({}, 'state.AgentScriptInternal_next_topic=="__EMPTY__"')).toBe('none derived');
    expect(judge({}, 'True')).toBe('none derived');
  });

  it('knows no value that it would have to compute, and trusts no name that it does not know', () => {
    expect(judge({}, 'True', '1 + 1')).toBe('none derived');
    expect(judge({}, 'True', '["a", "b"]')).toBe('none derived');
    expect(judge({}, 'true', 'false')).toBe('self-grantable model');
  });

  it('ends on variables that are set from each other', () => {
    const beforeReasoning = [set({ a: 'state.b' }), set({ b: 'state.a' })];
    expect(judge({ beforeReasoning }, 'state.a')).toBe('guarded derived');
  });
});

describe('a guard in a compiled agent', () => {
  it.each([
    ['state.a and state.b', 'guarded'],
    ['state.a or state.b', 'self-grantable'],
    ['not (state.a and state.b)', 'self-grantable'],
    ['not (state.a or state.b)', 'guarded'],
    ['state.c == "x"', 'none'],
    ['state.c != "x"', 'guarded'],
    ['state.a == state.b', 'self-grantable'],
    ['state.a in [state.b]', 'self-grantable'],
  ])('%s is %s', (enabled, gate) => {
    const tools = [set({ b: 'result.b' }, { llmInputs: ['b'] })];
    expect(judge({ tools }, enabled, 'state.a')).toBe(`${gate} derived`);
  });
});

describe('a transition in a compiled agent', () => {
  const next = 'AgentScriptInternal_next_topic';
  const handoff = { type: 'handoff', target: 'last', enabled: `state.${next}=="last"` };

  /** The gate of the action in the node behind the transitions of the first one. */
  function behind(node: Fields): string | undefined {
    const act = { developerName: 'act', invocationTargetName: 'F', invocationTargetType: 'flow' };
    const nodes = [
      { developerName: 'first', ...node },
      { developerName: 'last', actionDefinitions: [act], tools: [{ type: 'action', target: 'act' }] },
    ];
    const version = { initialNode: 'first', stateVariables: [{ developerName: 'a' }, { developerName: next }], nodes };
    const facts = parseAgentGraph('g', JSON.stringify({ agentVersion: version }));
    const { actions } = lowerGraph(facts, { file: 'g', line: 1, column: 1, label: 'agent' }, []);
    return actions[0]?.bindings[0]?.gate;
  }

  const steer = (enabled?: string): Fields => set({ [next]: '"last"' }, enabled === undefined ? {} : { enabled });

  it('has the condition of the tool that names the node', () => {
    expect(behind({ tools: [steer()], afterAllToolCalls: [handoff] })).toBe('none');
    expect(behind({ tools: [steer('variables.x == 1')], afterAllToolCalls: [handoff] })).toBe('guarded');
    const tools = [set({ a: 'True' }), steer('state.a'), set({ [next]: '"other"' })];
    expect(behind({ tools, afterAllToolCalls: [handoff] })).toBe('self-grantable');
  });

  it('has the weakest of several', () => {
    expect(behind({ tools: [steer('variables.x == 1'), steer()], afterAllToolCalls: [handoff] })).toBe('none');
    const computed = set({ [next]: 'state.a' });
    expect(behind({ tools: [steer('variables.x == 1'), computed], afterAllToolCalls: [handoff] })).toBe('none');
  });

  it('is free where nothing is seen to name the node', () => {
    expect(behind({ afterAllToolCalls: [handoff] })).toBe('none');
  });
});
