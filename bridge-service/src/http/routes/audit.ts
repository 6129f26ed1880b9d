import { Router, type Request } from 'express';
import { z } from 'zod';
import { proveEntry, proveGrowth, readCheckpoint, readEntries } from '../../app/operate/readAudit.ts';
import { allow } from '../access.ts';
import type { HttpOptions } from '../options.ts';
import { sendProblem } from '../problems.ts';

const count = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const pageSize = 1_000;

/**
 * - `GET /v1/audit/checkpoint`: the signed head of the log, as text.
 * - `GET /v1/audit/entries?from=&limit=`: entries with their salts, at most 1,000.
 * - `GET /v1/audit/inclusion?index=&size=`, `GET /v1/audit/consistency?from=&size=`: proofs.
 * - `GET /v1/audit/export`: every entry, a line each, and the checkpoint as the last line.
 */
export function auditRoutes({ bridge, tokens }: HttpOptions): Router {
  const router = Router();
  const readers = allow(tokens, 'auditor', 'operator');

  router.get('/v1/audit/checkpoint', readers, async (_request, response) => {
    response.type('text/plain').send(await readCheckpoint(bridge));
  });

  router.get('/v1/audit/entries', readers, async (request, response) => {
    const query = parse(request, { from: count.default(0), limit: count.max(pageSize).default(pageSize) });
    if (query === undefined) sendProblem(response, 'request_invalid');
    else response.json({ entries: await readEntries(bridge, query.from, query.limit) });
  });

  router.get('/v1/audit/inclusion', readers, async (request, response) => {
    const query = parse(request, { index: count, size: count });
    const proof = query && (await proveEntry(bridge, query.index, query.size));
    if (proof === undefined) sendProblem(response, 'request_invalid');
    else response.json({ proof });
  });

  router.get('/v1/audit/consistency', readers, async (request, response) => {
    const query = parse(request, { from: count, size: count });
    const proof = query && (await proveGrowth(bridge, query.from, query.size));
    if (proof === undefined) sendProblem(response, 'request_invalid');
    else response.json({ proof });
  });

  router.get('/v1/audit/export', readers, async (_request, response) => {
    // The checkpoint comes first into memory and last onto the wire: it covers exactly what is before it.
    const checkpoint = await readCheckpoint(bridge);
    const size = Number(checkpoint.split('\n')[1]);
    response.type('application/x-ndjson');
    for (let from = 0; from < size; from += pageSize) {
      const entries = await readEntries(bridge, from, Math.min(pageSize, size - from));
      response.write(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    }
    response.end(`${JSON.stringify({ checkpoint })}\n`);
  });

  return router;
}

function parse<T extends z.ZodRawShape>({ query }: Request, shape: T): z.infer<z.ZodObject<T>> | undefined {
  const parsed = z.object(shape).safeParse(query);
  return parsed.success ? parsed.data : undefined;
}
