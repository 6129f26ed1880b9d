import type { Expression } from '../../extract/apex/body.ts';
import type { Position } from '../../extract/apex/position.ts';
import { isInAccessorOf } from './accessors.ts';
import type { FieldInSource } from './classWorld.ts';
import { escape, noteChange, setVariable, type Frame, type Machine } from './frame.ts';
import { classOf, fieldInScope, pathOf, startsOutside } from './names.ts';
import { narrowed } from './narrowing.ts';
import { accessor } from './properties.ts';
import { elementOf, readField } from './reading.ts';
import { unknown } from './facts.ts';
import { join, type Value } from './value.ts';
import { fold } from './fold.ts';

type Assignment = Extract<Expression, { kind: 'assign' }>;

/**
 * Gives a variable, a field or an item of a list a new value. What stands left of the sign is
 * evaluated once.
 *
 * @param isCertain whether it happens whenever the statement runs, and not only on one side of a `?` or `&&`
 */
export function assign(machine: Machine, expression: Assignment, frame: Frame, isCertain: boolean): Value {
  const { target, isCompound, at } = expression;
  const given = machine.evaluate(expression.value, frame);
  const after = (before: () => Value): Value => (isCompound ? changed(before(), given) : given);
  switch (target.kind) {
    case 'name': {
      const value = after(() => machine.evaluate(target, frame));
      assignName(machine, target, value, frame, isCertain);
      return value;
    }
    case 'field':
      return assignField(machine, target, after, frame, isCertain);
    case 'index': {
      const list = machine.evaluate(target.target, frame);
      machine.evaluate(target.index, frame);
      const value = after(() => elementOf(machine, frame, list));
      noteChange(machine, frame, list.heap);
      if (list.heap) list.heap.add(String(at), value, 1);
      else escape(machine, frame, value);
      return value;
    }
    default:
      machine.evaluate(target, frame);
      return given;
  }
}

/** What `+=` leaves: no longer a known number or text. */
function changed(before: Value, added: Value): Value {
  const value = unknown(join({ ...before }, { ...added }));
  const start = before.constant ?? before.prefix;
  return { ...value, types: before.types, ...(typeof start === 'string' && { prefix: start }) };
}

function assignName(
  machine: Machine,
  { name, at }: Extract<Expression, { kind: 'name' }>,
  given: Value,
  frame: Frame,
  isCertain: boolean,
): void {
  const key = fold(name);
  const variable = frame.variables.get(key);
  if (variable) {
    const value = narrowed(machine.world, frame, given, variable.type);
    // A handler of the current `try` may find the object while it is being filled.
    if (frame.attempted) value.heap?.publish();
    setVariable(frame, key, { ...variable, value: isCertain ? value : join(variable.value, value) });
    return;
  }
  const found = fieldInScope(machine, name, frame);
  if (found) storeMember(machine, frame, found, frame.self, given, at, isCertain);
}

function assignField(
  machine: Machine,
  target: Extract<Expression, { kind: 'field' }>,
  after: (before: () => Value) => Value,
  frame: Frame,
  isCertain: boolean,
): Value {
  const { name, at } = target;
  const path = startsOutside(machine, target.target, frame) ? pathOf(target.target) : undefined;
  if (path) {
    const owner = classOf(machine, path, frame);
    const found = owner && machine.world.field(owner, name);
    if (found) {
      const value = after(() => machine.evaluate(target, frame));
      storeMember(machine, frame, found, undefined, value, at, isCertain);
      return value;
    }
  }
  const object = machine.evaluate(target.target, frame);
  const value = after(() => readField(machine, frame, object, name, at, accessor(machine, frame)));
  const members = object.types.flatMap((type) => {
    const owner = machine.world.resolve(type, frame.owner);
    return (owner && machine.world.field(owner, name)) ?? [];
  });
  for (const found of members) storeMember(machine, frame, found, object, value, at, isCertain);
  if (members.length === 0) store(machine, frame, object, name, value, isCertain);
  return value;
}

/** Sets a field of a class of the project: by its setter, where it has one with code. */
function storeMember(
  machine: Machine,
  frame: Frame,
  found: FieldInSource,
  object: Value | undefined,
  given: Value,
  at: Position,
  isCertain: boolean,
): void {
  const { field } = found;
  const value = narrowed(machine.world, frame, given, field.type);
  if (field.setter && !isInAccessorOf(frame, field)) {
    accessor(machine, frame)(found, 'set', field.isStatic ? undefined : object, at, value);
  } else if (field.isStatic || !object) escape(machine, frame, value);
  else store(machine, frame, object, field.name, value, isCertain);
}

function store(machine: Machine, frame: Frame, object: Value, name: string, value: Value, isCertain: boolean): void {
  noteChange(machine, frame, object.heap);
  if (object.heap) object.heap.store(name, value, isCertain ? frame.region : undefined);
  else escape(machine, frame, value);
}
