import type { Hop, Place } from '@agent-readiness/protocol';
import type { Entry, Item } from '../../../extract/agentScript/ast.ts';
import type { AgentAction } from '../../agent.ts';
import { readActionTarget, splitUri, type ReadTarget } from './actionTarget.ts';
import { readInputs } from './definition.ts';
import { bodyOf, entriesNamed, entriesOf, textNamed, textOf, textsNamed } from './reading.ts';

export interface EntryActions {
  readonly actions: readonly AgentAction[];
  readonly problems: readonly { readonly place: Place; readonly reason: string }[];
}

/** What the channel starts: the flows that conversations are handed over to, and response formats. */
export function readEntryActions(script: readonly Item[], agentHop: Hop): EntryActions {
  const config = bodyOf(script, 'config');
  const connections = entriesNamed(script, 'connection');
  const read = [
    ...readRoute(entriesNamed(config, 'outbound_flow'), 'flow', undefined, agentHop),
    ...connections.flatMap((connection) => readConnection(connection, agentHop)),
  ];
  return {
    actions: read.map(({ action }) => action),
    problems: read.flatMap(({ action, problem }) =>
      problem === undefined ? [] : { place: action.place, reason: problem },
    ),
  };
}

interface ReadEntryAction {
  readonly action: AgentAction;
  readonly problem: string | undefined;
}

function readConnection({ place, key, name, body }: Entry, agentHop: Hop): readonly ReadEntryAction[] {
  const channel = name ?? key;
  const isFlow = textNamed(body, 'outbound_route_type') === 'OmniChannelFlow';
  return [
    ...readRoute(entriesNamed(body, 'outbound_route_name'), isFlow ? 'flow' : '', channel, agentHop),
    ...entriesOf(bodyOf(body, 'response_formats')).flatMap((format) => {
      const target = entriesNamed(format.body, 'target')[0];
      // Without a target the format is one the platform draws itself.
      if (textOf(target) === undefined) return [];
      const hops = [agentHop, { ...place, label: `connection ${channel}` }];
      return [entryAction(format, format.key, readActionTarget(target, format.key, format.place), 'model', hops)];
    }),
  ];
}

/** @param scheme what a name without a scheme stands for; empty if that is not known */
function readRoute(
  entries: readonly Entry[],
  scheme: string,
  channel: string | undefined,
  agentHop: Hop,
): readonly ReadEntryAction[] {
  return entries.flatMap((entry) => {
    const uri = textOf(entry);
    if (uri === undefined) return [];
    const name = splitUri(uri).path;
    const isBare = splitUri(uri).scheme === '' && scheme !== '';
    const read = isBare
      ? { target: { type: scheme, name, place: entry.place } }
      : readActionTarget(entry, name, entry.place);
    const alias = channel === undefined ? [] : [channel];
    const { action, problem } = entryAction(entry, name, read, 'deterministic', [agentHop]);
    return [{ action: { ...action, aliases: alias }, problem }];
  });
}

function entryAction(
  entry: Entry,
  name: string,
  { target, problem }: ReadTarget,
  invocation: 'model' | 'deterministic',
  route: readonly Hop[],
): ReadEntryAction {
  const { place, body } = entry;
  const inputs = readInputs(body);
  const binding = {
    place,
    invocation,
    gate: 'none',
    inputs: inputs.map((input) => ({ name: input.name, chosenBy: 'model', place: input.place }) as const),
    path: [...route, { ...place, label: `${entry.key} ${name}` }],
  } as const;
  return {
    action: {
      name,
      aliases: textsNamed(body, 'label'),
      topic: '',
      role: 'entry',
      place,
      target,
      confirmation: 'none',
      bindings: [binding],
    },
    problem,
  };
}
