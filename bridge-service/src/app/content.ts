import type { Plan } from '@agent-readiness/protocol/handoff';
import type { JsonValue } from '../domain/json.ts';
import type { Turn } from '../domain/task/buildRequest.ts';
import type { PlannedEffect } from '../domain/task/plannedEffect.ts';
import type { Handoff } from '../ports/handoffs.ts';
import type { EffectOutcome, OrgRecord } from '../ports/org.ts';
import type { Unit } from '../ports/store.ts';
import type { DataKey } from '../ports/vault.ts';
import type { Bridge } from './bridge.ts';

/** What of a handoff is content: readable only with the person's key. */
export interface HandoffContent {
  /** The payload string of the offer. */
  readonly payload: string;
  /** The model's answer with its values back. */
  readonly output?: JsonValue;
  readonly plan?: Plan;
  /** The question that waits at the provider. */
  readonly batch?: WaitingBatch | undefined;
  /** Whether the provider was given a batch, which it keeps for a while. */
  readonly batched?: boolean;
  /** What was read for the model, in order. */
  readonly reads?: readonly RecordedRead[];
  readonly effects?: readonly PlannedEffect[];
  /** What became of the effects, in their order; what they found is in the effects. */
  readonly outcomes?: readonly EffectOutcome[];
}

/** A question that was handed to a batch, and what it takes to go on from its answer. */
export interface WaitingBatch {
  readonly id: string;
  readonly question: number;
  /** Millionths of a US dollar, before this question and the most for it. */
  readonly paid: number;
  readonly worst: number;
  readonly requestSha256: string;
  /** Hexadecimal. */
  readonly delimiter: string;
  readonly turns: readonly Turn[];
  /** Tokens that were known when its run began. */
  readonly known: readonly string[];
  /** Milliseconds since the epoch. */
  readonly sinceMs: number;
}

/** One read of the org as it was answered. */
export interface RecordedRead {
  readonly name: string;
  readonly object: string;
  readonly fields: readonly string[];
  readonly records: readonly OrgRecord[];
  /** Seconds since the epoch. */
  readonly at: number;
}

/** The person's key was destroyed: what belonged to them cannot be read any more, by anybody. */
export class ErasedError extends Error {
  override readonly name = 'ErasedError';
}

/** @throws ErasedError */
export async function dataKeyOf({ keys }: Pick<Unit, 'keys'>, keyId: string): Promise<DataKey> {
  const key = await keys.find(keyId);
  if (key === undefined) throw new ErasedError(keyId);
  return key;
}

export function sealContent(
  { cipher }: Pick<Bridge, 'cipher'>,
  key: DataKey,
  txn: string,
  content: HandoffContent,
): Uint8Array {
  return cipher.seal(key.key, JSON.stringify(content), `${txn} content`);
}

export function openContent(
  { cipher }: Pick<Bridge, 'cipher'>,
  key: DataKey,
  { key: { txn }, sealed }: Handoff,
): HandoffContent {
  return JSON.parse(cipher.open(key.key, sealed, `${txn} content`)) as HandoffContent;
}
