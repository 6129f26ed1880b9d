import type { Hop, Place } from '@agent-readiness/protocol';
import type { Entry, Item } from '../../../extract/agentScript/ast.ts';
import { readBehaviour, type Behaviour } from './behaviour.ts';
import { readActionDefinition, readConnectedAgent, type ActionDefinition } from './definition.ts';
import { bodyOf, entriesNamed, entriesOf, textNamed } from './reading.ts';

const kinds = ['start_agent', 'subagent', 'topic', 'connected_subagent'] as const;

/** A part of the agent that holds the conversation for a while; a connected one is another agent. */
export interface Subagent {
  readonly kind: (typeof kinds)[number];
  readonly name: string;
  readonly entry: Entry;
  /** For a connected agent, the agent itself. */
  readonly definitions: readonly ActionDefinition[];
  /** The entries of `reasoning.actions`. */
  readonly offers: readonly Entry[];
  readonly behaviour: Behaviour;
}

/** In the order of the text. */
export function readSubagents(script: readonly Item[]): readonly Subagent[] {
  return entriesOf(script).flatMap((entry) => {
    const kind = kinds.find((each) => each === entry.key);
    return kind === undefined ? [] : [readSubagent(kind, entry)];
  });
}

function readSubagent(kind: Subagent['kind'], entry: Entry): Subagent {
  const { body } = entry;
  const name = entry.name ?? entry.key;
  const reasoning = bodyOf(body, 'reasoning');
  const offers = entriesOf(bodyOf(reasoning, 'actions'));
  const procedures = [...bodyOf(body, ...procedureKeys), ...bodyOf(reasoning, 'instructions')];
  const actions = entriesOf(bodyOf(body, 'actions')).map(readActionDefinition);
  const definitions = kind === 'connected_subagent' ? [readConnectedAgent(name, entry)] : actions;
  return { kind, name, entry, definitions, offers, behaviour: readBehaviour(procedures, offers) };
}

export function subagentHop({ kind, name, entry }: Subagent): Hop {
  return { ...entry.place, label: `${kind} ${name}` };
}

/** A node of a custom type (`schema: "node://…"`) offers the actions whose inputs it binds. */
export function isCustomNode({ entry }: Subagent): boolean {
  return textNamed(entry.body, 'schema')?.startsWith('node://') ?? false;
}

const procedureKeys = ['before_reasoning', 'after_reasoning', 'on_init', 'on_exit', 'after_response'];

/** Blocks and fields that hold neither actions nor the way to them, besides those read here or elsewhere. */
const otherBlocks = ['config', 'connection', 'access', 'system', 'variables', 'language', 'model_config', 'knowledge'];
const otherFields = ['label', 'description', 'source', 'schema', 'system', 'model_config', 'parameters'];

const rootKeys: ReadonlySet<string> = new Set([...kinds, ...otherBlocks, 'context', 'modality']);
const subagentKeys: ReadonlySet<string> = new Set([...procedureKeys, ...otherFields, 'actions', 'skills', 'reasoning']);
const reasoningKeys: ReadonlySet<string> = new Set(['instructions', 'actions']);

/** What stands where a block or a field is expected and is none that is known: it is not part of what was read. */
export function misplacedItems(script: readonly Item[]): readonly { place: Place; reason: string }[] {
  const subagents = bodyOf(script, 'start_agent', 'subagent', 'topic');
  const reasoning = bodyOf(subagents, 'reasoning');
  return [
    ...misplaced(script, rootKeys),
    ...misplaced(subagents, subagentKeys),
    ...misplaced(reasoning, reasoningKeys),
    ...misplaced([...bodyOf(subagents, 'actions'), ...bodyOf(reasoning, 'actions')], undefined),
    ...[...entriesOf(bodyOf(subagents, 'actions')), ...entriesNamed(script, 'connected_subagent')].flatMap(
      furtherTargets,
    ),
  ];
}

/** What the platform makes of a second target is not known. */
function furtherTargets({ key, name = key, body }: Entry): { place: Place; reason: string }[] {
  return entriesNamed(body, 'target')
    .slice(1)
    .map(({ place }) => ({
      place,
      reason: `"${name}" has a second target; the first one is analysed, this one is not`,
    }));
}

/** @param known the keys that may stand there; any where it is `undefined` */
function misplaced(items: readonly Item[], known: ReadonlySet<string> | undefined): { place: Place; reason: string }[] {
  return items.flatMap((item) => {
    const { place } = item;
    // The parser has reported what it could not read.
    if (item.kind === 'unreadable') return [];
    if (item.kind !== 'entry') return [{ place, reason: 'a block or a field is expected here' }];
    if (known === undefined || known.has(item.key)) return [];
    return [{ place, reason: `"${item.key}" is not a known block or field here` }];
  });
}
