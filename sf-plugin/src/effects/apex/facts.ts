import type { ChosenBy } from '@agent-readiness/protocol';
import type { Constant } from '../../graph/agent.ts';
import { lessTrusted } from '../lattice.ts';
import { fold } from './fold.ts';

/** What is known of a value itself, and not of an object that it refers to. */
export interface Facts {
  /** Every type it may have, as written. Never empty. */
  readonly types: readonly string[];
  /** The type of the variable it is in: what overloads are chosen by. */
  readonly declared: string | undefined;
  /** It was created here: it is of these classes and not of a subclass. */
  readonly isExact: boolean;
  readonly chosenBy: ChosenBy;
  readonly constant: Constant | undefined;
  /** The type, object or field that a token of the schema names. */
  readonly token: string | undefined;
  /** How a text starts whose end is not known. */
  readonly prefix: string | undefined;
  /** How many of the loops around it make a new value each time. */
  readonly depth: number;
  /** It comes out of `Security.stripInaccessible`. */
  readonly isStripped: boolean;
}

export function isSameFacts(a: Facts, b: Facts): boolean {
  return (
    a.constant === b.constant &&
    a.token === b.token &&
    a.prefix === b.prefix &&
    a.chosenBy === b.chosenBy &&
    a.isExact === b.isExact &&
    a.depth === b.depth &&
    a.isStripped === b.isStripped &&
    a.declared === b.declared &&
    a.types.length === b.types.length &&
    a.types.every((type, index) => type === b.types[index])
  );
}

/** The value as one that is not known before the run, although its kind is. */
export function unknown<T extends Facts>(value: T): T {
  const { constant, token, prefix } = value;
  if (constant === undefined && token === undefined && prefix === undefined) return value;
  return { ...value, constant: undefined, token: undefined, prefix: undefined };
}

/** The value, or `null`: what it names can still be nothing else. */
export function orUnset<T extends Facts>(value: T, chosenBy: ChosenBy = value.chosenBy): T {
  const worst = lessTrusted(value.chosenBy, chosenBy);
  const { constant, prefix } = value;
  if (constant === undefined && prefix === undefined && worst === value.chosenBy) return value;
  return { ...value, chosenBy: worst, constant: undefined, prefix: undefined };
}

export function unionOfTypes(a: readonly string[], b: readonly string[]): readonly string[] {
  if (a.length === 1 && b.length === 1 && a[0] === b[0]) return a;
  const known = new Map([...a, ...b].map((type) => [fold(type), type]));
  return [...known.values()].sort();
}
