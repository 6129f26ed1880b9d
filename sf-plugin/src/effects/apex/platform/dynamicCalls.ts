import { chooserOf, HeapObject, inertValue, plain, type Value } from '../value.ts';
import { inert } from '../typeNames.ts';
import { keyOf, type PlatformCall } from './platformCall.ts';

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
      return plain(type, chooserOf(first ?? inertValue('derived')), call.frame.loops.length);
    }
    case 'security.stripinaccessible':
      return second && { ...plain('SObjectAccessDecision', chooserOf(second)), ...holding(second) };
    case 'test.isrunningtest':
      return { ...plain('Boolean', 'constant'), constant: false };
    case 'schema.getglobaldescribe':
      return inertValue('derived');
    default:
      return undefined;
  }
}

/** Lets the decision carry the records, until they are taken out of it. */
function holding(records: Value): { heap: HeapObject } {
  const heap = new HeapObject('own');
  heap.setField('records', records);
  return { heap };
}

export function dynamicInstanceCall(call: PlatformCall): Value | undefined {
  const { target, name, frame, className } = call;
  if (!target) return undefined;
  const type = className.toLowerCase();
  const known = target.token;
  const depth = frame.loops.length;
  switch (name.toLowerCase()) {
    case 'newinstance':
      if (type !== 'type') return undefined;
      return known === undefined
        ? plain('Object', target.chosenBy, depth)
        : { ...plain(known, target.chosenBy, depth), isExact: true, heap: new HeapObject('own') };
    case 'newsobject': {
      const value = { ...plain(known ?? 'SObject', target.chosenBy, depth), heap: new HeapObject('own') };
      return value;
    }
    case 'getrecords': {
      const records = target.heap?.fields.get('records')?.value;
      return type === 'sobjectaccessdecision' && records ? { ...records, isStripped: true } : undefined;
    }
    case 'getsobjecttype':
    case 'getdescribe':
    case 'getname':
    case 'getlocalname':
      // A chain from the name of an object through its description keeps the name.
      return type === inert && known !== undefined ? target : undefined;
    default:
      return undefined;
  }
}
