import type { Hop, Place } from '@agent-readiness/protocol';
import type { DialogInput, DialogInvocation } from '../../extract/agents/botDialog.ts';
import type { Located } from '../../extract/agents/located.ts';
import type { OutboundRoute } from '../../extract/agents/planner.ts';
import type { ActionBinding, AgentAction, InputBinding } from '../agent.ts';
import { groupBy } from './groupBy.ts';
import { splitUri } from './script/actionTarget.ts';

/** Something that runs because a channel, a dialog or an answer to the user starts it, not as an action of the model. */
export interface Entry {
  readonly name: string;
  readonly type: string;
  readonly target: Located;
  readonly invocation: ActionBinding['invocation'];
  readonly inputs: readonly InputBinding[];
  /** What starts it, for the path. */
  readonly reason: string;
  /** It takes the conversation over from the agent. */
  readonly takesOver: boolean;
}

export function outboundFlow(flow: Located): Entry {
  return { ...started('flow', flow, 'default outbound flow'), takesOver: true };
}

export function outboundRoute({ name, type, surfaceType }: OutboundRoute): Entry {
  const isFlow = type === undefined || type === 'OmniChannelFlow';
  return {
    ...started(isFlow ? 'flow' : type, name, `outbound route of ${surfaceType ?? 'a surface'}`),
    takesOver: true,
  };
}

/** Some releases write the flow as `flow://Name`. */
function started(type: string, { value, place }: Located, reason: string): Entry {
  const target = { value: splitUri(value).path, place };
  return { name: target.value, type, target, invocation: 'deterministic', inputs: [], reason, takesOver: false };
}

export function dialogStep({ target, targetType, dialog, inputs }: DialogInvocation): Entry {
  return { ...started(targetType ?? 'unknown', target, `dialog ${dialog}`), inputs: inputs.map(bindInput) };
}

/** A dialog passes what it says; its variables are filled by the channel and the user, not by the model. */
function bindInput({ name, place, value, variable, variableType }: DialogInput): InputBinding {
  if (variable === undefined) return { name, chosenBy: 'constant', constant: value ?? '', place };
  const isLinked = variableType === 'ContextVariable' || variableType === 'PageContextVariable';
  return { name, chosenBy: isLinked ? 'linked' : 'derived', place };
}

/** One action for each thing that is started, with a binding for each place that starts it. */
export function entryActions(entries: readonly Entry[], origin: Hop): AgentAction[] {
  const byTarget = groupBy(entries, ({ type, target }) => `${type}/${target.value.toLowerCase()}`);
  return [...byTarget.values()].map((list) => toAction(list[0], list, origin));
}

function toAction(
  { name, type, target: { value, place } }: Entry,
  entries: readonly Entry[],
  origin: Hop,
): AgentAction {
  return {
    name,
    aliases: [],
    topic: '',
    role: 'entry',
    place,
    target: { type, name: value, place },
    confirmation: 'none',
    bindings: entries.map((entry) => toBinding(entry, entry.target.place, origin)),
  };
}

function toBinding({ invocation, inputs, reason }: Entry, place: Place, origin: Hop): ActionBinding {
  return {
    place,
    invocation,
    gate: 'none',
    inputs,
    path: [origin, { ...place, label: reason }],
  };
}
