import type { ActionDefinition } from './definition.ts';
import { Directory } from './directory.ts';
import type { Subagent } from './subagent.ts';

/**
 * Adds to each subagent the actions that it calls and nothing defines. The platform may know them, from an earlier
 * version of the agent or from its library: what they do is not in the script, that they can be called is.
 */
export function withUndefinedActions(subagents: readonly Subagent[]): readonly Subagent[] {
  const directory = new Directory(subagents);
  return subagents.map((subagent) => {
    // A connected agent has no actions of its own.
    if (subagent.kind === 'connected_subagent') return subagent;
    const missing = new Map<string, ActionDefinition>();
    for (const { target } of subagent.behaviour.invocations) {
      const { namespace, name, place } = target;
      if (namespace !== 'actions' || missing.has(name) || directory.callees(target, subagent).length > 0) continue;
      const type = 'undefinedAction';
      missing.set(name, { name, aliases: [], place, target: { type, name, place }, confirmation: 'none', inputs: [] });
    }
    return { ...subagent, definitions: [...subagent.definitions, ...missing.values()] };
  });
}
