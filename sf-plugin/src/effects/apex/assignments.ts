import type { Expression } from '../../extract/apex/body.ts';
import { noteChange, type Frame, type Machine } from './frame.ts';
import { fieldInScope, pathOf, isVariable } from './names.ts';
import { narrowed } from './narrowing.ts';
import { accessor } from './properties.ts';
import { elementOf, readField } from './reading.ts';
import { join, unknown, type Value } from './value.ts';

type Assignment = Extract<Expression, { kind: 'assign' }>;

/** Gives a variable, a field or an item of a list a new value. What stands left of the sign is evaluated once. */
export function assign(machine: Machine, expression: Assignment, frame: Frame): Value {
  const { target, isCompound, at } = expression;
  const given = machine.evaluate(expression.value, frame);
  const after = (before: () => Value): Value => (isCompound ? changed(before(), given) : given);
  switch (target.kind) {
    case 'name': {
      const value = after(() => machine.evaluate(target, frame));
      assignName(machine, target, value, frame);
      return value;
    }
    case 'field':
      return assignField(machine, target, after, frame);
    case 'index': {
      const list = machine.evaluate(target.target, frame);
      machine.evaluate(target.index, frame);
      const value = after(() => elementOf(machine, frame, list));
      noteChange(frame, list);
      list.heap?.add(String(at), value, 1);
      return value;
    }
    default:
      machine.evaluate(target, frame);
      return given;
  }
}

/** What `+=` leaves: no longer a known number or text. */
function changed(before: Value, added: Value): Value {
  const { prefix, ...rest } = unknown(join({ ...before }, { ...added }));
  const start = before.constant ?? before.prefix;
  const known = typeof start === 'string' ? start : prefix;
  return { ...rest, types: before.types, ...(known !== undefined && { prefix: known }) };
}

function assignName(
  machine: Machine,
  { name, at }: Extract<Expression, { kind: 'name' }>,
  value: Value,
  frame: Frame,
): void {
  const key = name.toLowerCase();
  const variable = frame.variables.get(key);
  if (variable) {
    frame.variables.set(key, { ...variable, value: narrowed(machine.world, frame, value, variable.type) });
    return;
  }
  const found = fieldInScope(machine, name, frame);
  if (!found) return;
  const self = found.field.isStatic ? undefined : frame.self;
  if (found.field.setter) accessor(frame)(found, 'set', self, at);
  if (self) noteChange(frame, self);
  self?.heap?.setField(name, narrowed(machine.world, frame, value, found.field.type));
}

function assignField(
  machine: Machine,
  target: Extract<Expression, { kind: 'field' }>,
  after: (before: () => Value) => Value,
  frame: Frame,
): Value {
  const { name, at } = target;
  const path = pathOf(target.target);
  const root = path?.[0];
  if (path && root !== undefined && !isVariable(machine, root, frame)) {
    const owner = machine.world.resolve(path.join('.'), frame.owner);
    const found = owner && machine.world.field(owner, name);
    if (found?.field.setter) accessor(frame)(found, 'set', undefined, at);
    return after(() => machine.evaluate(target, frame));
  }
  const object = machine.evaluate(target.target, frame);
  const value = after(() => readField(machine, frame, object, name, at, accessor(frame)));
  for (const type of object.types) {
    const owner = machine.world.resolve(type, frame.owner);
    const found = owner && machine.world.field(owner, name);
    if (found?.field.setter) accessor(frame)(found, 'set', object, at);
  }
  noteChange(frame, object);
  object.heap?.setField(name, value);
  return value;
}
