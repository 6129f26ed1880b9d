import { once } from 'node:events';
import { Router } from 'express';
import { exportLog, proveEntry, proveGrowth, readCheckpoint, readEntries } from '../../app/operate/readAudit.ts';
import { allow } from '../access.ts';
import { queries } from '../contract/schemas.ts';
import type { HttpOptions } from '../options.ts';
import { sendProblem } from '../problems.ts';

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
    const { success, data } = queries.entries.safeParse(request.query);
    if (!success) sendProblem(response, 'request_invalid');
    else response.json({ entries: await readEntries(bridge, data.from, data.limit) });
  });

  router.get('/v1/audit/inclusion', readers, async (request, response) => {
    const { data } = queries.inclusion.safeParse(request.query);
    const proof = data && (await proveEntry(bridge, data.index, data.size));
    if (proof === undefined) sendProblem(response, 'request_invalid');
    else response.json({ proof });
  });

  router.get('/v1/audit/consistency', readers, async (request, response) => {
    const { data } = queries.consistency.safeParse(request.query);
    const proof = data && (await proveGrowth(bridge, data.from, data.size));
    if (proof === undefined) sendProblem(response, 'request_invalid');
    else response.json({ proof });
  });

  router.get('/v1/audit/export', readers, async (_request, response) => {
    response.type('application/x-ndjson');
    const gone = new AbortController();
    response.on('close', () => {
      gone.abort();
    });
    for await (const line of exportLog(bridge)) {
      if (gone.signal.aborted) return;
      // No faster than it is read: the log may be larger than the memory.
      if (!response.write(line)) await once(response, 'drain', { signal: gone.signal }).catch(() => undefined);
    }
    response.end();
  });

  return router;
}
