import { Router } from 'express';
import { allow } from '../access.ts';
import type { HttpOptions } from '../options.ts';
import { sendProblem } from '../problems.ts';

/**
 * - `GET /healthz`: 200 while the process serves requests.
 * - `GET /readyz`: 200 while it takes new work: the store answers, and it is not about to stop.
 * - `GET /metrics`: figures for Prometheus.
 * - `GET /v1/readiness`: the gate's rows; 200 when every row is met, 503 otherwise.
 */
export function healthRoutes({ bridge, runner, tokens, readiness, metrics }: HttpOptions): Router {
  const router = Router();

  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });

  router.get('/readyz', async (_request, response) => {
    if (runner.draining.aborted) {
      sendProblem(response, 'draining');
      return;
    }
    const answers = await bridge.store
      .transaction(({ audit }) => audit.head())
      .then(
        () => true,
        () => false,
      );
    if (answers) response.json({ status: 'ready' });
    else sendProblem(response, 'store_unavailable');
  });

  router.get('/metrics', allow(tokens, 'monitor', 'operator'), async (_request, response) => {
    response.type('text/plain; version=0.0.4; charset=utf-8').send(await metrics());
  });

  router.get('/v1/readiness', allow(tokens, 'monitor', 'operator', 'auditor'), async (_request, response) => {
    const answer = await readiness();
    response.status(answer.ready ? 200 : 503).json(answer);
  });

  return router;
}
