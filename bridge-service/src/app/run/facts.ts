import type { Clock } from '../../ports/clock.ts';
import type { ModelOutcome, ModelPort } from '../../ports/model.ts';
import type { QuestionFacts } from '../../ports/watch.ts';
import type { Run } from './run.ts';

/** Times one question, from the moment it is made. */
export interface QuestionTimer {
  readonly attempted: () => void;
  readonly firstText: () => void;
  readonly ended: (provider: ModelPort['kind'], outcome: ModelOutcome, costUsdMicros: number) => QuestionFacts;
}

export function timeQuestion(clock: Clock, startedMs = clock.nowMs()): QuestionTimer {
  let firstTextMs: number | undefined;
  let attempts = 0;
  return {
    attempted() {
      attempts += 1;
    },
    firstText() {
      firstTextMs ??= clock.nowMs();
    },
    ended: (provider, outcome, costUsdMicros) => ({
      ...told(outcome),
      provider,
      attempts,
      startedMs,
      firstTextMs,
      endedMs: clock.nowMs(),
      costUsdMicros,
    }),
  };
}

type Told = Pick<QuestionFacts, 'model' | 'outcome' | 'stopReason' | 'messageId' | 'usage'>;

function told(outcome: ModelOutcome): Told {
  if (!outcome.ok) {
    const { kind, model = '' } = outcome.failure;
    return { model, outcome: kind, stopReason: '', messageId: '', usage: {} };
  }
  const { model, stopReason, messageId, usage } = outcome.answer;
  return { model, outcome: stopReason === 'refusal' ? 'refused' : 'answered', stopReason, messageId, usage };
}

/** Tells the watch what this replica did, whichever way it ended. */
export function tellRun({ bridge, handoff, offer, startedMs, firstShownMs, questions }: Run): void {
  const { act, trace } = offer.claims;
  bridge.watch.ran({
    txn: handoff.key.txn,
    agent: handoff.agent,
    agentVersion: act.version,
    task: handoff.taskType,
    trace,
    state: handoff.state,
    disposition: handoff.outcome?.disposition ?? '',
    reason: handoff.outcome?.reason ?? '',
    startedMs,
    firstShownMs,
    endedMs: bridge.clock.nowMs(),
    questions,
  });
}
