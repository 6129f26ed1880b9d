import { z } from 'zod';

/** An API name of the platform: it becomes part of an address or of a query. */
export const apiNameSchema = z.string().regex(/^[A-Za-z]\w{0,79}$/, { error: 'an API name' });

/** A JSON Pointer (RFC 6901) below the root. */
export const pointerSchema = z.string().regex(/^(\/([^/~]|~[01])*)+$/, { error: 'a JSON Pointer such as /order/id' });

/** 18 characters: what a record is named by. */
export function isRecordId(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9]{18}$/.test(value);
}
