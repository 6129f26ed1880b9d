import type { Located } from '../../extract/agents/located.ts';

/** The problem of an element whose name the reader does not know. */
export function notUnderstood({ value, place }: Located): Located {
  return { value: `the element <${value}> is not understood`, place };
}

/** The problem of a planner that is named and not in source. */
export function missingPlanner({ value, place }: Located): Located {
  return { value: `the planner ${value} is not in the project`, place };
}
