import { hexToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { delimiterBytes } from '../../domain/guardrails/indirectInjection/wrapUntrusted.ts';
import { digest } from '../../domain/digest.ts';
import type { Handoff, RecordedAnswer } from '../../ports/handoffs.ts';
import type { ModelAnswer, ModelPort } from '../../ports/model.ts';
import type { OrgPort } from '../../ports/org.ts';
import type { HandoffKey } from '../../ports/outbox.ts';
import type { Unit } from '../../ports/store.ts';
import type { DataKey } from '../../ports/vault.ts';
import { silentWatch } from '../../ports/watch.ts';
import type { Bridge } from '../bridge.ts';
import { dataKeyOf, openContent, sealContent, type HandoffContent } from '../content.ts';
import { runHandoff } from '../run/runHandoff.ts';

/** What a run that is replayed from its record comes to, beside what it came to then. */
export interface Replay {
  /** For each recorded answer, whether the question that it answered was asked again, byte for byte. */
  readonly questions: readonly { readonly question: number; readonly same: boolean }[];
  /** Whether the output and the plan are the same. */
  readonly sameOutput: boolean;
  readonly sameEffects: boolean;
}

/**
 * Runs a handoff again with the recorded answers in place of a model, on the same code, masking, guardrails
 * and task: whether what was decided follows from what was recorded. Nothing is asked, written, or kept.
 * Undefined when there is no such handoff, or it is not decided yet.
 *
 * @throws ErasedError
 */
export async function replayHandoff(bridge: Bridge, key: HandoffKey): Promise<Replay | undefined> {
  const done = new ReplayDone();
  try {
    await bridge.store.transaction(async (unit) => {
      done.replay = await replayWithin(bridge, unit, key);
      throw done;
    });
  } catch (error) {
    if (error !== done) throw error;
  }
  return done.replay;
}

/** Ends the transaction without keeping anything of it. */
class ReplayDone extends Error {
  replay: Replay | undefined;
}

async function replayWithin(bridge: Bridge, unit: Unit, key: HandoffKey): Promise<Replay | undefined> {
  await unit.handoffs.lock(key.org, key.txn);
  const original = await unit.handoffs.find(key);
  if (original?.state !== 'finished' && original?.state !== 'approval_required') return undefined;
  const dataKey = await dataKeyOf(unit, original.keyId);
  const recorded = await unit.handoffs.answers(key);
  const all = recorded.map((answer) => openExchange(bridge, dataKey, key, answer));
  // A run that began anew after a crash: the last beginning is what led to the outcome.
  const last = all.findLastIndex(({ turn }) => turn === 0);
  const from = Math.max(0, last);
  const exchanges = all.slice(from);
  const asked: string[] = [];
  const before = openContent(bridge, dataKey, original);
  const past = inThePast(bridge, unit, original, { exchanges, asked, org: orgOf(before) });

  const accept = (await unit.handoffs.objects(key)).find(({ kind }) => kind === 'accept');
  await unit.handoffs.save({
    ...asAccepted(original, accept?.sha256 ?? original.tip, recorded.length),
    sealed: sealContent(bridge, dataKey, key.txn, { payload: before.payload }),
  });
  await unit.handoffs.release(original);
  await runHandoff(past, key, { drain: new AbortController().signal });

  const again = await unit.handoffs.find(key);
  const after = again && openContent(bridge, dataKey, again);
  return {
    questions: recorded
      .slice(from)
      .map(({ question, requestSha256 }, at) => ({ question, same: asked[at] === requestSha256 })),
    sameOutput: digestOf(before.output) === digestOf(after?.output),
    sameEffects: digestOf(before.effects) === digestOf(after?.effects),
  };
}

const exchangeSchema = z.object({
  answer: z.custom<ModelAnswer>((value) => typeof value === 'object' && value !== null),
  delimiter: z.string(),
  /** How many turns came before it in its conversation. */
  turn: z.int().min(0),
  /** Tokens of the conversation that were known when its run began. */
  known: z.array(z.string()),
});
type Exchange = z.infer<typeof exchangeSchema>;

function openExchange({ cipher }: Bridge, key: DataKey, { txn }: HandoffKey, recorded: RecordedAnswer): Exchange {
  const text = cipher.open(key.key, recorded.sealed, `${txn} answer ${String(recorded.question)}`);
  return exchangeSchema.parse(JSON.parse(text));
}

/** Of the replay, not of the run: its clock stands still. */
const replayTimeoutMs = 60_000;

/** As it was when custody was taken. Questions are numbered on, since the recorded ones are still there. */
function asAccepted(original: Handoff, accept: string, answers: number): Handoff {
  return {
    ...original,
    state: 'accepted',
    tip: accept,
    deadlineMs: original.createdMs + replayTimeoutMs,
    costUsdMicros: 0,
    questions: Math.max(original.questions, answers),
    modelResponses: [],
    planSha256: undefined,
    approvalSha256: undefined,
    outcome: undefined,
  };
}

/** The bridge at the time of the run: one transaction, the recorded answers, the org as it was. */
function inThePast(
  bridge: Bridge,
  unit: Unit,
  { createdMs }: Handoff,
  {
    exchanges,
    asked,
    org,
  }: { readonly exchanges: readonly Exchange[]; readonly asked: string[]; readonly org: OrgPort },
): Bridge {
  const delimiters = exchanges.map(({ delimiter }) => hexToBytes(delimiter));
  const answers = exchanges.map(({ answer }) => answer);
  const model: ModelPort = {
    kind: bridge.model.kind,
    ask(request) {
      asked.push(digest(request));
      const answer = answers.shift();
      if (answer !== undefined) return Promise.resolve({ ok: true, answer });
      const nothing = { model: undefined, code: undefined, requestId: undefined, retryAfterMs: undefined };
      return Promise.resolve({ ok: false, failure: { kind: 'no_model', ...nothing, billed: 'none' } });
    },
  };
  const known = new Set(exchanges[0]?.known);
  return {
    ...bridge,
    replica: 'replay',
    createMasker: (context) =>
      bridge.createMasker({ ...context, known: context.known.filter(({ token }) => known.has(token)) }),
    store: { transaction: (work) => work({ ...unit, killSwitch: neverEngaged(unit) }) },
    model,
    org,
    // Time stands still, and no heartbeat looks whether the run is still wanted.
    clock: { ...bridge.clock, nowMs: () => createdMs, sleep: () => new Promise(() => undefined) },
    random: {
      ...bridge.random,
      bytes(length) {
        const recorded = length === delimiterBytes ? delimiters.shift() : undefined;
        return recorded === undefined ? bridge.random.bytes(length) : new Uint8Array(recorded);
      },
    },
    watch: silentWatch,
  };
}

/** That somebody has stopped the bridge since has nothing to do with what was decided then. */
function neverEngaged({ killSwitch }: Unit): Unit['killSwitch'] {
  return { ...killSwitch, stops: () => Promise.resolve(undefined) };
}

/** The org as the run found it; nothing is written to it. */
function orgOf({ effects = [], reads = [] }: HandoffContent): OrgPort {
  return {
    kind: 'offline',
    query({ object, fields }) {
      const read = reads.findLast((each) => each.object === object && each.fields.join() === fields.join());
      return Promise.resolve(read === undefined ? notRecorded : { kind: 'read', records: read.records });
    },
    read: () => Promise.resolve({ kind: 'read', images: effects.map(({ before }) => before) }),
    write: () => Promise.resolve({ kind: 'rejected', code: 'REPLAY' }),
  };
}

const notRecorded = { kind: 'rejected', code: 'REPLAY' } as const;

function digestOf(value: unknown): string {
  return value === undefined ? '' : digest(value);
}
