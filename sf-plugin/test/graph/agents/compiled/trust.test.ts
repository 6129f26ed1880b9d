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
  const { actions } = lowerGraph(facts, { file: 'g', line: 1, column: 1, label: 'agent' });
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

  it('follows the outputs of an action that the script runs', () => {
    const beforeReasoning = [{ target: 'act', stateUpdates: [{ a: 'result.ok' }] }];
    expect(judge({ beforeReasoning }, 'state.a')).toBe('self-grantable model');
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
