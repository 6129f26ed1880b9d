import { hash } from 'node:crypto';
import type { Callable, CallContext } from './model.ts';

const keys = new WeakMap<CallContext | Callable, string>();

/** Calls that differ in nothing have the same key: the callee and everything that it is told. */
export function callKey(callee: Callable, context: CallContext): string {
  return `${calleeKey(callee)}|${contextKey(context)}`;
}

export function calleeKey(callee: Callable): string {
  return remembered(callee, () => JSON.stringify(callee));
}

function contextKey(context: CallContext): string {
  return remembered(context, () => {
    const { identity, isEntry, inputs, otherInputs, repeats } = context;
    const sorted = Object.entries(inputs).sort(([a], [b]) => (a < b ? -1 : 1));
    return JSON.stringify([identity, isEntry, sorted, otherInputs, repeats]);
  });
}

/**
 * The same call is met many times, by every path to it and by every action, and what it is told may be long: it
 * is written out once, and only its digest is kept.
 */
function remembered(described: CallContext | Callable, describe: () => string): string {
  const key = keys.get(described) ?? hash('sha256', describe(), 'base64url');
  keys.set(described, key);
  return key;
}
