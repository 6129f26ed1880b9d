import type { Gate } from '@agent-readiness/protocol';
import { groupBy } from '../groupBy.ts';
import type { Condition } from './condition.ts';
import { leastTrusted, type Origin, type Sources } from './sources.ts';

/** Who chooses the values of an agent, and which of its conditions the model can open itself. */
export interface Trust {
  chosenBy(sources: Sources): Sources['chosenBy'];
  /** Of a condition that was among the `conditions`. */
  gateOf(condition: Condition): Gate;
}

/** How a variable gets a value, or a call what it returns. */
export interface Assignment {
  readonly to: Origin;
  readonly from: Sources;
  /**
   * What must come out as the model likes for it to decide whether this happens, and thereby on the value: `open`
   * where it chooses to, `shut` where it has no say. What a call returns is not decided by who chose to call.
   */
  readonly decidedBy: Condition;
}

export interface Facts {
  readonly assignments: readonly Assignment[];
  readonly conditions: readonly Condition[];
  /** Who fills a variable if no assignment does; `model` for one that is not known. */
  readonly filledBy: (variable: string) => Sources['chosenBy'];
}

type Vertex = Origin | Condition;

/**
 * Follows the values the model supplies through variables, calls and conditions. Over-approximated:
 * neither the order of the statements nor reachability counts.
 */
export function readTrust({ assignments, conditions, filledBy }: Facts): Trust {
  const models = findModels(assignments, conditions, filledBy);
  const chooser = (origin: Origin): Sources['chosenBy'] => {
    if (models.has(origin)) return 'model';
    return typeof origin === 'string' ? filledBy(origin) : 'derived';
  };
  return {
    chosenBy: ({ chosenBy, origins }) => leastTrusted([chosenBy, ...origins.map(chooser)]),
    gateOf: (condition) => {
      if (condition.kind === 'open') return 'none';
      return models.has(condition) ? 'self-grantable' : 'guarded';
    },
  };
}

/** The variables and results that the model can set, and the conditions that it can make true. */
function findModels(
  assignments: Facts['assignments'],
  conditions: Facts['conditions'],
  filledBy: Facts['filledBy'],
): ReadonlySet<Vertex> {
  const decided = new Set<Vertex>();
  const edges: { from: Vertex; to: Vertex }[] = [];
  /** How many parts of an `all` the model cannot make true yet. */
  const missing = new Map<Vertex, number>();

  const feed = ({ chosenBy, origins }: Sources, to: Vertex): void => {
    if (chosenBy === 'model') decided.add(to);
    for (const from of origins) {
      if (typeof from === 'string' && filledBy(from) === 'model') decided.add(to);
      edges.push({ from, to });
    }
  };
  for (const { to, from, decidedBy } of assignments) {
    feed(from, to);
    if (decidedBy.kind === 'open') decided.add(to);
    else edges.push({ from: decidedBy, to });
  }
  // A set iterates over what is added while it is iterated; conditions may share parts.
  const all = new Set([...conditions, ...assignments.map(({ decidedBy }) => decidedBy)]);
  for (const condition of all) {
    if (condition.kind === 'test') feed(condition.sources, condition);
    if (condition.kind !== 'all' && condition.kind !== 'any') continue;
    if (condition.kind === 'all') missing.set(condition, condition.parts.length);
    for (const part of condition.parts) {
      all.add(part);
      edges.push({ from: part, to: condition });
    }
  }
  const followers = groupBy(edges, ({ from }) => from);
  for (const from of decided) {
    for (const { to } of followers.get(from) ?? []) {
      const left = (missing.get(to) ?? 1) - 1;
      if (missing.has(to)) missing.set(to, left);
      if (left <= 0) decided.add(to);
    }
  }
  return decided;
}
