import { chooserOfAll } from '../inlining.ts';
import { plain, type Value } from '../value.ts';
import { keyOf, type PlatformCall } from './platformCall.ts';

/** Tests of a text that `String` has as static methods. */
const tests: Readonly<Record<string, (text: string | null) => boolean>> = {
  'string.isblank': (text) => text === null || text.trim() === '',
  'string.isnotblank': (text) => text !== null && text.trim() !== '',
  'string.isempty': (text) => text === null || text === '',
  'string.isnotempty': (text) => text !== null && text !== '',
};

/** `String.isBlank(x)` of a text that is known, or known to start with something. */
export function textTestCall(call: PlatformCall): Value | undefined {
  const test = tests[keyOf(call)];
  const [text] = call.args;
  if (!test || !text) return undefined;
  const value = plain('Boolean', chooserOfAll(call.args));
  const { constant } = text;
  if (constant === null || typeof constant === 'string') return { ...value, constant: test(constant) };
  // A text that goes on after something visible is neither blank nor empty.
  return text.prefix !== undefined && text.prefix.trim() !== '' ? { ...value, constant: test(text.prefix) } : value;
}

const changes: Readonly<Record<string, (text: string) => string>> = {
  tolowercase: (text) => text.toLowerCase(),
  touppercase: (text) => text.toUpperCase(),
};

const comparisons: Readonly<Record<string, (text: string, other: string) => boolean>> = {
  contains: (text, other) => text.includes(other),
  containsignorecase: (text, other) => text.toLowerCase().includes(other.toLowerCase()),
  endswith: (text, other) => text.endsWith(other),
  equals: (text, other) => text === other,
  equalsignorecase: (text, other) => text.toLowerCase() === other.toLowerCase(),
  startswith: (text, other) => text.startsWith(other),
};

/** Methods of a text: of one that is known in full, and where its start decides, of one that is known in part. */
export function textCall(call: PlatformCall): Value | undefined {
  const { target, args } = call;
  if (!target || call.className.toLowerCase() !== 'string') return undefined;
  const name = call.name.toLowerCase();
  const chosenBy = chooserOfAll([target, ...args]);
  const known = typeof target.constant === 'string' ? target.constant : undefined;
  const change = changes[name];
  if (change || name === 'trim') {
    const changed = change ?? ((text: string): string => text.trim());
    const start = change ? target.prefix : target.prefix?.trimStart();
    return {
      ...plain('String', chosenBy),
      ...(known !== undefined && { constant: changed(known) }),
      ...(start !== undefined && { prefix: change ? change(start) : start }),
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
