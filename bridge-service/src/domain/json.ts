/** A JSON value (RFC 8259), read-only. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: JsonValue;
}

declare const masked: unique symbol;

/**
 * Content that has been through masking and the outgoing leak check. Only the masking step makes it, so
 * the compiler refuses whatever else is handed to a model.
 */
export type Masked<T extends JsonValue> = T & { readonly [masked]: true };

/** The text of masked JSON is masked as well: nothing is added but punctuation. */
export function maskedText(value: Masked<JsonValue>): Masked<string> {
  return JSON.stringify(value) as Masked<string>;
}

/** Nesting beyond this is refused: no task needs a quarter of it. */
const maxDepth = 32;

/** Parses JSON text; undefined for what is no JSON, or nested beyond 32. */
export function parseJson(text: string): JsonValue | undefined {
  try {
    const value = JSON.parse(text) as JsonValue;
    return isShallow(value, maxDepth) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isShallow(value: JsonValue, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return depth > 0 && Object.values(value).every((member: JsonValue) => isShallow(member, depth - 1));
}
