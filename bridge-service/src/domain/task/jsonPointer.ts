import type { JsonValue } from '../json.ts';

/** What a JSON Pointer (RFC 6901) points at; undefined where nothing is. */
export function resolvePointer(value: JsonValue, pointer: string): JsonValue | undefined {
  let current: JsonValue | undefined = value;
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, name)) return undefined;
    current = (current as Readonly<Record<string, JsonValue>>)[name];
  }
  return current;
}
