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
