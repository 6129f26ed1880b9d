import type { Hop, Place } from '@agent-readiness/protocol';
import type { Item, Script } from '../../../extract/agentScript/ast.ts';
import type { Agent, AgentProblem } from '../../agent.ts';
import type { AuthoringBundle } from './authoringBundle.ts';
import type { Behaviour } from './behaviour.ts';
import { resolveCalls } from './calls.ts';
import { Directory } from './directory.ts';
import { readEntryActions } from './entryActions.ts';
import { readIdentity } from './identity.ts';
import { bodyOf, entriesNamed } from './reading.ts';
import { readScriptTrust } from './scriptTrust.ts';
import { readSubagents, misplacedItems } from './subagent.ts';
import { readSubagentActions } from './subagentActions.ts';
import { withUndefinedActions } from './undefinedActions.ts';

/**
 * Lowers a parsed Agent Script to the agent it describes: every action it defines, calls or connects to,
 * with the ways in which a conversation can call it. Actions stand in the order of the text.
 */
export function scriptToAgent(
  { items, place }: Script,
  bundle: AuthoringBundle,
): { agent: Agent; problems: readonly AgentProblem[] } {
  const identity = readIdentity(items, bundle, place);
  const agentHop: Hop = { ...identity.place, label: `agent ${identity.name}` };
  const written = readSubagents(items);
  const subagents = withUndefinedActions(written);
  const behaviours = subagents.map(({ behaviour }) => behaviour);
  const directory = new Directory(subagents);
  // What answers a call that nothing defines is not known: a guard over it protects nothing.
  const trust = readScriptTrust(items, written, new Directory(written));
  const calls = resolveCalls(subagents, directory, agentHop, trust);
  const read = [
    ...subagents.map((subagent) => readSubagentActions(subagent, calls)),
    readEntryActions(items, agentHop),
  ];
  const problems = [
    ...(subagents.some(({ kind }) => kind === 'start_agent') ? [] : [noStart(place)]),
    ...misplacedItems(items),
    ...behaviours.flatMap((behaviour) => behaviour.problems),
    ...calls.problems,
    ...read.flatMap((each) => each.problems),
  ];
  return {
    agent: {
      ...identity,
      generation: 'agent-script',
      ...escalationOf(items, behaviours),
      ...conversationLog(items),
      actions: read.flatMap(({ actions }) => actions),
    },
    problems: problems
      .map((problem) => ({ agent: identity.name, ...problem }))
      .toSorted((a, b) => a.place.line - b.place.line || a.place.column - b.place.column),
  };
}

function escalationOf(items: readonly Item[], behaviours: readonly Behaviour[]): Pick<Agent, 'escalation'> {
  const routes = [
    ...entriesNamed(bodyOf(items, 'connection'), 'outbound_route_name'),
    ...entriesNamed(bodyOf(items, 'config'), 'outbound_flow'),
  ];
  const [place] = [...behaviours.flatMap(({ escalations }) => escalations), ...routes.map((entry) => entry.place)];
  return place ? { escalation: place } : {};
}

function conversationLog(items: readonly Item[]): Pick<Agent, 'conversationLog'> {
  const [entry] = entriesNamed(bodyOf(items, 'config'), 'enable_enhanced_event_logs');
  if (entry?.value?.kind !== 'boolean') return {};
  return { conversationLog: { isOn: entry.value.value, place: entry.place } };
}

function noStart(place: Place): { place: Place; reason: string } {
  return { place, reason: 'the script has no start_agent, so that every subagent counts as reached' };
}
