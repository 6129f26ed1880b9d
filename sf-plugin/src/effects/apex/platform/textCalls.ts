import { folded, isBlank, isSameIgnoringCase, isSameText, trimmed } from '../constants.ts';
import { chooserOfAll } from '../inlining.ts';
import type { Value } from '../value.ts';
import { plain } from '../values.ts';
import { keyOf, type PlatformCall } from './platformCall.ts';
import { fold } from '../fold.ts';

type Test = (text: string) => boolean | undefined;

/** Tests of a text that `String` has as static methods: what they answer for a text, and for nothing. */
const tests: Readonly<Record<string, readonly [Test, boolean]>> = {
  'string.isblank': [isBlank, true],
  'string.isnotblank': [(text) => negated(isBlank(text)), false],
  'string.isempty': [(text) => text === '', true],
  'string.isnotempty': [(text) => text !== '', false],
};

function negated(truth: boolean | undefined): boolean | undefined {
  return truth === undefined ? undefined : !truth;
}

/** `String.isBlank(x)` of a text that is known, or known to start with something. */
export function textTestCall(call: PlatformCall): Value | undefined {
  const test = tests[keyOf(call)];
  const [text] = call.args;
  if (!test || !text) return undefined;
  const [ofText, ofNothing] = test;
  const { constant, prefix } = text;
  // A text that goes on after something visible is neither blank nor empty.
  const known =
    typeof constant === 'string' ? constant : prefix !== undefined && isBlank(prefix) === false ? prefix : undefined;
  const answer = constant === null ? ofNothing : known === undefined ? undefined : ofText(known);
  return { ...plain('Boolean', chooserOfAll(call.args)), ...(answer !== undefined && { constant: answer }) };
}

const changes: Readonly<Record<string, (text: string) => string | undefined>> = {
  tolowercase: (text) => folded(text, (each) => each.toLowerCase()),
  touppercase: (text) => folded(text, (each) => each.toUpperCase()),
  trim: trimmed,
};

const comparisons: Readonly<Record<string, (text: string, other: string) => boolean | undefined>> = {
  contains: (text, other) => text.includes(other),
  containsignorecase: (text, other) => {
    const [a, b] = [text, other].map((each) => folded(each, (ascii) => ascii.toLowerCase()));
    return a === undefined || b === undefined ? undefined : a.includes(b);
  },
  endswith: (text, other) => text.endsWith(other),
  equals: isSameText,
  equalsignorecase: isSameIgnoringCase,
  startswith: (text, other) => text.startsWith(other),
};

/** Methods of a text: of one that is known in full, and where its start decides, of one that is known in part. */
export function textCall(call: PlatformCall): Value | undefined {
  const { target, args } = call;
  if (!target || fold(call.className) !== 'string') return undefined;
  const name = fold(call.name);
  const chosenBy = chooserOfAll([target, ...args]);
  const known = typeof target.constant === 'string' ? target.constant : undefined;
  const change = changes[name];
  if (change && args.length === 0) {
    const constant = known === undefined ? undefined : change(known);
    // What follows may be white space too: a start is kept as far as the last thing visible.
    const prefix = target.prefix === undefined ? undefined : change(target.prefix);
    // A name keeps its spelling: code folds it to look it up, people read it.
    const spelling = trimmed(target.token ?? known ?? '');
    return {
      ...plain('String', chosenBy),
      ...(constant !== undefined && { constant, ...(spelling !== undefined && { token: spelling }) }),
      ...(prefix !== undefined && { prefix }),
    };
  }
  const compare = comparisons[name];
  if (!compare) return undefined;
  const other = args[0]?.constant;
  if (typeof other !== 'string') return plain('Boolean', chosenBy);
  const answer = known === undefined ? byStart(name, target.prefix, other) : compare(known, other);
  return { ...plain('Boolean', chosenBy), ...(answer !== undefined && { constant: answer }) };
}

/** What the start of a text is enough to answer. */
function byStart(name: string, start: string | undefined, other: string): boolean | undefined {
  if (start === undefined) return undefined;
  if (name === 'startswith') return start.length >= other.length ? start.startsWith(other) : undefined;
  if (name === 'contains' && start.includes(other)) return true;
  return undefined;
}
