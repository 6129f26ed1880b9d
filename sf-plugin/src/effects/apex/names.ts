import type { Expression } from '../../extract/apex/body.ts';
import { isInAccessorOf } from './accessors.ts';
import type { ClassInSource, FieldInSource } from './classWorld.ts';
import type { Frame, Machine } from './frame.ts';
import { accessor, touch } from './properties.ts';
import { readField } from './reading.ts';
import type { Value } from './value.ts';
import { constantValue, inertValue, plain, tokenValue } from './values.ts';
import { fold } from './fold.ts';

/** Whether an expression starts with a name of which nothing is known here: that of a class or of an object. */
export function startsOutside(machine: Machine, expression: Expression, frame: Frame): boolean {
  let each = expression;
  while (each.kind === 'field') each = each.target;
  return each.kind === 'name' && !isVariable(machine, each.name, frame);
}

/** `a.b.c` as text, if it is made of nothing but names. */
export function pathOf(expression: Expression): readonly string[] | undefined {
  const names: string[] = [];
  let each = expression;
  while (each.kind === 'field') {
    names.unshift(each.name);
    each = each.target;
  }
  return each.kind === 'name' ? [each.name, ...names] : undefined;
}

/** A variable, a field of the class around the code, or a static field of the outer class. */
export function readName(
  machine: Machine,
  { name, at }: Extract<Expression, { kind: 'name' }>,
  frame: Frame,
): Value | undefined {
  const variable = frame.variables.get(fold(name));
  if (variable) return variable.value;
  const found = fieldInScope(machine, name, frame);
  if (!found) return undefined;
  return found.field.isStatic
    ? readStatic(machine, frame, found, at)
    : frame.self && readField(machine, frame, frame.self, name, at, accessor(machine, frame));
}

/** The field that a simple name means, in the class itself, its ancestors, or the outer class. */
export function fieldInScope(machine: Machine, name: string, frame: Frame): FieldInSource | undefined {
  return frame.owner && machine.world.fieldInScope(frame.owner, name);
}

function isVariable(machine: Machine, name: string, frame: Frame): boolean {
  return frame.variables.get(fold(name)) !== undefined || fieldInScope(machine, name, frame) !== undefined;
}

function readStatic(machine: Machine, frame: Frame, found: FieldInSource, at: number): Value {
  const { field, owner } = found;
  touch(frame, owner, at);
  if (field.getter && !isInAccessorOf(frame, field)) return accessor(machine, frame)(found, 'get', undefined, at);
  const { value } = field;
  if (field.isFinal && value?.kind === 'literal') return constantValue(value.value, field.type);
  if (field.isFinal && value?.kind === 'class') return tokenValue(value.type, 'Type');
  return plain(field.type, field.isFinal ? 'derived' : frame.otherInputs, frame.loops.length);
}

/**
 * What a path stands for that does not start at a variable: a static field, an enum value, a token of
 * the schema. `undefined` if it does.
 */
export function readPath(
  machine: Machine,
  expression: Extract<Expression, { kind: 'field' }>,
  frame: Frame,
): Value | undefined {
  const path = startsOutside(machine, expression, frame) ? pathOf(expression) : undefined;
  const [root, second = ''] = path ?? [];
  if (!path || root === undefined) return undefined;
  if (fold(root) === 'trigger') {
    return frame.trigger?.values.get(fold(second)) ?? (path.length === 2 ? inertValue('derived') : undefined);
  }
  const owner = classOf(machine, path.slice(0, -1), frame);
  if (owner) return readMemberOf(machine, frame, owner, expression);
  const last = path.at(-1) ?? '';
  // The start of a longer path is read first, and answers for the rest.
  if (path.length > 2 && classOf(machine, path.slice(0, -2), frame)) return undefined;
  return schemaToken(
    path.map((name) => fold(name)),
    path,
    last,
  );
}

function readMemberOf(
  machine: Machine,
  frame: Frame,
  owner: ClassInSource,
  { name, at }: Extract<Expression, { kind: 'field' }>,
): Value {
  const found = machine.world.field(owner, name);
  if (found) return readStatic(machine, frame, found, at);
  return owner.type.kind === 'enum' ? constantValue(name.toUpperCase(), owner.type.name) : inertValue('derived');
}

/** The class of the project that a path of names means. */
export function classOf(machine: Machine, path: readonly string[], frame: Frame): ClassInSource | undefined {
  return path.length > 0 ? machine.world.resolve(path.join('.'), frame.owner) : undefined;
}

function schemaToken(lower: readonly string[], path: readonly string[], last: string): Value {
  const name = fold(last);
  if (lower.at(-2) === 'accesslevel') return constantValue(name, 'AccessLevel');
  // `Account.SObjectType` and `Schema.SObjectType.Account` name an object, `Account.Name` a field.
  if (name === 'sobjecttype') return tokenValue(path.at(-2) ?? '');
  return tokenValue(last);
}
