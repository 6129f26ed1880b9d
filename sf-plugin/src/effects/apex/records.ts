import { elementType, inert, isGeneral, isPrimitive, parseType } from './typeNames.ts';
import type { Value } from './value.ts';
import { fold } from './fold.ts';

/** The objects that the records in a value are of; `*` where that is decided at run time. Sorted. */
export function objectsOf(value: Value): readonly string[] {
  const objects = new Set<string>();
  for (const type of value.types) for (const object of objectsOfType(type, value)) objects.add(object);
  return [...objects].sort();
}

function objectsOfType(type: string, value: Value): readonly string[] {
  const { heap } = value;
  const element = elementType(type);
  if (element === undefined) {
    return isGeneral(type) || isPrimitive(type) || type === 'null' || type === inert ? ['*'] : [parseType(type).name];
  }
  if (!isGeneral(element)) return objectsOfType(element, { ...value, types: [element] });
  // A list of no particular object holds what was put into it, as long as all of that was seen.
  const seen = heap?.item ? objectsOf(heap.item) : [];
  return heap?.content === 'own' && seen.length > 0 ? seen : [...seen, '*'];
}

/** The fields that a write of these records sets, as far as the code seen sets them; without the record id. */
export function fieldsOf(value: Value): readonly string[] {
  const record = value.types.some((type) => elementType(type) !== undefined) ? value.heap?.item : value;
  if (value.heap?.content === 'foreign' || !record?.heap || record.heap.content === 'foreign') return ['*'];
  const names = [...record.heap.fields.values()].map(({ name }) => name).filter((name) => fold(name) !== 'id');
  return names.includes('*') ? ['*'] : names.sort();
}
