import type { AssignmentItem, FlowVariable } from '../../extract/flow/flowFacts.ts';
import { lessTrusted } from '../lattice.ts';
import { parseReference } from './reference.ts';
import { objectOf, type Scope } from './scope.ts';
import { larger, times, type Size } from '../size.ts';
import {
  chooserOf,
  foreignValue,
  joinFields,
  mixed,
  scalar,
  sized,
  sizeOf,
  type FieldValue,
  type Value,
} from './value.ts';

/** By lower-case loop or loop variable: the collections whose items it stands for. */
export type LoopSources = ReadonlyMap<string, readonly string[]>;

/** More than an object can have: a record with more fields is taken for one that may carry any. */
const maxFields = 1000;

/** The state that an element is about to leave behind. */
export type Draft = Map<string, Value>;

/** Puts a value into a variable, or into a field of one; a name that nothing can write is left alone. */
export function write(path: string, value: Value, draft: Draft, scope: Scope): void {
  const { root, member } = parseReference(path);
  const known = draft.get(root);
  if (!known) return;
  const variable = scope.variable(root);
  if (member !== '') draft.set(root, withField(known, member, value));
  else draft.set(root, variable ? asDeclared(value, variable) : value);
}

function asDeclared(value: Value, variable: FlowVariable): Value {
  const { chosenBy, constant, content, fields } = value;
  const { isCollection } = variable;
  const object = objectOf(variable);
  return {
    chosenBy,
    ...(constant !== undefined && { constant }),
    ...(object !== undefined && { object }),
    isCollection,
    content,
    fields,
    parts: isCollection ? value.parts : sized(1),
  };
}

/** One item of an assignment, in an element that runs so often. */
export function assign(item: AssignmentItem, draft: Draft, scope: Scope, runs: Size, loops: LoopSources): void {
  const value = scope.evaluate(draft, item.value);
  const target = scope.read(draft, item.target);
  write(item.target, resultOf(item, target, value, runs), draft, scope);
  if (item.operator === 'Assign') setInCollections(item.target, value, draft, loops);
}

function resultOf(item: AssignmentItem, target: Value, value: Value, runs: Size): Value {
  switch (item.operator) {
    case 'Assign':
      return value;
    case 'Add':
    case 'AddItem':
    case 'AddAtStart':
      if (target.isCollection) return added(target, value, item, runs);
  }
  // Removing items keeps the rest; arithmetic and joined text depend on both sides.
  const chosenBy = lessTrusted(chooserOf(target), chooserOf(value));
  return target.isCollection ? { ...target, chosenBy } : scalar(lessTrusted('derived', chosenBy));
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
function setInCollections(path: string, value: Value, draft: Draft, loops: LoopSources): void {
  const { root, member } = parseReference(path);
  if (member === '') return;
  for (const source of loops.get(root) ?? []) {
    const known = draft.get(source);
    if (known)
      draft.set(source, { ...known, fields: joinFields(known.fields, withField(known, member, value).fields) });
  }
}

function withField(record: Value, member: string, value: Value): Value {
  const { fields } = record;
  if (fields.size > maxFields)
    return foreignValue(lessTrusted(chooserOf(record), chooserOf(value)), record.object, record.isCollection);
  const { constant } = value;
  const field: FieldValue = {
    name: fields.get(member.toLowerCase())?.name ?? member,
    chosenBy: chooserOf(value),
    ...(constant !== undefined && { constant }),
  };
  return { ...record, fields: new Map(fields).set(member.toLowerCase(), field) };
}
