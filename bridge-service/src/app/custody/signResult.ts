import { resultContentSha256, type ResultClaims, type Verified } from '@agent-readiness/protocol/handoff';
import { signCheckpoint, type Hash } from '@agent-readiness/protocol/log';
import { sha256Hex } from '../../domain/sha256.ts';
import type { ProvenEntry } from '../../ports/audit.ts';
import type { Handoff } from '../../ports/handoffs.ts';
import type { Unit } from '../../ports/store.ts';
import type { Bridge } from '../bridge.ts';
import { newEvent } from '../events.ts';
import { answerTo, sign } from './sign.ts';

/** A result without what the log says about it. */
export type UnloggedResult = Omit<ResultClaims, 'log'>;

export function resultClaims(
  bridge: Bridge,
  handoff: Handoff,
  payload: string,
  manifest: string,
  previous: Verified,
): UnloggedResult {
  const { outcome, owner, modelResponses, costUsdMicros, release, planSha256 } = handoff;
  if (outcome === undefined) throw new Error('a handoff without an outcome has no result');
  const waits = outcome.disposition === 'approval_required';
  return {
    ...answerTo(bridge, previous, handoff.key.org),
    owner,
    disposition: outcome.disposition,
    effects: [...outcome.effects],
    approvals: [...outcome.approvals],
    ...(waits && planSha256 !== undefined ? { plan_sha256: planSha256 } : {}),
    model_responses: [...modelResponses],
    cost_usd_micros: costUsdMicros,
    digests: { policy: bridge.policy.sha256, manifest, release },
    payload_sha256: sha256Hex(payload),
  };
}

/** Puts into the log what is about to be signed; it is signed after the transaction has committed. */
export function logResult(bridge: Bridge, { audit }: Pick<Unit, 'audit'>, claims: UnloggedResult): void {
  const contentSha256 = resultContentSha256(claims);
  audit.append(newEvent(bridge, 'answer.signed', { txn: claims.txn, contentSha256 }));
}

/** Signs a result whose entry is in the log. */
export async function signLoggedResult(
  bridge: Bridge,
  claims: UnloggedResult,
  { entry, head, proof }: ProvenEntry,
  previous: Verified,
): Promise<Verified<'result'>> {
  const checkpoint = await signCheckpoint({ origin: bridge.log.origin, ...head }, [bridge.log.signer]);
  const log = { event: entry.event, salt: entry.salt, index: entry.index, proof: proof.map(toHex), checkpoint };
  return sign(bridge, 'result', { ...claims, log }, previous);
}

function toHex(hash: Hash): string {
  return Buffer.from(hash).toString('hex');
}
