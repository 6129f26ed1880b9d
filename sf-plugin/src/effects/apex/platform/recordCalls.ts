import { noteChange } from '../frame.ts';
import { lessTrusted } from '../../lattice.ts';
import { elementOf } from '../reading.ts';
import { relatedObject } from '../platformTypes.ts';
import { orUnset } from '../facts.ts';
import { HeapObject, type Value } from '../value.ts';
import { chooserOf, inertValue, plain, tokenValue } from '../values.ts';
import { inert, isGeneral, isPrimitive } from '../typeNames.ts';
import type { PlatformCall } from './platformCall.ts';
import { fold } from '../fold.ts';

/** Methods of a record that read or set its fields, or copy it. */
export function recordCall({ machine, frame, name, args, target }: PlatformCall): Value | undefined {
  const [first, second] = args;
  if (!target || !first) return target && withoutArguments(name, target);
  const field = typeof first.constant === 'string' ? first.constant : first.token;
  switch (fold(name)) {
    case 'put':
      noteChange(machine, frame, target.heap);
      if (!second) return inertValue('derived');
      if (field === undefined) target.heap?.storeSomewhere(second);
      else target.heap?.store(field, second, undefined);
      return inertValue('derived');
    case 'get':
      return (
        (field === undefined ? undefined : target.heap?.fields.get(fold(field))?.value) ?? readValue(target, first)
      );
    case 'getsobject':
      return plain((field && relatedObject(field)) ?? 'SObject', target.chosenBy, frame.loops.length);
    case 'getsobjects':
      return plain(`List<${(field && relatedObject(field)) ?? 'SObject'}>`, target.chosenBy, frame.loops.length);
    case 'clone':
      return clone(target, frame.loops.length);
    case 'next':
      return elementOf(machine, frame, target);
    default:
      return undefined;
  }
}

function withoutArguments(name: string, target: Value): Value | undefined {
  const key = fold(name);
  if (key === 'clone') return clone(target, target.depth);
  if (key !== 'getsobjecttype' || target.types.length !== 1) return undefined;
  const [type = inert] = target.types;
  return isGeneral(type) || isPrimitive(type) ? inertValue(target.chosenBy) : tokenValue(type);
}

/** `describe.get('Account')` names what it is asked for; the value of a field is not known. */
function readValue(target: Value, key: Value): Value {
  const isDescribe = target.heap === undefined && typeof key.constant === 'string';
  return isDescribe
    ? { ...inertValue(key.chosenBy), token: key.token ?? key.constant }
    : inertValue(lessTrusted(chooserOf(target, 1), key.chosenBy));
}

/** A copy has fields of its own, which start as those of the original. */
function clone(target: Value, depth: number): Value {
  if (!target.heap) return { ...target, depth };
  const heap = new HeapObject(target.heap.content);
  // A copy keeps the id only where it is asked to.
  for (const { name, value } of target.heap.fields.values()) {
    heap.setField(name, fold(name) === 'id' ? orUnset(value) : value);
  }
  return { ...target, depth, heap };
}
