import { Router } from 'express';
import { erasePerson } from '../../app/operate/erase.ts';
import { engageKillSwitch, killOrders, releaseKillSwitch } from '../../app/operate/kill.ts';
import { allow, callerOf } from '../access.ts';
import { bodies } from '../contract/schemas.ts';
import type { HttpOptions } from '../options.ts';
import { sendProblem } from '../problems.ts';

/**
 * - `GET /v1/kill-switch`, `PUT` (`{ scope, reason }`) and `DELETE` (`{ scope }`): what is stopped.
 * - `POST /v1/erasures` (`{ org, subject }`): destroys a person's keys; 200 with how many.
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

  return router;
}
