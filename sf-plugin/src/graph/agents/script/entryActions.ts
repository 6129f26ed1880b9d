import type { Hop, Place } from '@agent-readiness/protocol';
import type { Entry, Item } from '../../../extract/agentScript/ast.ts';
import type { ActionBinding, AgentAction } from '../../agent.ts';
import { readActionTarget, splitUri, type ReadTarget } from './actionTarget.ts';
import { readInputs } from './definition.ts';
import { bodyOf, entriesNamed, entriesOf, textNamed, textOf, textsNamed } from './reading.ts';

interface EntryActions {
  readonly actions: readonly AgentAction[];
  readonly problems: readonly { readonly place: Place; readonly reason: string }[];
}

type ReadEntryAction = Pick<AgentAction, 'name' | 'aliases' | 'place'> &
  ReadTarget & { readonly binding: ActionBinding };

/** What the channel starts: the flows that conversations are handed over to, and response formats. */
export function readEntryActions(script: readonly Item[], agentHop: Hop): EntryActions {
  const outbound = entriesNamed(bodyOf(script, 'config'), 'outbound_flow');
  const read = [
    ...outbound.flatMap((entry) => readRoute(entry, 'flow', [agentHop])),
    ...entriesNamed(script, 'connection').flatMap((connection) => readConnection(connection, agentHop)),
  ];
  return {
    actions: read.map(({ name, aliases, place, target, binding }) => {
      return { name, aliases, topic: '', role: 'entry', place, target, confirmation: 'none', bindings: [binding] };
    }),
    problems: read.flatMap(({ place, problem }) => (problem === undefined ? [] : { place, reason: problem })),
  };
}

function readConnection({ place, key, name = key, body }: Entry, agentHop: Hop): readonly ReadEntryAction[] {
  const path = [agentHop, { ...place, label: `connection ${name}` }];
  const scheme = textNamed(body, 'outbound_route_type') === 'OmniChannelFlow' ? 'flow' : '';
  return [
    ...entriesNamed(body, 'outbound_route_name').flatMap((entry) => readRoute(entry, scheme, path)),
    ...entriesOf(bodyOf(body, 'response_formats')).flatMap((format) => readResponseFormat(format, path)),
  ];
}

/** @param scheme what a name without a scheme stands for; empty if that is not known */
function readRoute(entry: Entry, scheme: string, path: readonly Hop[]): readonly ReadEntryAction[] {
  const uri = textOf(entry);
  if (uri === undefined) return [];
  const { key, place } = entry;
  const { scheme: ownScheme, path: name } = splitUri(uri);
  const isBare = ownScheme === '' && scheme !== '';
  const read = isBare ? { target: { type: scheme, name, place } } : readActionTarget(entry, name, place);
  const hops = [...path, { ...place, label: `${key} ${name}` }];
  const binding = { place, invocation: 'deterministic', gate: 'none', inputs: [], path: hops } as const;
  return [{ name, aliases: [], place, ...read, binding }];
}

/** A format without a target is one the platform draws itself. */
function readResponseFormat({ key, place, body }: Entry, path: readonly Hop[]): readonly ReadEntryAction[] {
  const target = entriesNamed(body, 'target')[0];
  if (textOf(target) === undefined) return [];
  const inputs = readInputs(body).map(({ name, place }) => ({ name, chosenBy: 'model', place }) as const);
  const hops = [...path, { ...place, label: `response format ${key}` }];
  const binding = { place, invocation: 'model', gate: 'none', inputs, path: hops } as const;
  return [{ name: key, aliases: textsNamed(body, 'label'), place, ...readActionTarget(target, key, place), binding }];
}
