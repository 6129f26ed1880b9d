import { digest } from '../../domain/digest.ts';
import type { Masker } from '../../domain/safeguards.ts';
import type { StreamedText } from '../../domain/streaming/streamedText.ts';
import { buildRequest, textsOf } from '../../domain/task/buildRequest.ts';
import type { ModelOutcome, ModelRequest } from '../../ports/model.ts';
import type { Unit } from '../../ports/store.ts';
import { newEvent } from '../events.ts';
import { failed, type Asking, type Attempt, type Thinking } from './asking.ts';
import { handOver } from './batch.ts';
import { timeQuestion } from './facts.ts';
import { ended, isWhole, judge, type Asked, type Question } from './judge.ts';
import { readAlong } from './readAlong.ts';
import type { Run } from './run.ts';
import { mustNotBeStopped, takeStep } from './step.ts';

/** Asks one question of the conversation: the last look at what leaves, the money, the model, and what came back. */
export async function ask(run: Run, thinking: Thinking, asking: Asking): Promise<Attempt> {
  const { bridge } = run;
  const { task, masker, input } = thinking;
  const { decisions } = asking;
  const request = buildRequest(task, masker, input, asking);
  const requestSha256 = digest(request);
  const leaks = masker.leaks(textsOf(request, asking));
  if (leaks.length > 0) {
    const leaked = { name: 'mask.leaked', contentSha256: digest([...leaks].sort()) } as const;
    return ended(failed('blocked', 'leak', [...decisions, leaked]));
  }
  const batches = task.definition.model.mayWait ? bridge.model.batches : undefined;
  const way = batches === undefined ? 'direct' : 'batch';
  const worst = bridge.pricing.worstCaseUsdMicros(request, bridge.clock.nowMs(), way);
  if (worst === undefined) return ended(failed('errored', 'price_unknown', decisions));
  const paid = run.handoff.costUsdMicros;
  if (paid + worst > run.handoff.maxCostUsdMicros) return ended(failed('blocked', 'run_budget', decisions));
  const question = run.handoff.questions + 1;
  const along = readAlong(run, thinking, asking, question);
  await takeStep(run, {
    // Until it is answered the question counts as if it had cost the most it can: a crash may hide the bill.
    handoff: { questions: question, costUsdMicros: paid + worst },
    decisions: [
      ...decisions,
      { name: 'mask.done', contentSha256: requestSha256 },
      ...(along === undefined ? [] : [{ name: 'unmask.streamed', contentSha256: requestSha256 } as const]),
      { name: batches === undefined ? 'think.dispatched' : 'think.batched', contentSha256: requestSha256 },
    ],
    also: async (unit) => {
      await mustNotBeStopped(unit, run.handoff);
      await keepTokens(run, unit, masker);
    },
  });
  const timer = timeQuestion(bridge.clock);
  const asked: Question = { ...asking, paid, worst, question, requestSha256, timer, outcomes: [] };
  if (batches !== undefined) return handOver(run, thinking, request, asked, batches);
  const outcome = await askModel(run, thinking, request, asked, along);
  if (outcome.ok && isWhole(outcome.answer)) along?.end();
  return judge(run, thinking, outcome, asked);
}

function askModel(
  { bridge, handoff }: Run,
  thinking: Thinking,
  request: ModelRequest,
  { requestSha256, timer, outcomes }: Asked,
  along: StreamedText | undefined,
): Promise<ModelOutcome> {
  return bridge.model.ask(request, {
    signal: thinking.signal,
    deadlineMs: handoff.deadlineMs,
    onText: along && ((piece) => along.push(piece)),
    onFirstText: timer.firstText,
    onAttempt: async (attempt) => {
      if (attempt.phase === 'started') {
        timer.attempted();
        along?.restart();
      }
      if (attempt.phase === 'ended') outcomes.push(attempt.outcome);
      if (attempt.phase === 'ended' || attempt.attempt <= 1) return;
      await bridge.store.transaction(async (unit) => {
        await mustNotBeStopped(unit, handoff);
        const { txn } = handoff.key;
        unit.audit.append(newEvent(bridge, 'think.retried', { txn, contentSha256: requestSha256 }));
      });
    },
  });
}

/** Tokens are stored before they leave, so that every replica can resolve what comes back. */
async function keepTokens({ bridge, dataKey, handoff }: Run, { vault }: Unit, masker: Masker): Promise<void> {
  const entries = masker.minted().map(({ token, type, value }) => ({
    token,
    type,
    sealed: bridge.cipher.seal(dataKey.key, value, token),
  }));
  await vault.add(dataKey.id, entries, handoff.deadlineMs + bridge.policy.vaultRetentionMs);
}
