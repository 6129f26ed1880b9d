import type { JsonObject } from '../json.ts';

/**
 * Why there is no answer.
 *
 * - `overloaded`, `rate_limited`, `unavailable` (other 5xx), `connection`: may pass
 * - `timeout`: the run's signal fired
 * - `truncated`: the stream ended without its end, or with an error in the middle
 * - `invalid_request`, `not_authorised`, `spend_limit`: will not pass by trying again
 * - `no_model`: no model of the tier is alive, priced and behind a closed breaker
 */
export type ModelFailureKind =
  | 'overloaded'
  | 'rate_limited'
  | 'unavailable'
  | 'connection'
  | 'timeout'
  | 'truncated'
  | 'invalid_request'
  | 'not_authorised'
  | 'spend_limit'
  | 'no_model';

/** Never holds content: `code` is the API's `error_code` or `type`. */
export interface ModelFailure {
  readonly kind: ModelFailureKind;
  readonly model: string | undefined;
  readonly code: string | undefined;
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;
  /** What the API said it used before it failed; `unknown` when it may have used something, `none` when nothing. */
  readonly billed: JsonObject | 'unknown' | 'none';
}
