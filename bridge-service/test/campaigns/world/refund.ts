import type { Grant } from '@agent-readiness/protocol/handoff';
import { must } from '../../support/must.ts';
import { ids, refundGrants } from '../../support/offers.ts';

const person = 'I am Maria Lopez and the foot is cracked.';

/** What an org hands over about one case, and the authority over that case. */
export function refundOf(caseId: string, orderId: string, description = person) {
  const [create, update, ...others] = refundGrants;
  const grants: readonly Grant[] = [must(create), { ...must(update), recordIds: [caseId] }, ...others];
  const payload = {
    case: { id: caseId, subject: 'Lamp', description },
    order: { id: orderId },
    policy: { id: ids.policy },
  };
  return { payload: JSON.stringify(payload), grants: [...grants] };
}

/** The same case, to be summarised, which needs no authority. */
export function summaryOf(caseId: string, description = person) {
  const payload = { case: { id: caseId, subject: 'Lamp', description, comments: [] } };
  return { payload: JSON.stringify(payload), grants: [] };
}
