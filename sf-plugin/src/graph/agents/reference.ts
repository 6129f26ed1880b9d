import { allNames, type Names } from '../../extract/agents/names.ts';

/** The names by which mappings and rules may point at a topic or an action, in lower case. */
export type ReferenceNames = ReadonlySet<string>;

/**
 * @param extra names that the component has outside its own definition, e.g. that of the reference to it
 */
export function referenceNames(names: Names, ...extra: readonly string[]): ReferenceNames {
  // Two actions may share a label, or the template they were copied from.
  const own = allNames({ ...names, label: undefined, source: undefined });
  return new Set([...own, ...extra].map((name) => name.toLowerCase()));
}

/**
 * Whether `Topic.Action` or `Namespace.Topic.Action` means an action of a topic, and `Action` or
 * `Namespace.Action` one of the planner itself.
 *
 * @param topic the names of the action's topic; `undefined` for actions of the planner
 */
export function pointsAt(reference: string, topic: ReferenceNames | undefined, action: ReferenceNames): boolean {
  const segments = reference.toLowerCase().split('.');
  // A namespace stands before a dot here, and before `__` in the name itself.
  if (topic === undefined) return action.has(segments.join('__'));
  const actionName = segments.pop();
  if (actionName === undefined || !action.has(actionName)) return false;
  return topic.has(segments.join('__')) || (segments.length === 2 && topic.has(segments[1] ?? ''));
}
