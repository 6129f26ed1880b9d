import type { Forgery } from './objectCases.ts';

/** A wrong object: which valid one it imitates, what is wrong, and the code that must be given. */
export interface Rejection extends Forgery {
  readonly of: string;
  readonly name: string;
  readonly expect: string;
}

/** A copy without one member. */
export function omit<T extends object, K extends keyof T>(object: T, name: K): Omit<T, K> {
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== name)) as Omit<T, K>;
}
