import type { Place } from '@agent-readiness/protocol';
import type { Entry } from '../../../extract/agentScript/ast.ts';
import type { AgentAction } from '../../agent.ts';
import { splitUri } from './actionTarget.ts';
import type { Calls } from './calls.ts';
import type { ActionDefinition } from './definition.ts';
import { bodyOf, entriesNamed, entriesOf, textOf } from './reading.ts';
import type { Subagent } from './subagent.ts';

interface ReadActions {
  readonly actions: readonly AgentAction[];
  readonly problems: readonly { readonly place: Place; readonly reason: string }[];
}

/** The actions and skills of a subagent, or the other agent it stands for. */
export function readSubagentActions(subagent: Subagent, calls: Calls): ReadActions {
  const { definitions, entry } = subagent;
  const skills = entriesOf(bodyOf(entry.body, 'skills'));
  return {
    actions: [
      ...definitions.map((definition) => toAction(definition, subagent, calls)),
      ...skills.map((skill) => toSkill(skill, subagent, calls)),
    ],
    problems: definitions.flatMap(({ problem, place }) => (problem === undefined ? [] : { place, reason: problem })),
  };
}

function toAction(definition: ActionDefinition, { kind, name }: Subagent, { called }: Calls): AgentAction {
  const { bindings = [], names = [] } = called.get(definition) ?? {};
  const aliases = new Set([...definition.aliases, ...names]);
  aliases.delete(definition.name);
  return {
    name: definition.name,
    aliases: [...aliases],
    topic: kind === 'connected_subagent' ? '' : name,
    role: 'action',
    place: definition.place,
    target: definition.target,
    confirmation: definition.confirmation,
    bindings,
  };
}

/** A skill is offered wherever its subagent is reached. */
function toSkill({ key, place, body }: Entry, subagent: Subagent, { routes }: Calls): AgentAction {
  const target = entriesNamed(body, 'target')[0];
  const name = splitUri(textOf(target) ?? key).path;
  const route = routes.get(subagent);
  const path = [...(route?.hops ?? []), { ...place, label: `offers skill ${key}` }];
  return {
    name: key,
    aliases: [],
    topic: subagent.name,
    role: 'action',
    place,
    target: { type: 'skill', name, place: target?.place ?? place },
    confirmation: 'none',
    bindings: route ? [{ place, invocation: 'model', gate: route.gate, inputs: [], path }] : [],
  };
}
