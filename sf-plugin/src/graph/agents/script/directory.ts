import { groupBy } from '../groupBy.ts';
import type { ActionDefinition } from './definition.ts';
import { referenceOf, type Reference } from './reading.ts';
import type { Subagent } from './subagent.ts';

type ByName = ReadonlyMap<string, readonly ActionDefinition[]>;

/** What the references of a script mean. A name that is used twice means both. */
export class Directory {
  readonly #subagents: ReadonlyMap<string, readonly Subagent[]>;
  readonly #definitions: ReadonlyMap<Subagent, ByName>;
  /** The actions of all subagents together. */
  readonly #allDefinitions: ByName;

  constructor(subagents: readonly Subagent[]) {
    const own = subagents.filter(({ kind }) => kind !== 'connected_subagent');
    this.#subagents = groupBy(subagents, ({ name }) => name);
    this.#definitions = new Map(own.map((subagent) => [subagent, byName(subagent.definitions)]));
    this.#allDefinitions = byName(own.flatMap(({ definitions }) => definitions));
  }

  /** Where a transition or a delegation leads. */
  subagents({ namespace, name }: Reference): readonly Subagent[] {
    const named = this.#subagents.get(name) ?? [];
    if (namespace === undefined) return named;
    return named.filter(({ kind }) => (kind === 'connected_subagent') === (namespace === 'connected_subagent'));
  }

  /** What a call in a subagent calls: one of its actions, or the agent behind a connected one. */
  callees(target: Reference, caller: Subagent): readonly ActionDefinition[] {
    if (target.namespace === 'connected_subagent') {
      return this.subagents(target).flatMap(({ definitions }) => definitions);
    }
    // A connected agent has no actions of its own: what runs after its answer may be anybody's.
    const definitions = this.#definitions.get(caller) ?? this.#allDefinitions;
    return definitions.get(target.name) ?? definitions.get(boundName(target.name, caller)) ?? [];
  }
}

function byName(definitions: readonly ActionDefinition[]): ByName {
  return groupBy(definitions, ({ name }) => name);
}

/** `@actions.x` may also mean what `reasoning.actions` offers as `x`. */
function boundName(name: string, { offers }: Subagent): string {
  const reference = referenceOf(offers.find(({ key }) => key === name)?.value);
  return reference?.namespace === 'actions' ? reference.name : name;
}
