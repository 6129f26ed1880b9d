import { createInstance } from '../creation.ts';
import { recordUnknown } from '../frame.ts';
import { HeapObject, type Value } from '../value.ts';
import { chooserOf, inertValue, plain } from '../values.ts';
import { inert, ofAnyClass } from '../typeNames.ts';
import { keyOf, type PlatformCall } from './platformCall.ts';
import { fold } from '../fold.ts';

/** Types, records and objects that are made from names, and results that keep what went in. */
export function dynamicCall(call: PlatformCall): Value | undefined {
  const { args } = call;
  const [first, second] = args;
  switch (keyOf(call)) {
    case 'type.forname': {
      const name = args.at(-1)?.constant;
      return {
        ...plain('Type', chooserOf(args.at(-1) ?? inertValue('derived'))),
        ...(typeof name === 'string' && { token: name }),
      };
    }
    case 'json.deserialize':
    case 'json.deserializestrict': {
      const type = second?.token ?? 'Object';
      const value = plain(type, chooserOf(first ?? inertValue('derived')), call.frame.loops.length);
      return { ...value, declared: 'Object' };
    }
    case 'security.stripinaccessible':
      return (
        second && {
          ...plain('SObjectAccessDecision', chooserOf(second)),
          ...holding(second),
          ...(first?.token !== undefined && { token: first.token }),
        }
      );
    case 'test.isrunningtest':
      return { ...plain('Boolean', 'constant'), constant: false };
    case 'schema.getglobaldescribe':
      return inertValue('derived');
    default:
      return undefined;
  }
}

/** The kinds of access that cover what a write sets. */
const writable: ReadonlySet<string> = new Set(['creatable', 'updatable', 'upsertable']);

/** Lets the decision carry the records, until they are taken out of it. */
function holding(records: Value): { heap: HeapObject } {
  const heap = new HeapObject('own');
  heap.setField('records', records);
  return { heap };
}

/** What names an object or a field, in code that declares it or leaves it in the chain. */
function isDescription(type: string): boolean {
  return (
    type === inert || /^(?:schema\.)?(?:sobjecttype|sobjectfield|describesobjectresult|describefieldresult)$/.test(type)
  );
}

export function dynamicInstanceCall(call: PlatformCall): Value | undefined {
  const { target, name, frame, className } = call;
  if (!target) return undefined;
  const type = fold(className);
  const known = target.token;
  const depth = frame.loops.length;
  switch (fold(name)) {
    case 'newinstance':
      return type === 'type' ? newInstance(call, target) : undefined;
    case 'newsobject': {
      const value = { ...plain(known ?? 'SObject', target.chosenBy, depth), heap: new HeapObject('own') };
      return value;
    }
    case 'getrecords': {
      const records = target.heap?.fields.get('records')?.value;
      if (type !== 'sobjectaccessdecision' || !records) return undefined;
      return writable.has((known ?? '').toLowerCase()) ? { ...records, isStripped: true } : records;
    }
    case 'getsobjecttype':
    case 'getdescribe':
      // A chain from the name of an object through its description keeps the name.
      return isDescription(type) && known !== undefined ? { ...target, types: [inert] } : undefined;
    case 'getname':
    case 'getlocalname':
      return isDescription(type) && known !== undefined ? { ...target, types: ['String'] } : undefined;
    default:
      return undefined;
  }
}

/** An object of the class that a type stands for. Of one that is decided at run time, a cast says more. */
function newInstance({ machine, frame, at }: PlatformCall, { token, chosenBy }: Value): Value {
  const depth = frame.loops.length;
  if (token === undefined) {
    // A caller that names the class makes this act.
    if (!machine.callees) recordUnknown(frame, at, '*', 'makes an object of a class that a caller may name');
    return { ...plain('Object', chosenBy, depth), token: ofAnyClass };
  }
  const owner = machine.world.resolve(token, frame.owner);
  const made = owner
    ? createInstance(machine, owner, [], at, frame)
    : { ...plain(token, chosenBy, depth), isExact: true, heap: new HeapObject('own', frame.region) };
  return { ...made, chosenBy, declared: 'Object' };
}
