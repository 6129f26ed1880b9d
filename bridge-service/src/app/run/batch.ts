import { bytesToHex } from '@noble/hashes/utils.js';
import { digest } from '../../domain/digest.ts';
import { mayPass } from '../../domain/resilience/nextStep.ts';
import type { BatchPort, ModelRequest } from '../../ports/model.ts';
import type { WaitingBatch } from '../content.ts';
import type { Decision } from '../events.ts';
import type { Asking, Attempt, Thinking } from './asking.ts';
import { timeQuestion } from './facts.ts';
import { judge, type Question } from './judge.ts';
import { resumeAfterMs } from './lease.ts';
import type { Run } from './run.ts';
import { mustNotBeStopped, takeStep } from './step.ts';

/** How often it is asked whether a batch is through. */
const pollMs = 60_000;

/** Well within a lease. */
const letGoMs = 3_000;

const waiting: Attempt = { kind: 'waiting' };

/**
 * Hands a question to a batch, with everything that it takes to go on from its answer stored. A process that
 * dies between the two leaves a batch that nobody asks for; its question counts at the most it can have cost.
 */
export async function handOver(
  run: Run,
  thinking: Thinking,
  request: ModelRequest,
  asked: Question,
  batches: BatchPort,
): Promise<Attempt> {
  const { bridge, handoff } = run;
  const { question, paid, worst, requestSha256, delimiter, turns } = asked;
  asked.timer.attempted();
  const handed = await batches.submit(request, idOf(run, question), thinking.signal);
  if (!handed.ok) {
    const { kind, billed } = handed.failure;
    if (!mayPass(kind)) return judge(run, thinking, handed, asked);
    const failure = { name: 'think.failed', contentSha256: digest(kind) } as const;
    await takeStep(run, { handoff: { costUsdMicros: billed === 'none' ? paid : paid + worst }, decisions: [failure] });
    return waiting;
  }
  const { known } = thinking;
  const facts = { question, paid, worst, requestSha256, turns, known, sinceMs: bridge.clock.nowMs() };
  const batch: WaitingBatch = { ...facts, id: handed.batch, delimiter: bytesToHex(delimiter) };
  await takeStep(run, { handoff, content: { batch, batched: true }, decisions: [] });
  return waiting;
}

/**
 * Asks for the answer of a question that was handed over. Whatever goes wrong on the way, it is asked for
 * again until the run's deadline: the answer is there for longer than that.
 *
 * @throws StoppedError
 */
export async function collect(run: Run, thinking: Thinking, asking: Asking, batch: WaitingBatch): Promise<Attempt> {
  const { bridge } = run;
  const { batches } = bridge.model;
  const { sinceMs, question } = batch;
  // The job that looks after a handoff comes more often than a batch needs to be asked about.
  const isTime = (bridge.clock.nowMs() - sinceMs) % pollMs < resumeAfterMs;
  await bridge.store.transaction((unit) => mustNotBeStopped(unit, run.handoff));
  if (batches === undefined || !isTime) return waiting;
  const outcome = await batches.collect(batch.id, idOf(run, question), thinking.signal);
  if (outcome === 'pending') return waiting;
  const timer = timeQuestion(bridge.clock, sinceMs);
  timer.attempted();
  return judge(run, { ...thinking, known: batch.known }, outcome, {
    ...asking,
    ...batchFacts(batch),
    timer,
    outcomes: [],
  });
}

/**
 * Tells the provider that nobody will ask for a question that was handed over. The run ends all the same when the provider
 * cannot be reached, and the question counts at the most: what had begun is charged.
 */
export async function letGo({ bridge, content: { batch } }: Run): Promise<readonly Decision[]> {
  const { batches } = bridge.model;
  if (batch === undefined || batches === undefined) return [];
  const { signal, cancel } = bridge.clock.deadline(letGoMs);
  try {
    const canceled = await batches.cancel(batch.id, signal);
    return canceled ? [{ name: 'think.canceled', contentSha256: batch.requestSha256 }] : [];
  } finally {
    cancel();
  }
}

function batchFacts({ paid, worst, question, requestSha256 }: WaitingBatch) {
  return { paid, worst, question, requestSha256 };
}

/** The same each time, so that whoever looks into the batch finds the handoff. */
function idOf({ handoff }: Run, question: number): string {
  return `${handoff.key.txn}-${String(question)}`;
}
