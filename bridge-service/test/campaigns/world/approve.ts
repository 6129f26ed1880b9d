import { createHash } from 'node:crypto';
import type { ApprovalClaims, Verified } from '@agent-readiness/protocol/handoff';
import { newApproval } from '../../support/offers.ts';

/** A person's decision over the plan that `asked` shows, as whoever signed it keeps it. */
export async function approve(
  asked: Verified<'result'>,
  nowMs: number,
  decision: ApprovalClaims['decision'] = 'approved',
): Promise<Verified<'approval'>> {
  const compact = await newApproval(asked, nowMs, { decision });
  const claims = JSON.parse(Buffer.from(compact.split('.')[1] ?? '', 'base64url').toString()) as ApprovalClaims;
  const sha256 = createHash('sha256').update(compact).digest('hex');
  return { kind: 'approval', compact, sha256, claims, previous: asked };
}
