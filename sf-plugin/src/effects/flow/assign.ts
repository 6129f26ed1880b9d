import type { AssignmentItem } from '../../extract/flow/flowFacts.ts';
import { lessTrusted } from '../lattice.ts';
import { parseReference } from './reference.ts';
import { objectOf, type Scope, type State } from './scope.ts';
import { larger, times, type Size } from './size.ts';
import { chooserOf, joinFields, mixed, scalar, sized, sizeOf, type FieldValue, type Value } from './value.ts';

/** By lower-case loop or loop variable: the collections whose items it stands for. */
export type LoopSources = ReadonlyMap<string, readonly string[]>;

export function withValue(state: State, root: string, value: Value): State {
  return new Map(state).set(root, value);
}

/** Puts a value into a variable, or into a field of one; a name that nothing can write is left alone. */
export function write(path: string, value: Value, state: State, scope: Scope): State {
  const { root, member } = parseReference(path);
  const known = state.get(root);
  if (!known) return state;
  if (member !== '') return withValue(state, root, withField(known, member, value));
  const variable = scope.variable(root);
  if (!variable) return withValue(state, root, value);
  const { object: _, ...rest } = variable.isCollection
    ? { ...value, isCollection: true }
    : { ...value, isCollection: false, parts: sized(1) };
  const object = objectOf(variable);
  return withValue(state, root, { ...rest, ...(object !== undefined && { object }) });
}

/** One item of an assignment, in an element that runs so often. */
export function assign(item: AssignmentItem, state: State, scope: Scope, runs: Size, loops: LoopSources): State {
  const value = scope.evaluate(state, item.value);
  const target = scope.read(state, item.target);
  switch (item.operator) {
    case 'Assign':
      return write(item.target, value, alsoInCollections(item.target, value, state, loops), scope);
    case 'Add':
    case 'AddItem':
    case 'AddAtStart':
      if (target.isCollection) return write(item.target, added(target, value, item, runs), state, scope);
  }
  // Removing items keeps the rest; arithmetic and joined text depend on both sides.
  const chosenBy = lessTrusted(chooserOf(target), chooserOf(value));
  const result = target.isCollection ? { ...target, chosenBy } : scalar(lessTrusted('derived', chosenBy));
  return write(item.target, result, state, scope);
}

function added(target: Value, value: Value, item: AssignmentItem, runs: Size): Value {
  const source = `${String(item.place.line)}:${String(item.place.column)}`;
  const count = larger(target.parts.get(source) ?? 0, times(runs, sizeOf(value)));
  return {
    ...target,
    chosenBy: lessTrusted(target.chosenBy, value.chosenBy),
    content: mixed(target.content, value.content),
    fields: joinFields(target.fields, value.fields),
    parts: new Map(target.parts).set(source, count),
  };
}

/** A loop variable stands for the item itself: what is set on it may be set in the collection too. */
function alsoInCollections(path: string, value: Value, state: State, loops: LoopSources): State {
  const { root, member } = parseReference(path);
  if (member === '') return state;
  return (loops.get(root) ?? []).reduce((now, source) => {
    const known = now.get(source);
    if (!known) return now;
    const fields = joinFields(known.fields, withField(known, member, value).fields);
    return withValue(now, source, { ...known, fields });
  }, state);
}

function withField(record: Value, member: string, value: Value): Value {
  const { constant } = value;
  const field: FieldValue = {
    name: record.fields.get(member.toLowerCase())?.name ?? member,
    chosenBy: chooserOf(value),
    ...(constant !== undefined && { constant }),
  };
  return { ...record, fields: new Map(record.fields).set(member.toLowerCase(), field) };
}
