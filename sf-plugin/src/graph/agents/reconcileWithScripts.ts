import type { Agent, AgentAction } from '../agent.ts';
import type { BuiltAgent } from './assemble.ts';
import { draftDrifts } from './draftDrifts.ts';
import type { ScriptedAgent, ScriptVersion } from './scriptAgents.ts';
import { versionedName } from './version.ts';

/**
 * One list of agents out of scripts and of what was published from them. Where both are there the
 * script is analysed, because that is what is being changed and what will be published next.
 * Where the two differ is noted on the agent.
 *
 * @param allVersions what was published is listed as well, also of a script: it may not be what the script says
 */
export function reconcileWithScripts(
  published: readonly BuiltAgent[],
  scripted: readonly ScriptedAgent[],
  allVersions: boolean,
): BuiltAgent[] {
  const owners = scripted.filter(({ versions }) => versions.length > 0);
  const kept = published.filter(({ agent }) => {
    return allVersions || !owners.some(({ names }) => names.has(agent.name.toLowerCase()));
  });
  const scripts = owners.flatMap(({ names, versions }) => {
    const counterparts = published.filter(({ agent }) => names.has(agent.name.toLowerCase()));
    return versions.map((version) => withPublished(version, counterparts));
  });
  return [...scripts, ...kept];
}

/** What the bot starts and keeps by itself, it does for the published script as well. */
function withPublished({ agent, problems, number }: ScriptVersion, published: readonly BuiltAgent[]): BuiltAgent {
  const keyOf = ({ target }: AgentAction): string => `${target.type}/${target.name}`.toLowerCase();
  const own = new Set(agent.actions.filter(({ role }) => role === 'entry').map(keyOf));
  const entries = published.flatMap((each) => each.agent.actions.filter(({ role }) => role === 'entry'));
  const others = new Map(entries.filter((entry) => !own.has(keyOf(entry))).map((entry) => [keyOf(entry), entry]));
  const escalation = agent.escalation ?? published.find((each) => each.agent.escalation)?.agent.escalation;
  const log = agent.conversationLog ?? published.find((each) => each.agent.conversationLog)?.agent.conversationLog;
  const counterpart = counterpartOf(number, published);
  const drifts = counterpart ? draftDrifts(agent, counterpart) : [];
  return {
    agent: {
      ...agent,
      actions: [...agent.actions, ...others.values()],
      ...(escalation && { escalation }),
      ...(log && { conversationLog: log }),
      ...(drifts.length > 0 && { drifts }),
    },
    problems,
  };
}

/** What the script is compared with: what was published from it, and for a draft what was published last. */
function counterpartOf(number: number, published: readonly BuiltAgent[]): Agent | undefined {
  const newestFirst = published
    .filter(({ agent }) => agent.actions.length > 0)
    .map(({ agent }) => ({ agent, version: versionedName(agent.version).number }))
    .sort((a, b) => b.version - a.version);
  const found = number === Infinity ? newestFirst[0] : newestFirst.find(({ version }) => version === number);
  return found?.agent;
}
