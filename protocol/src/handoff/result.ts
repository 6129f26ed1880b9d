import { sha256Hex } from '../encoding/bytes.ts';
import type { CloseClaims, ResultClaims } from './answerClaims.ts';
import { checkEffects } from './effects.ts';
import { verifyObject, type VerifyContext } from './envelope.ts';
import { nearest, type Verified } from './kinds.ts';
import { checkPayload } from './offer.ts';
import { refused, type Outcome, type Refusal } from './outcome.ts';
import { checkReceipt, type LogTrust } from './receipt.ts';

export interface ResultEvidence {
  /** The payload string of the HTTP body, as received. */
  readonly payload: string;
  readonly log: LogTrust;
}

/** Verifies a result: {@link verifyObject}, then {@link checkResult}. */
export async function verifyResult(
  compact: string,
  context: VerifyContext,
  previous: Verified<'accept' | 'approval'>,
  evidence: ResultEvidence,
): Promise<Outcome<Verified<'result'>>> {
  const result = await verifyObject('result', compact, context, previous);
  return (result.ok ? await checkResult(result.value.claims, previous, evidence) : undefined) ?? result;
}

/**
 * The rules of a result beyond its signature. Undefined if they hold, else `payload_mismatch`,
 * `manifest_mismatch`, `disposition_inconsistent`, `cost_widened`, the codes of
 * {@link checkEffects}, or those of {@link checkReceipt}.
 */
export async function checkResult(
  claims: ResultClaims,
  previous: Verified<'accept' | 'approval'>,
  { payload, log }: ResultEvidence,
): Promise<Refusal | undefined> {
  const accept = nearest('accept', previous);
  if (accept === undefined) return refused('order_wrong', 'no accept before it');
  return (
    checkPayload(claims, payload) ??
    (claims.digests.manifest === accept.claims.manifest ? undefined : refused('manifest_mismatch', 'digests')) ??
    checkDisposition(claims) ??
    (claims.cost_usd_micros <= accept.claims.max_cost_usd_micros
      ? undefined
      : refused('cost_widened', 'cost_usd_micros')) ??
    checkEffects(claims, accept.claims.authorization_details, previous) ??
    (await checkReceipt(claims.log, claims, log))
  );
}

/** Verifies a close: {@link verifyObject}, then {@link checkClose}. */
export async function verifyClose(
  compact: string,
  context: VerifyContext,
  result: Verified<'result'>,
): Promise<Outcome<Verified<'close'>>> {
  const close = await verifyObject('close', compact, context, result);
  return (close.ok ? checkClose(close.value.claims, result) : undefined) ?? close;
}

/** The org is the log's witness: it says which checkpoint it keeps. Else `checkpoint_mismatch`. */
export function checkClose(claims: CloseClaims, { claims: result }: Verified<'result'>): Refusal | undefined {
  return claims.checkpoint_sha256 === sha256Hex(result.log.checkpoint)
    ? undefined
    : refused('checkpoint_mismatch', 'checkpoint_sha256');
}

/** Only these dispositions can have touched anything. */
const actingDispositions: readonly ResultClaims['disposition'][] = ['executed', 'errored', 'timed_out'];

function checkDisposition({ disposition, effects, plan_sha256 }: ResultClaims): Refusal | undefined {
  const mayAct = actingDispositions.includes(disposition);
  const waits = disposition === 'approval_required';
  if (!mayAct && effects.length > 0) return refused('disposition_inconsistent', 'effects');
  if (waits !== (plan_sha256 !== undefined)) return refused('disposition_inconsistent', 'plan_sha256');
  // "Executed" is a claim about the org, so the org has to have answered.
  if (disposition === 'executed' && effects.some(({ status }) => status !== 'confirmed')) {
    return refused('disposition_inconsistent', 'status');
  }
  return undefined;
}
