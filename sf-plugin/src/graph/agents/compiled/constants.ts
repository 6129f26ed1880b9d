import type { AgentGraphFacts } from '../../../extract/agents/graph/agentGraph.ts';
import type { Json } from '../../../extract/json/json.ts';
import type { Constant } from '../../agent.ts';
import { literalOf } from './expression.ts';
import { isTemporary } from './temporaries.ts';

/** The values of the variables that nothing in the conversation can change, by name. */
export type Constants = ReadonlyMap<string, Constant>;

export function readConstants({ stateVariables, nodes }: AgentGraphFacts): Constants {
  const calls = nodes.flatMap(({ lists }) => lists.flatMap((list) => list.calls));
  const written = new Set([
    ...calls.flatMap(({ updates }) => updates.map(({ name }) => name)),
    ...nodes.flatMap(({ merged }) => merged),
  ]);
  return new Map(
    stateVariables.flatMap(({ name, isExternal, initial }) => {
      const value = isExternal || written.has(name) || isTemporary(name) ? undefined : literalOf(initial);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

/** The value of an expression that is a literal, or one of the constants. */
export function constantOf(value: Json, constants: Constants): Constant | undefined {
  const text = value.kind === 'scalar' && typeof value.value === 'string' ? value.value : '';
  const [, name] = /^state\.(\w+)$/.exec(text.trim()) ?? [];
  return name === undefined ? literalOf(value) : constants.get(name);
}
