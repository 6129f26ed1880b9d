import { Router } from 'express';
import { erasePerson } from '../../app/operate/erase.ts';
import { engageKillSwitch, killOrders, releaseKillSwitch } from '../../app/operate/kill.ts';
import { revertHandoff } from '../../app/operate/revert.ts';
import { allow, callerOf } from '../access.ts';
import { bodies } from '../contract/schemas.ts';
import type { HttpOptions } from '../options.ts';
import { sendProblem } from '../problems.ts';

/**
 * - `GET /v1/kill-switch`, `PUT` (`{ scope, reason }`) and `DELETE` (`{ scope }`): what is stopped.
 * - `POST /v1/erasures` (`{ org, subject }`): destroys a person's keys; 200 with how many.
 * - `POST /v1/reverts` (`{ org, txn }`): undoes what a handoff has changed; 202 when the org did not answer.
 */
export function operateRoutes({ bridge, tokens }: HttpOptions): Router {
  const router = Router();
  const operators = allow(tokens, 'operator');

  router.get('/v1/kill-switch', allow(tokens, 'operator', 'auditor', 'monitor'), async (_request, response) => {
    response.json({ orders: await killOrders(bridge) });
  });

  router.put('/v1/kill-switch', operators, async (request, response) => {
    const body = bodies.KillOrder.safeParse(request.body);
    if (!body.success) {
      sendProblem(response, 'body_malformed');
      return;
    }
    await engageKillSwitch(bridge, { ...body.data, by: callerOf(request).name });
    response.status(204).end();
  });

  router.delete('/v1/kill-switch', operators, async (request, response) => {
    const body = bodies.KillRelease.safeParse(request.body);
    if (!body.success) {
      sendProblem(response, 'body_malformed');
      return;
    }
    await releaseKillSwitch(bridge, body.data.scope, callerOf(request).name);
    response.status(204).end();
  });

  router.post('/v1/erasures', operators, async (request, response) => {
    const body = bodies.Person.safeParse(request.body);
    if (!body.success) sendProblem(response, 'body_malformed');
    else response.json({ destroyed: await erasePerson(bridge, body.data, callerOf(request).name) });
  });

  router.post('/v1/reverts', operators, async (request, response) => {
    const body = bodies.HandoffKey.safeParse(request.body);
    if (!body.success) {
      sendProblem(response, 'body_malformed');
      return;
    }
    const reverted = await revertHandoff(bridge, body.data, callerOf(request).name);
    if (reverted.kind === 'refused') sendProblem(response, 'revert_refused', reverted.code);
    else response.status(reverted.kind === 'reverted' ? 200 : 202).json({ status: reverted.kind });
  });

  return router;
}
