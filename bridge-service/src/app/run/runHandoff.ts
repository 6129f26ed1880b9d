import { canonicalJson } from '@agent-readiness/protocol';
import { parseJson } from '../../domain/json.ts';
import { sha256Hex } from '../../domain/sha256.ts';
import { StaleFenceError } from '../../ports/handoffs.ts';
import type { HandoffKey } from '../../ports/outbox.ts';
import type { Bridge } from '../bridge.ts';
import { act, actTimeoutMs } from './act.ts';
import type { OnText } from './asking.ts';
import { letGo } from './batch.ts';
import { decide } from './decide.ts';
import { tellRun } from './facts.ts';
import { beginRun, type Run } from './run.ts';
import { finish, StoppedError } from './step.ts';
import { supervise, type Supervision } from './supervise.ts';
import { hasAction } from './judge.ts';
import { think } from './think.ts';

export interface RunOptions {
  /** Fires when this process ends: what is not done then is left to another replica. */
  readonly drain: AbortSignal;
  readonly onText?: OnText;
}

/**
 * Brings a handoff as far as it can go without a person: from wherever it stands to finished, or to an
 * approval. False when another replica has it, or took it over.
 */
export async function runHandoff(bridge: Bridge, key: HandoffKey, options: RunOptions): Promise<boolean> {
  const run = await beginRun(bridge, key);
  return run === undefined ? false : goOn(run, options);
}

/** {@link runHandoff} from a run that has begun. False when another replica took it over. */
export async function goOn(run: Run, options: RunOptions): Promise<boolean> {
  const { bridge } = run;
  try {
    // A process that is about to end asks nothing: the answer would be paid for, and lost.
    if (!options.drain.aborted) await advance(run, options);
    return true;
  } catch (error) {
    if (error instanceof StaleFenceError) return false;
    throw error;
  } finally {
    // Of what is over, the lease has ended with its last step.
    if (run.handoff.state === 'accepted' || run.handoff.state === 'acting') {
      await bridge.store.transaction(({ handoffs }) => handoffs.release(run.handoff));
    }
    tellRun(run);
  }
}

async function advance(run: Run, options: RunOptions): Promise<void> {
  if (run.handoff.state === 'accepted') {
    await supervised(run, run.handoff.deadlineMs, options, (watch) => thinkAndDecide(run, watch, options));
  }
  // Not `else`: what was just decided is acted upon.
  if (run.handoff.state === 'acting') {
    const deadlineMs = run.bridge.clock.nowMs() + actTimeoutMs;
    await supervised(run, deadlineMs, options, (watch) => act(run, watch));
  }
}

/** Runs `work` under one signal; what the kill switch stops before its consequence is stopped for good. */
async function supervised(
  run: Run,
  deadlineMs: number,
  { drain }: RunOptions,
  work: (watch: Supervision) => Promise<void>,
): Promise<void> {
  const watch = supervise(run, deadlineMs, drain);
  try {
    await work(watch);
  } catch (error) {
    if (!(error instanceof StoppedError)) throw error;
    // What was dispatched may have happened: it waits, and the job that looks after it asks again.
    if (run.handoff.state === 'accepted') await stopped(run);
  } finally {
    watch.end();
  }
}

async function thinkAndDecide(run: Run, watch: Supervision, { onText }: RunOptions): Promise<void> {
  const { bridge, task, content, handoff, known } = run;
  if (bridge.clock.nowMs() >= handoff.deadlineMs) return timedOut(run);
  const input = task?.parseInput(parseJson(content.payload));
  // Another release runs here than the one that took it: what was reviewed is what runs.
  if (task === undefined || input === undefined || task.release !== handoff.release) {
    return finish(run, 'errored', 'release_changed', { decisions: await letGo(run) });
  }
  const findings = bridge.runGuardrails({
    stage: 'in',
    input,
    outputSchema: task.outputSchema,
    policy: task.definition.guardrails,
  });
  const contentSha256 = sha256Hex(canonicalJson(findings));
  if (hasAction(findings, 'block')) {
    return finish(run, 'blocked', 'guard_in', { decisions: [{ name: 'guard_in.blocked', contentSha256 }] });
  }
  const masker = bridge.createMasker({
    key: run.dataKey.key,
    known,
    hints: run.offer.claims.masking_hints,
    policy: task.definition.masking,
  });
  const thought = await think(run, {
    task,
    input,
    masker,
    known: known.map(({ token }) => token),
    flagged: findings.length > 0,
    decisions: [{ name: 'guard_in.passed', contentSha256 }],
    signal: watch.signal,
    ...(onText === undefined ? {} : { onText }),
  });
  if (watch.signal.aborted) return conclude(run, watch);
  if (thought === undefined) return;
  if (!thought.ok) return finish(run, thought.disposition, thought.reason, { decisions: thought.decisions });
  await decide(run, task, input, masker, thought, watch.signal);
  if (run.handoff.state === 'accepted') await conclude(run, watch);
}

/** Ends what was stopped, unless that is for another replica to do. */
async function conclude(run: Run, { stoppedBy }: Supervision): Promise<void> {
  if (stoppedBy() === 'kill_switch') await stopped(run);
  if (stoppedBy() === 'deadline') await timedOut(run);
}

async function timedOut(run: Run): Promise<void> {
  const decisions = [...(await letGo(run)), { name: 'run.timed_out', contentSha256: run.offer.sha256 } as const];
  return finish(run, 'timed_out', 'deadline', { decisions });
}

async function stopped(run: Run): Promise<void> {
  const decisions = [...(await letGo(run)), { name: 'run.stopped', contentSha256: run.offer.sha256 } as const];
  return finish(run, 'blocked', 'kill_switch', { decisions });
}
