import type { Agent, AgentAction } from '../agent.ts';
import type { BuiltAgent } from './assemble.ts';
import type { ScriptedAgent } from './scriptAgents.ts';
import { versionedName } from './version.ts';

/**
 * One list of agents out of scripts and of what was published from them. Where both are there the
 * script is analysed, because that is what is being changed and what will be published next.
 * Here the draft and the published agent meet: the place to compare them, for `draft-published-drift`.
 *
 * @param allVersions published versions that have no script of their own are listed as well
 */
export function reconcileWithScripts(
  published: readonly BuiltAgent[],
  scripted: readonly ScriptedAgent[],
  allVersions: boolean,
): BuiltAgent[] {
  const owners = scripted.filter(({ versions }) => versions.length > 0);
  const kept = published.filter(({ agent }) => {
    const script = owners.find(({ names }) => names.has(agent.name.toLowerCase()));
    return !script || (allVersions && !isVersionOf(script, agent));
  });
  const scripts = owners.flatMap(({ names, versions }) => {
    const entries = published
      .filter(({ agent }) => names.has(agent.name.toLowerCase()))
      .flatMap(({ agent }) => agent.actions.filter(({ role }) => role === 'entry'));
    return versions.map((version) => withEntries(version, entries));
  });
  return [...scripts, ...kept];
}

function isVersionOf({ versions }: ScriptedAgent, { version }: Agent): boolean {
  const { number } = versionedName(version);
  return versions.some((script) => script.number === number);
}

/** What the bot starts by itself, it starts for the published script as well. */
function withEntries({ agent, problems }: BuiltAgent, entries: readonly AgentAction[]): BuiltAgent {
  const keyOf = ({ target }: AgentAction): string => `${target.type}/${target.name}`.toLowerCase();
  const own = new Set(agent.actions.filter(({ role }) => role === 'entry').map(keyOf));
  const others = new Map(entries.filter((entry) => !own.has(keyOf(entry))).map((entry) => [keyOf(entry), entry]));
  return { agent: { ...agent, actions: [...agent.actions, ...others.values()] }, problems };
}
