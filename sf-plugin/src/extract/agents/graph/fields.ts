import { member, type Json } from '../../json/json.ts';
import type { Located } from '../located.ts';

/** A member by its camel-case name; the compiler writes `boundInputs` for one consumer and `bound_inputs` for another. */
export function field(json: Json | undefined, name: string): Json | undefined {
  return (
    member(json, name) ??
    member(
      json,
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    )
  );
}

/** A text that is not empty. */
export function textField(json: Json | undefined, name: string): Located | undefined {
  const value = field(json, name);
  return value?.kind === 'scalar' && typeof value.value === 'string' && value.value !== ''
    ? { value: value.value, place: value.place }
    : undefined;
}

export function items(json: Json | undefined, name: string): readonly Json[] {
  const value = field(json, name);
  return value?.kind === 'array' ? value.items : [];
}

/** Members of a name whose value has a structure of its own and that are not `known`. */
export function unknownStructures(json: Json, known: ReadonlySet<string>): Located[] {
  if (json.kind !== 'object') return [];
  return json.members
    .filter(({ name, value }) => value.kind !== 'scalar' && !known.has(camelCase(name)))
    .filter(({ value }) => (value.kind === 'array' ? value.items.length > 0 : true))
    .map(({ name, place }) => ({ value: name, place }));
}

function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
