import { distance } from 'fastest-levenshtein';
import type { Agent } from '../graph/agent.ts';
import { ConfigurationError } from './errors.ts';

/**
 * The agents the user named, or all.
 *
 * @throws ConfigurationError when there are none, or none of that name
 */
export function selectAgents(
  agents: readonly Agent[],
  names: readonly string[],
  sourceDirs: readonly string[],
): readonly Agent[] {
  if (agents.length === 0) {
    throw new ConfigurationError(`No agents in ${sourceDirs.join(', ')}.`, [
      'Retrieve one: sf project retrieve start --metadata "Agent:<name>"',
      'Or name the folder that holds it: --source-dir <folder>',
    ]);
  }
  const known = [...new Set(agents.map(({ name }) => name))];
  const unknown = names.filter((name) => !known.some((each) => isSame(each, name)));
  if (unknown.length > 0) {
    throw new ConfigurationError(
      `No agent named ${unknown.map((name) => `"${name}"`).join(', ')}.`,
      unknown.map((name) => `Did you mean one of: ${nearest(name, known).join(', ')}?`),
    );
  }
  return names.length === 0 ? agents : agents.filter((agent) => names.some((name) => isSame(agent.name, name)));
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** The five closest names. */
export function nearest(name: string, known: readonly string[]): string[] {
  const far = (other: string): number => distance(name.toLowerCase(), other.toLowerCase());
  return [...known].sort((a, b) => far(a) - far(b) || (a < b ? -1 : 1)).slice(0, 5);
}
