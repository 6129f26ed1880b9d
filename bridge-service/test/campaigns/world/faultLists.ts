import type { FakeOrg } from '@agent-readiness/testkit';
import {
  overloaded,
  rateLimited,
  refusal,
  serverError,
  text,
  type FakeBehaviour,
} from '@agent-readiness/testkit/claude';

const proposal = { decision: 'refund', amount: 59.9, reason: 'Damaged on arrival', confidence: 0.95, quotes: [] };
export const proper = text(JSON.stringify(proposal));
const cut = (how: 'end' | 'reset' | 'stall'): FakeBehaviour =>
  text(JSON.stringify(proposal), { cut: { afterBytes: 600, how } });
const error = (status: number, type: string): FakeBehaviour => ({ kind: 'error', status, type });

/** Everything that the fake provider can do wrong with one request. */
export const claudeFaults: Readonly<Record<string, FakeBehaviour>> = {
  '400': error(400, 'invalid_request_error'),
  '401': error(401, 'authentication_error'),
  '404': error(404, 'not_found_error'),
  '413': error(413, 'request_too_large'),
  '429 for a moment': rateLimited('0'),
  '429 for an hour': rateLimited('3600'),
  '500': serverError(),
  '529': overloaded(),
  'connection reset': { kind: 'reset' },
  'page instead of an answer': { kind: 'raw', status: 502, contentType: 'text/html', body: '<html>bad gateway</html>' },
  'no stream at all': { kind: 'raw', status: 200, contentType: 'text/plain', body: 'fine' },
  'event that is no JSON': {
    kind: 'raw',
    status: 200,
    contentType: 'text/event-stream',
    body: 'event: message_start\ndata: {"type":\n\n',
  },
  refusal: refusal('cyber'),
  'stream ends early': cut('end'),
  'stream is reset': cut('reset'),
  'stream stalls': cut('stall'),
  'error in the stream': text(JSON.stringify(proposal), { errorEvent: { index: 3, type: 'overloaded_error' } }),
  'no message_stop': text(JSON.stringify(proposal), { withoutMessageStop: true }),
  'late headers': text(JSON.stringify(proposal), { headerDelayMs: 700 }),
  'slow tokens': text(JSON.stringify(proposal), { eventDelayMs: 60 }),
  'no JSON': text('I would refund it.'),
  'another schema': text('{"answer":42}'),
  'token limit': text('{"decision":"ref', { stopReason: 'max_tokens' }),
  'unknown model answers': text(JSON.stringify(proposal), { model: 'claude-nobody-1' }),
  'usage below zero': text(JSON.stringify(proposal), { usage: { input_tokens: -5, output_tokens: -5 } }),
};

export type OrgFault = Parameters<FakeOrg['faults']['next']>[0];

/** Everything that the fake org can do wrong with one request. */
export const orgFaults: Readonly<Record<string, OrgFault>> = {
  refuses: { kind: 'error', errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION' },
  'is locked': { kind: 'error', errorCode: 'UNABLE_TO_LOCK_ROW' },
  'has no requests left': { kind: 'error', errorCode: 'REQUEST_LIMIT_EXCEEDED' },
  'shows a page': { kind: 'status', status: 502 },
  'ended the session': { kind: 'sessionExpired' },
  'is late': { kind: 'latency', ms: 2_500 },
  'breaks off before': { kind: 'reset', when: 'before' },
  'breaks off after': { kind: 'reset', when: 'after' },
  'says half': { kind: 'truncatedBody' },
  trickles: { kind: 'slowBody', pieces: 5, msBetween: 50 },
  'answers half of it': { kind: 'halfAnsweredComposite', answered: 1 },
};
