import type { Position } from '../../extract/apex/position.ts';
import { isInAccessorOf } from './accessors.ts';
import type { ClassInSource, FieldInSource } from './classWorld.ts';
import type { Frame, Machine } from './frame.ts';
import { narrowed } from './narrowing.ts';
import { relatedObject } from './platformTypes.ts';
import { elementType, parseType } from './typeNames.ts';
import { join, kindOf, type Value } from './value.ts';
import { chooserOf, inertValue, plain } from './values.ts';
import { fold } from './fold.ts';

/** One item of a collection, all items as one. A value that is no collection is its own item. */
export function elementOf(machine: Machine, frame: Frame, collection: Value): Value {
  const depth = frame.loops.length;
  const chosenBy = chooserOf(collection, 1);
  let result: Value | undefined;
  for (const type of collection.types) {
    const element = elementType(type);
    const value = element === undefined ? { ...collection, depth } : plain(element, chosenBy, depth);
    result = result ? join(result, value) : value;
  }
  const { heap } = collection;
  if (!result || !heap?.item) return result ?? inertValue(chosenBy);
  const [declared] = result.types;
  const known = { ...heap.item, depth, ...(declared !== undefined && { declared }) };
  if (heap.content === 'foreign' || !machine.callees) return orOther(known, result);
  return declared === undefined ? known : narrowed(machine.world, frame, known, declared);
}

/** A value, or another one that code not looked at put in its place. */
function orOther(known: Value, other: Value): Value {
  return join(kindOf(known), other);
}

/** Runs the accessor of a property: what a getter returns. A setter is given the value. */
export type Access = (
  accessed: FieldInSource,
  kind: 'get' | 'set',
  object: Value | undefined,
  at: Position,
  value?: Value,
) => Value;

/** The value of `target.name`. */
export function readField(
  machine: Machine,
  frame: Frame,
  target: Value,
  name: string,
  at: Position,
  access: Access,
): Value {
  let result: Value | undefined;
  for (const type of target.types) {
    const owner = machine.world.resolve(type, frame.owner);
    const value = owner
      ? readMember(machine, frame, owner, target, name, at, access)
      : readRecordField(machine, frame, target, name);
    result = result ? join(result, value) : value;
  }
  return result ?? inertValue(target.chosenBy);
}

function readMember(
  machine: Machine,
  frame: Frame,
  owner: ClassInSource,
  target: Value,
  name: string,
  at: Position,
  access: Access,
): Value {
  const found = machine.world.field(owner, name);
  if (!found) return inertValue(target.chosenBy);
  if (found.field.getter && !isInAccessorOf(frame, found.field)) return access(found, 'get', target, at);
  const known = target.heap?.fields.get(fold(name));
  const declared = plain(found.field.type, lessKnownChooser(frame, target), frame.loops.length);
  if (!known) return declared;
  const value = narrowed(machine.world, frame, known.value, found.field.type);
  return target.heap?.content === 'own' && machine.callees ? value : orOther(value, declared);
}

function lessKnownChooser(frame: Frame, target: Value): Value['chosenBy'] {
  return target.heap?.content === 'own' ? target.chosenBy : frame.otherInputs;
}

function readRecordField(machine: Machine, frame: Frame, target: Value, name: string): Value {
  const known = target.heap?.fields.get(fold(name));
  const depth = frame.loops.length;
  if (known) return machine.callees ? known.value : kindOf(known.value);
  if (fold(name) === 'id') return plain('Id', target.chosenBy, depth);
  const related = relatedObject(name);
  if (related === undefined) return { ...inertValue(target.chosenBy), depth };
  const isMany = fold(related) !== fold(name) && parseType(related).base !== 'user';
  return plain(isMany ? `List<${related}>` : related, target.chosenBy, depth);
}
