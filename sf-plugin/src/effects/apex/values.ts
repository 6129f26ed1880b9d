import type { ChosenBy } from '@agent-readiness/protocol';
import type { Constant } from '../../graph/agent.ts';
import { lessTrusted } from '../lattice.ts';
import type { Size } from '../size.ts';
import { elementType, inert } from './typeNames.ts';
import type { HeapObject, Value } from './value.ts';

/** A value of which only the type is known and who chose it. */
export function plain(type: string, chosenBy: ChosenBy, depth = 0): Value {
  return {
    types: [type],
    declared: undefined,
    isExact: false,
    chosenBy,
    constant: undefined,
    token: undefined,
    prefix: undefined,
    depth,
    isStripped: false,
    heap: undefined,
  };
}

/** A new object that is of the class itself. */
export function created(type: string, depth: number, heap: HeapObject, chosenBy: ChosenBy = 'constant'): Value {
  return { ...plain(type, chosenBy, depth), isExact: true, heap };
}

export function constantValue(constant: Constant, type: string): Value {
  return { ...plain(type, 'constant'), constant };
}

/** A token of the schema: `Account.SObjectType`, `Account.Name`, `Helper.class`. */
export function tokenValue(token: string, type: string = inert): Value {
  return { ...plain(type, 'constant'), token };
}

/** The value, taken to be of one of its types. */
export function as(value: Value, type: string): Value {
  return value.types.length === 1 ? value : { ...value, types: [type] };
}

/** What the platform answers: of no type that matters. */
export function inertValue(chosenBy: ChosenBy): Value {
  return plain(inert, chosenBy);
}

/** The least trusted source of a value and of everything known to be in it. */
export function chooserOf(value: Value, levels = 3): ChosenBy {
  let chosenBy = value.chosenBy;
  if (!value.heap || levels === 0) return chosenBy;
  const { fields, item } = value.heap;
  for (const field of fields.values()) chosenBy = lessTrusted(chosenBy, chooserOf(field.value, levels - 1));
  return item ? lessTrusted(chosenBy, chooserOf(item, levels - 1)) : chosenBy;
}

/** What the compiler takes an argument to be, when it chooses an overload. */
export function staticTypes({ declared, types }: Value): readonly string[] {
  return declared === undefined ? types : [declared];
}

/** How many records a value stands for: one, or what the collection holds. */
export function sizeOf(value: Value): Size {
  if (!value.types.some((type) => elementType(type) !== undefined)) return 1;
  const { heap } = value;
  return heap ? heap.size : 'unbounded';
}
