import type { Place } from '@agent-readiness/protocol';
import type { ActionBinding, Agent, AgentAction, Drift } from '../../../src/graph/agent.ts';
import type { LoadedAgents } from '../../../src/graph/agents/loadAgents.ts';

/** Everything that is known of some agents as text, so that a hand-written expectation can be read. */
export function describeAgents({ agents, problems, failed }: Omit<LoadedAgents, 'filesParsed'>): string {
  return [
    ...agents.flatMap(describeAgent),
    ...problems.map(({ agent, place, reason }) => `problem of ${agent} ${at(place)}: ${reason}`),
    ...failed.map(({ place, reason }) => `failed ${at(place)}: ${reason}`),
  ].join('\n');
}

function describeAgent(agent: Agent): string[] {
  const { name, generation, version, place, runsAs, agentType, actions, ...rest } = agent;
  const { escalation, conversationLog: log, drifts = [], ...others } = rest;
  expectNothing(others);
  const identity = [
    name,
    version,
    generation,
    agentType,
    runsAs && `as ${runsAs}`,
    at(place),
    escalation && `escalates ${at(escalation)}`,
    log && `${log.isOn ? 'logged' : 'not logged'} ${at(log.place)}`,
  ];
  return [identity.filter(Boolean).join(' '), ...drifts.map(describeDrift), ...actions.flatMap(describeAction)];
}

function describeDrift({ kind, subject, differences, analysed, other }: Drift): string {
  return `  ${kind} ${subject} ${differences.join(', ')} ${at(analysed)}, not ${at(other)}`;
}

function describeAction(action: AgentAction): string[] {
  const { name, aliases, topic, role, place, target, confirmation, bindings, ...others } = action;
  expectNothing(others);
  const words = [
    ...(role === 'entry' ? ['entry'] : []),
    topic === '' ? name : `${topic}/${name}`,
    at(place),
    `-> ${target.type}:${target.name} ${at(target.place)}`,
    ...(confirmation === 'none' ? [] : [confirmation]),
    ...(aliases.length === 0 ? [] : [`aka ${aliases.join(', ')}`]),
    ...(bindings.length === 0 ? ['UNREACHABLE'] : []),
  ];
  return [`  ${words.join(' ')}`, ...bindings.flatMap(describeBinding)];
}

function describeBinding({ place, invocation, gate, isAlsoGuarded, inputs, path, ...others }: ActionBinding): string[] {
  expectNothing(others);
  return [
    `    ${invocation}, ${gate}${isAlsoGuarded ? ' and guarded' : ''} ${at(place)}`,
    ...inputs.map(({ name, chosenBy, constant, place: input }) => {
      const value = constant === undefined ? '' : `=${JSON.stringify(constant)}`;
      return `      ${name}: ${chosenBy}${value} ${at(input)}`;
    }),
    `      ${path.map((hop) => `${hop.label} ${at(hop)}`).join(' > ')}`,
  ];
}

/** Only the file's name: those of a fixture are distinct. */
function at({ file, line, column }: Place): string {
  return `@${file.slice(file.lastIndexOf('/') + 1)}:${line}:${column}`;
}

function expectNothing(others: Record<string, never>): void {
  if (Object.keys(others).length > 0) throw new Error(`not described: ${Object.keys(others).join(', ')}`);
}
