import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import { ErasedError } from '../app/content.ts';
import { StoreUnavailableError } from '../ports/store.ts';
import type { HttpOptions } from './options.ts';
import { sendProblem, type ProblemCode } from './problems.ts';
import { approvalRoutes } from './routes/approvals.ts';
import { auditRoutes } from './routes/audit.ts';
import { claimRoutes } from './routes/claims.ts';
import { handoffRoutes } from './routes/handoffs.ts';
import { healthRoutes } from './routes/health.ts';
import { mcpRoutes } from './routes/mcp.ts';
import { oauthRoutes } from './routes/oauth.ts';
import { operateRoutes } from './routes/operate.ts';

/** The HTTP surface: the only place that knows status codes. Each file in `routes/` lists its routes. */
export function createApp(options: HttpOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(helmet());
  app.use(neverCached);
  app.use(healthRoutes(options));
  app.use(refuseWhileDraining(options));
  app.use(oauthRoutes(options));
  app.use(express.json({ limit: options.limits.maxBodyBytes, type: 'application/json', inflate: false }));
  app.use(needsJson);
  app.use(handoffRoutes(options), approvalRoutes(options), claimRoutes(options), mcpRoutes(options));
  app.use(auditRoutes(options), operateRoutes(options));
  app.use((_request, response) => {
    sendProblem(response, 'not_found');
  });
  app.use(onError(options));
  return app;
}

/** Answers are signed for one org, and proofs age: no proxy keeps them. */
const neverCached: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store');
  next();
};

function refuseWhileDraining({ runner }: HttpOptions): RequestHandler {
  return (_request, response, next) => {
    if (runner.draining.aborted) sendProblem(response, 'draining');
    else next();
  };
}

const needsJson: RequestHandler = (request, response, next) => {
  const hasBody = request.method === 'POST' || request.method === 'PUT' || request.method === 'DELETE';
  if (hasBody && request.body === undefined) sendProblem(response, 'content_type');
  else next();
};

/** By the `type` that the body parser gives its errors, never by their text. */
const bodyProblems: Readonly<Record<string, ProblemCode>> = {
  'entity.too.large': 'body_too_large',
  'entity.parse.failed': 'body_malformed',
  'encoding.unsupported': 'content_type',
  'charset.unsupported': 'content_type',
  'request.size.invalid': 'body_malformed',
  'request.aborted': 'body_malformed',
};

function onError({ bridge }: HttpOptions): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      bridge.watch.failed('http.late', error);
      next(error);
      return;
    }
    const code = problemOf(error);
    if (code === 'internal') bridge.watch.failed('http', error);
    sendProblem(response, code);
  };
}

function problemOf(error: unknown): ProblemCode {
  if (error instanceof ErasedError) return 'erased';
  if (error instanceof StoreUnavailableError) return 'store_unavailable';
  if (error instanceof URIError) return 'not_found';
  const type = typeof error === 'object' && error !== null && 'type' in error ? error.type : undefined;
  return (typeof type === 'string' ? bodyProblems[type] : undefined) ?? 'internal';
}
