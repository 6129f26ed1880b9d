import type { JsonValue } from '../json.ts';

/** The value with every string, number and property name rewritten; the same when `rewrite` changes nothing. */
export function mapLeaves(value: JsonValue, rewrite: (leaf: string) => string): JsonValue {
  switch (typeof value) {
    case 'string':
      return rewrite(value);
    case 'number': {
      const text = String(value);
      const rewritten = rewrite(text);
      return rewritten === text ? value : rewritten;
    }
    case 'object':
      if (value === null) return null;
      return isArray(value)
        ? value.map((item) => mapLeaves(item, rewrite))
        : Object.fromEntries(
            Object.entries(value).map(([name, member]) => [rewrite(name), mapLeaves(member, rewrite)]),
          );
    default:
      return value;
  }
}

/** Every string, number and property name of a value, in order. */
export function leavesOf(value: JsonValue): readonly string[] {
  const leaves: string[] = [];
  mapLeaves(value, (leaf) => {
    leaves.push(leaf);
    return leaf;
  });
  return leaves;
}

function isArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
