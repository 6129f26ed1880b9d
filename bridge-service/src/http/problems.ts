import type { Response } from 'express';

/**
 * Every error that the HTTP surface gives, as RFC 9457 problem details. The codes are stable;
 * `docs/errors.md` lists them, and a test compares the two. What was decided about a genuine handoff is no
 * error but a signed object.
 */
export const problems = {
  body_malformed: { status: 400, title: 'The body is not the JSON that this route takes' },
  request_invalid: { status: 400, title: 'A parameter is missing or out of range' },
  unauthenticated: { status: 401, title: 'A bearer token is needed' },
  envelope_refused: { status: 401, title: 'The signed object does not verify; `reason` is a code of the protocol' },
  forbidden: { status: 403, title: 'This token may not do that' },
  approval_refused: { status: 403, title: 'The approval does not let the plan run; `reason` says why' },
  not_found: { status: 404, title: 'There is nothing here' },
  method_not_allowed: { status: 405, title: 'This address takes POST only' },
  offer_conflict: { status: 409, title: 'A known jti or txn with other content; `reason` says which' },
  revert_refused: { status: 409, title: 'Nothing was undone; `reason` says why' },
  erased: { status: 410, title: 'What belonged to this person was erased' },
  claim_over: { status: 410, title: 'This id serves no longer; `reason` is expired or closed' },
  body_too_large: { status: 413, title: 'The body is larger than the limit' },
  content_type: { status: 415, title: 'Send application/json, not compressed' },
  internal: { status: 500, title: 'A fault of the bridge; it has been recorded' },
  busy: { status: 503, title: 'The handoff is being worked on; ask again' },
  overloaded: { status: 503, title: 'As much as this replica can do is under way; ask again' },
  draining: { status: 503, title: 'This replica is about to stop; ask again' },
  store_unavailable: { status: 503, title: 'The store cannot be reached; ask again' },
} as const satisfies Record<string, { readonly status: number; readonly title: string }>;

export type ProblemCode = keyof typeof problems;

const retryAfterSeconds = '1';

/** Sends a problem. `reason` is a stable code, never text from the request. */
export function sendProblem(response: Response, code: ProblemCode, reason?: string): void {
  const { status, title } = problems[code];
  if (status === 503) response.set('Retry-After', retryAfterSeconds);
  if (code === 'unauthenticated' && response.get('WWW-Authenticate') === undefined) {
    response.set('WWW-Authenticate', 'Bearer');
  }
  response
    .status(status)
    .type('application/problem+json')
    .json({
      type: `urn:agent-readiness:problem:${code}`,
      title,
      status,
      code,
      ...(reason === undefined ? {} : { reason }),
    });
}
