import { z } from 'zod';
import type { JsonValue } from '../../domain/json.ts';

const errorsSchema = z.array(z.looseObject({ errorCode: z.string().regex(/^[A-Z][A-Z0-9_]{0,99}$/) }));

/** The codes of an error of the REST API; none for anything else. Messages may quote records: nobody reads them. */
export function errorCodesOf(body: JsonValue | undefined): readonly string[] {
  const { success, data } = errorsSchema.safeParse(body);
  return success ? data.map(({ errorCode }) => errorCode) : [];
}

/** Nothing was done, and the same request may do better a little later. */
const passing: readonly string[] = [
  'CONCURRENT_REQUESTS_LIMIT_EXCEEDED',
  'INVALID_SESSION_ID',
  'QUERY_TIMEOUT',
  'REQUEST_LIMIT_EXCEEDED',
  'SERVER_UNAVAILABLE',
  'TXN_SECURITY_METERING_ERROR',
  'UNABLE_TO_LOCK_ROW',
];

export function isPassing(code: string): boolean {
  return passing.includes(code);
}
