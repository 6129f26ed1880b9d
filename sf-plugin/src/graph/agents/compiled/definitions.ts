import type { AgentAction } from '../../agent.ts';
import { groupBy } from '../groupBy.ts';

/** The actions that the elements of a bundle define, for the graph that only names them. */
export class Definitions {
  readonly #byName: ReadonlyMap<string, readonly AgentAction[]>;

  constructor(actions: readonly AgentAction[]) {
    this.#byName = groupBy(actions, ({ name }) => name.toLowerCase());
  }

  /** Topics that share an action may share one definition, which then stands in one of them. */
  find(topic: string, name: string): AgentAction | undefined {
    const namesakes = this.#byName.get(name.toLowerCase()) ?? [];
    const own = namesakes.find((each) => keyOf(each) === keyOf({ topic, name }));
    const targets = new Set(namesakes.map(({ target }) => `${target.type}/${target.name}`));
    return own ?? (targets.size === 1 ? namesakes[0] : undefined);
  }
}

export function keyOf({ topic, name }: Pick<AgentAction, 'topic' | 'name'>): string {
  return `${topic}/${name}`.toLowerCase();
}
