import type { Located } from '../../../extract/agents/located.ts';
import type { AgentAction } from '../../agent.ts';
import { strongestGate } from '../gate.ts';
import { Definitions, keyOf } from './definitions.ts';

export interface JoinedActions {
  readonly actions: readonly AgentAction[];
  readonly problems: readonly Located[];
}

/**
 * The actions of a compiled bundle. What calls an action, and under which condition, is in the graph;
 * a published graph keeps no more than the name of what is called, which the elements define.
 *
 * @param called from the graph
 * @param defined from the elements
 */
export function joinActions(called: readonly AgentAction[], defined: readonly AgentAction[]): JoinedActions {
  const definitions = new Definitions(defined);
  const known = new Set(called.map(keyOf));
  const problems: Located[] = [];
  const joined = called.map((action) => {
    if (action.target.type !== 'unknown') return action;
    const definition = definitions.find(action.topic, action.name);
    if (definition) return join(action, definition);
    const isCalled = action.bindings.length > 0;
    if (isCalled)
      problems.push({ value: `the action ${action.name} is not defined in the bundle`, place: action.place });
    return action;
  });
  return { actions: [...joined, ...defined.filter((action) => !known.has(keyOf(action)))], problems };
}

function join(called: AgentAction, defined: AgentAction): AgentAction {
  const { confirmation } = defined;
  const bindings = called.bindings.map((binding) => ({
    ...binding,
    gate: binding.invocation === 'model' ? strongestGate([binding.gate, confirmation]) : binding.gate,
  }));
  const aliases = [...new Set([...defined.aliases, ...called.aliases])].sort();
  return { ...defined, topic: called.topic, aliases, bindings };
}
