import { parseJson, type JsonValue } from '../../domain/json.ts';

/**
 * - `answered`: the whole answer arrived, and it is JSON (or empty: null)
 * - `unsent`: there was no connection, so nothing can have happened
 * - `unknown`: the request may have been carried out; the answer is missing, cut off, or not the org's
 */
export type Sent =
  | { readonly kind: 'answered'; readonly status: number; readonly body: JsonValue }
  | { readonly kind: 'unsent' }
  | { readonly kind: 'unknown' };

/** Faults before the first byte of a request could leave. */
const unsentCodes: readonly unknown[] = [
  'ECONNREFUSED',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'UND_ERR_CONNECT_TIMEOUT',
];

/** One HTTP request. What goes wrong on the way is a value; no redirect is followed, for it would take the token along. */
export async function send(url: string, request: RequestInit, signal: AbortSignal): Promise<Sent> {
  if (signal.aborted) return { kind: 'unsent' };
  try {
    const response = await fetch(url, { ...request, redirect: 'error', signal });
    const text = await response.text();
    const body = text === '' ? null : parseJson(text);
    return body === undefined ? { kind: 'unknown' } : { kind: 'answered', status: response.status, body };
  } catch (error) {
    return { kind: unsentCodes.includes(codeOf(error)) ? 'unsent' : 'unknown' };
  }
}

/** `fetch` wraps the error of the socket. */
function codeOf(error: unknown): unknown {
  const cause = typeof error === 'object' && error !== null && 'cause' in error ? error.cause : undefined;
  return typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
}
