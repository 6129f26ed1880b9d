import express, { type Express } from 'express';
import type { Readiness } from '../domain/readiness.ts';

/** What the routes need from the rest of the service. */
export interface AppDependencies {
  readonly readiness: () => Readiness;
}

/**
 * The HTTP surface.
 *
 * - `GET /healthz`: 200 while the process serves requests.
 * - `GET /v1/readiness`: the gate's rows; 200 when every row is met, 503 otherwise.
 */
export function createApp({ readiness }: AppDependencies): Express {
  const app = express();
  app.disable('x-powered-by');
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.get('/v1/readiness', (_request, response) => {
    const answer = readiness();
    response.status(answer.ready ? 200 : 503).json(answer);
  });
  app.use((_request, response) => {
    response
      .status(404)
      .type('application/problem+json')
      .json({ type: 'about:blank', title: 'Not Found', status: 404 });
  });
  return app;
}
