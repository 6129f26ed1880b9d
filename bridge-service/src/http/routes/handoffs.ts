import type { Message } from '@agent-readiness/protocol/handoff';
import { Router, type Request, type Response } from 'express';
import { answerOffer } from '../../app/custody/answer.ts';
import { receiveOffer, type Received } from '../../app/custody/receiveOffer.ts';
import type { OnText } from '../../app/run/asking.ts';
import type { Answer } from '../../domain/answer.ts';
import type { HandoffKey } from '../../ports/outbox.ts';
import { allow, callerOf } from '../access.ts';
import { bodies, paths, queries } from '../contract/schemas.ts';
import type { HttpOptions } from '../options.ts';
import { sendProblem } from '../problems.ts';
import { streamAnswer } from './streamAnswer.ts';

/**
 * - `POST /v1/handoffs`: an offer; 200 with the answer, or 202 with the accept when it takes longer, at
 *   once with `Prefer: respond-async`. With `Accept: text/event-stream`, the accept, text where the task streams, and the answer as events.
 * - `GET /v1/handoffs/{txn}`: the answer as it stands; an operator names the org with `?org=`.
 */
export function handoffRoutes(options: HttpOptions): Router {
  const { bridge, runner, tokens, limits } = options;
  const router = Router();
  // Offers whose run has not begun: without them all of a crowd would be let in before the first one counts.
  let receiving = 0;

  const receive = async (message: Message): Promise<Received> => {
    receiving += 1;
    try {
      return await receiveOffer(bridge, message, 'begin');
    } finally {
      receiving -= 1;
    }
  };

  router.post('/v1/handoffs', async (request, response) => {
    if (runner.running() + receiving >= limits.maxRunning) {
      sendProblem(response, 'overloaded');
      return;
    }
    const message = bodies.Message.safeParse(request.body);
    if (!message.success) {
      sendProblem(response, 'body_malformed');
      return;
    }
    const received = await receive(message.data);
    if (!('key' in received)) {
      sendProblem(response, received.kind === 'conflict' ? 'offer_conflict' : 'envelope_refused', received.code);
      return;
    }
    const { key, offerSha256 } = received;
    const work = (onText?: OnText): Promise<void> =>
      received.kind === 'taken' ? runner.run(received.run ?? key, onText) : Promise.resolve();
    if (request.accepts(['application/json', 'text/event-stream']) === 'text/event-stream') {
      await streamAnswer(options, response, { key, offerSha256, work });
      return;
    }
    const done = work();
    if (!prefersAsync(request)) await withinTime(options, done);
    send(response, await answerOffer(bridge, key, offerSha256), key);
  });

  router.get('/v1/handoffs/:txn', allow(tokens, 'org', 'operator'), async (request, response) => {
    const named = paths.txn.safeParse(request.params);
    const org = orgOf(request);
    if (!named.success || org === undefined) {
      sendProblem(response, 'request_invalid', named.success ? 'org' : 'txn');
      return;
    }
    const key = { org, txn: named.data.txn };
    send(response, await answerOffer(bridge, key), key);
  });

  return router;
}

function send(response: Response, answer: Answer | undefined, { txn }: HandoffKey): void {
  if (answer === undefined) {
    sendProblem(response, 'not_found');
    return;
  }
  if (answer.status === 'accepted') response.set('Location', `/v1/handoffs/${txn}`);
  response.status(answer.status === 'accepted' ? 202 : 200).json(answer);
}

/** RFC 7240 section 4.1. */
function prefersAsync(request: Request): boolean {
  return (request.get('prefer') ?? '').split(',').some((preference) => preference.trim() === 'respond-async');
}

async function withinTime({ bridge, limits }: HttpOptions, done: Promise<void>): Promise<void> {
  const waited = new AbortController();
  await Promise.race([done, bridge.clock.sleep(limits.syncTimeoutMs, waited.signal)]);
  waited.abort();
}

function orgOf(request: Request): string | undefined {
  const caller = callerOf(request);
  if (caller.role === 'org') return caller.org;
  return queries.org.safeParse(request.query).data?.org;
}
