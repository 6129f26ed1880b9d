import { describe, expect, it } from '@jest/globals';
import { actionReference, agentNames, type NamedAgent } from '../../../src/report/explain/actionReference.ts';

function agent(name: string, version: string, ...actions: readonly [topic: string, name: string][]): NamedAgent {
  return { name, generation: 'bot', version, actions: actions.map(([topic, each]) => ({ topic, name: each })) };
}

/** The references of all actions of all agents. */
function references(...agents: readonly NamedAgent[]): string[] {
  return agents.flatMap((each) => each.actions.map((action) => actionReference(action, each, agents)));
}

describe('the reference to an action', () => {
  it('is the agent and the action', () => {
    expect(references(agent('A', 'v1', ['t', 'x'], ['', 'y']), agent('B', '', ['t', 'x']))).toEqual([
      'A.x',
      'A.y',
      'B.x',
    ]);
  });

  it('has the topic where two of them offer the name', () => {
    expect(references(agent('A', '', ['t', 'x'], ['u', 'X'], ['t', 'y']))).toEqual(['A.t.x', 'A.u.X', 'A.y']);
  });

  it('has generation and version where two agents share the name', () => {
    expect(references(agent('A', 'v1', ['t', 'x']), agent('a', '', ['t', 'x']))).toEqual(['A@bot@v1.x', 'a@bot.x']);
  });

  it('uses a name of the agent', () => {
    expect(agentNames(agent('A', 'v1'))).toEqual(['A', 'A@v1', 'A@bot', 'A@bot@v1']);
    expect(agentNames(agent('A', ''))).toEqual(['A', 'A@bot']);
  });
});
