import { APIConnectionError, APIError } from '@anthropic-ai/sdk';
import type { ModelFailure, ModelFailureKind } from '../../domain/resilience/failure.ts';

/** Refusals to spend, which arrive under the statuses of rate limits and bad requests. */
const SPEND_CODES = new Set([
  'enforced_spend_limit_reached',
  'contract_spend_limit_reached',
  'linked_organization_spend_limit_reached',
  'linked_organization_billing_unavailable',
]);

/** Types of errors that come inside a stream, where there is no status. */
const KIND_BY_TYPE: Readonly<Record<string, ModelFailureKind>> = {
  overloaded_error: 'overloaded',
  rate_limit_error: 'rate_limited',
  api_error: 'unavailable',
  timeout_error: 'unavailable',
  invalid_request_error: 'invalid_request',
  authentication_error: 'not_authorised',
  permission_error: 'not_authorised',
  billing_error: 'spend_limit',
};

/** The request never reached the API, so it is on no bill. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

/**
 * Why a request failed.
 *
 * @param began whether the stream had begun: from then on the API generates, and bills
 */
export function failureOf(error: unknown, model: string, began: boolean): ModelFailure {
  const none: ModelFailure = {
    kind: 'truncated',
    model,
    code: undefined,
    requestId: undefined,
    retryAfterMs: undefined,
    billed: 'unknown',
  };
  if (error instanceof APIConnectionError) {
    const code = systemCode(error);
    return { ...none, kind: 'connection', code, billed: NEVER_SENT.has(code ?? '') ? 'none' : 'unknown' };
  }
  if (!(error instanceof APIError)) return none;
  const { status, type, errorCode, requestID, headers } = error as APIError;
  const kind = kindOf(status, type, errorCode);
  return {
    kind,
    model,
    code: errorCode ?? type ?? undefined,
    requestId: requestID ?? undefined,
    retryAfterMs: retryAfterMs(headers),
    billed: !began && neverGenerated(status) ? 'none' : 'unknown',
  };
}

function kindOf(status: number | undefined, type: string | null, code: string | null): ModelFailureKind {
  if (code !== null && SPEND_CODES.has(code)) return 'spend_limit';
  if (status === undefined) return KIND_BY_TYPE[type ?? ''] ?? 'truncated';
  if (status === 529) return 'overloaded';
  if (status === 429) return 'rate_limited';
  if (status === 402) return 'spend_limit';
  if (status === 401 || status === 403) return 'not_authorised';
  if (status === 404) return 'no_model';
  return status >= 500 || status === 408 || status === 409 ? 'unavailable' : 'invalid_request';
}

/** Turned away before anything was generated. Of other faults of the server nobody knows that. */
function neverGenerated(status: number | undefined): boolean {
  return status !== undefined && (status < 500 || status === 503 || status === 529);
}

/** `retry-after-ms`, or `retry-after` in seconds or as a date is not ours to guess: only numbers count. */
function retryAfterMs(headers: Headers | undefined): number | undefined {
  const ms = numberOf(headers?.get('retry-after-ms'));
  if (ms !== undefined) return ms;
  const seconds = numberOf(headers?.get('retry-after'));
  return seconds === undefined ? undefined : seconds * 1000;
}

function numberOf(text: string | null | undefined): number | undefined {
  if (text === null || text === undefined || !/^\d{1,9}(\.\d{1,3})?$/.test(text)) return undefined;
  return Number(text);
}

/** The operating system's code, which `fetch` wraps once or twice. */
function systemCode(error: unknown): string | undefined {
  for (let cause: unknown = error, depth = 0; cause instanceof Error && depth < 4; cause = cause.cause, depth += 1) {
    if ('code' in cause && typeof cause.code === 'string') return cause.code;
  }
  return undefined;
}
