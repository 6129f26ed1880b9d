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
  if (topic === undefined) return means(segments, action);
  const actionName = segments.pop();
  return actionName !== undefined && action.has(actionName) && means(segments, topic);
}

/** A name by itself, or after its namespace and a dot where metadata writes `__`. */
function means(segments: readonly string[], names: ReferenceNames): boolean {
  return names.has(segments.join('__')) || (segments.length === 2 && names.has(segments[1] ?? ''));
}
