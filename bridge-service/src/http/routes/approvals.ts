import { Router } from 'express';
import { receiveApproval } from '../../app/approval/receiveApproval.ts';
import { answerOffer } from '../../app/custody/answer.ts';
import { receiveClose } from '../../app/custody/receiveClose.ts';
import { bodies } from '../contract/schemas.ts';
import type { HttpOptions } from '../options.ts';
import { sendProblem } from '../problems.ts';

/**
 * - `POST /v1/approvals`: a person's decision over a plan; 200 with what came of it.
 * - `POST /v1/closes`: what the org did with a result; 204.
 */
export function approvalRoutes({ bridge, runner, limits }: HttpOptions): Router {
  const router = Router();

  router.post('/v1/approvals', async (request, response) => {
    const body = bodies.Envelope.safeParse(request.body);
    if (!body.success) {
      sendProblem(response, 'body_malformed');
      return;
    }
    const received = await receiveApproval(bridge, body.data.envelope);
    if (received.kind === 'busy') {
      sendProblem(response, 'busy');
    } else if (!('key' in received)) {
      sendProblem(response, received.kind === 'refused' ? 'approval_refused' : 'envelope_refused', received.code);
    } else {
      const waited = new AbortController();
      const time = bridge.clock.sleep(limits.syncTimeoutMs, waited.signal);
      if (received.kind === 'approved') await Promise.race([runner.run(received.key), time]);
      waited.abort();
      const answer = await answerOffer(bridge, received.key);
      response.status(answer?.status === 'accepted' ? 202 : 200).json(answer);
    }
  });

  router.post('/v1/closes', async (request, response) => {
    const body = bodies.Envelope.safeParse(request.body);
    if (!body.success) {
      sendProblem(response, 'body_malformed');
      return;
    }
    const received = await receiveClose(bridge, body.data.envelope);
    if (received.kind === 'unverified') sendProblem(response, 'envelope_refused', received.code);
    else response.status(204).end();
  });

  return router;
}
