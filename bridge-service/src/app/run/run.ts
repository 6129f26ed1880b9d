import { nearest, type Verified } from '@agent-readiness/protocol/handoff';
import type { MintedToken } from '../../domain/safeguards.ts';
import type { Task } from '../../domain/task/task.ts';
import type { Handoff } from '../../ports/handoffs.ts';
import type { HandoffKey } from '../../ports/outbox.ts';
import type { Unit } from '../../ports/store.ts';
import type { DataKey } from '../../ports/vault.ts';
import type { QuestionFacts } from '../../ports/watch.ts';
import type { Bridge } from '../bridge.ts';
import { recallChain } from '../chain.ts';
import { dataKeyOf, openContent, type HandoffContent } from '../content.ts';
import type { Decision } from '../events.ts';
import { leaseMs } from './lease.ts';

/** Decisions that were made and are not recorded yet, with what else belongs into their transaction. */
export interface HeldStep {
  readonly decisions: readonly Decision[];
  readonly also?: (unit: Unit) => Promise<void>;
}

/** One handoff while this replica holds its lease. `handoff` and `content` move on with each step. */
export interface Run {
  readonly bridge: Bridge;
  readonly dataKey: DataKey;
  readonly offer: Verified<'offer'>;
  /** Tokens that the conversation had when the run began. */
  readonly known: readonly MintedToken[];
  /** What the next object follows. */
  readonly tip: Verified;
  /** Undefined when the release no longer has it. */
  readonly task: Task | undefined;
  handoff: Handoff;
  content: HandoffContent;
  /** What is recorded together with the next step. */
  readonly held: HeldStep[];
  /** Milliseconds since the epoch. */
  readonly startedMs: number;
  /** When the first text was shown to whoever reads along. */
  firstShownMs?: number;
  /** Those that this replica has asked, in order. */
  readonly questions: QuestionFacts[];
}

/**
 * Takes the lease of a handoff and loads it. Undefined when there is none, or another replica holds it.
 *
 * @throws ErasedError
 */
export function beginRun(bridge: Bridge, key: HandoffKey): Promise<Run | undefined> {
  return bridge.store.transaction(async (unit) => {
    const now = bridge.clock.nowMs();
    const handoff = await unit.handoffs.lease(key, bridge.replica, now, now + leaseMs);
    if (handoff === undefined) return undefined;
    const dataKey = await dataKeyOf(unit, handoff.keyId);
    const tip = await recallChain(bridge, unit.handoffs, key, dataKey, handoff.tip);
    const offer = nearest('offer', tip);
    if (tip === undefined || offer === undefined) throw new Error('a handoff without its objects');
    const content = openContent(bridge, dataKey, handoff);
    const known = await knownTokens(bridge, unit, dataKey);
    return newRun(bridge, { dataKey, offer, known, tip, handoff, content, startedMs: now });
  });
}

/** A run under a lease that this replica has. */
export function newRun(bridge: Bridge, loaded: Omit<Run, 'bridge' | 'task' | 'held' | 'questions'>): Run {
  return { bridge, ...loaded, task: bridge.tasks.get(loaded.handoff.taskType), held: [], questions: [] };
}

/** The tokens of a conversation. */
export async function knownTokens(
  { cipher }: Bridge,
  { vault }: Unit,
  { id, key }: DataKey,
): Promise<readonly MintedToken[]> {
  const entries = await vault.entries(id);
  return entries.map(({ token, type, sealed }) => ({ token, type, value: cipher.open(key, sealed, token) }));
}
