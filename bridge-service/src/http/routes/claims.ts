import { Router } from 'express';
import { claimHandoff } from '../../app/claim/claimHandoff.ts';
import { paths } from '../contract/schemas.ts';
import { orgOf, orgOnly } from '../oauth/orgOnly.ts';
import type { HttpOptions } from '../options.ts';
import { sendProblem } from '../problems.ts';

/** `GET /v1/claims/{handoffId}`: the claim check, for External Services and flows. */
export function claimRoutes(options: HttpOptions): Router {
  const router = Router();

  router.get('/v1/claims/:handoffId', orgOnly(options), async (request, response) => {
    const { success, data } = paths.handoffId.safeParse(request.params);
    if (!success) {
      sendProblem(response, 'request_invalid', 'handoff_id');
      return;
    }
    const claimed = await claimHandoff(options.bridge, { org: orgOf(request), txn: data.handoffId });
    if (claimed.ok) response.json(claimed.view);
    else if (claimed.why === 'unknown') sendProblem(response, 'not_found');
    else sendProblem(response, 'claim_over', claimed.why);
  });

  return router;
}
