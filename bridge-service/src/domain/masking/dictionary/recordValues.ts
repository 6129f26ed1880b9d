import { entityTypeOfHint, type EntityType } from '../entityTypes.ts';

/** A value of a record that the org named as personal. */
export interface RecordValue {
  readonly type: EntityType;
  readonly value: string;
}

interface Hint {
  readonly path: readonly string[];
  readonly type: EntityType;
}

/**
 * The values in a payload that hints name. A hint `Contact.Name` fits a property path that ends with it, in any
 * case, and a Salesforce record with that type in `attributes`; all that lies below a fitting property is meant.
 *
 * @param hints field → entity type, `masking_hints` of the offer
 */
export function recordValues(payload: unknown, hints: Readonly<Record<string, string>>): readonly RecordValue[] {
  const parsed = Object.entries(hints).map(([field, hint]): Hint => ({
    path: field.toLowerCase().split('.'),
    type: entityTypeOfHint(hint),
  }));
  const values: RecordValue[] = [];
  const walk = (value: unknown, path: readonly string[], type: EntityType | undefined): void => {
    if (Array.isArray(value)) {
      for (const item of value) walk(item, path, type);
    } else if (typeof value === 'object' && value !== null) {
      const record = recordType(value);
      for (const [name, member] of Object.entries(value)) {
        const below = [...(record === undefined ? path : [record]), name.toLowerCase()];
        walk(member, below, type ?? parsed.find((hint) => endsWith(below, hint.path))?.type);
      }
    } else if (type !== undefined && (typeof value === 'string' || typeof value === 'number')) {
      values.push({ type, value: String(value) });
    }
  };
  walk(payload, [], undefined);
  return values;
}

function recordType(value: object): string | undefined {
  const attributes: unknown = 'attributes' in value ? value.attributes : undefined;
  const type: unknown =
    typeof attributes === 'object' && attributes !== null && 'type' in attributes ? attributes.type : undefined;
  return typeof type === 'string' ? type.toLowerCase() : undefined;
}

function endsWith(path: readonly string[], end: readonly string[]): boolean {
  const from = path.length - end.length;
  return from >= 0 && end.every((segment, index) => path[from + index] === segment);
}
