import { bytesToHex } from '@noble/hashes/utils.js';
import { digest } from '../../domain/digest.ts';
import { parseJson, type JsonValue, type Masked } from '../../domain/json.ts';
import type { GuardFinding } from '../../domain/safeguards.ts';
import type { ModelAnswer, ModelOutcome } from '../../ports/model.ts';
import { failed, type Asking, type Attempt, type Thinking } from './asking.ts';
import type { QuestionTimer } from './facts.ts';
import { sourcesOf } from './readAlong.ts';
import type { Run } from './run.ts';
import { holdStep } from './step.ts';

export interface Asked {
  readonly requestSha256: string;
  readonly timer: QuestionTimer;
  /** How each request on the wire ended: all of them may be charged, not only the one that was answered. */
  readonly outcomes: ModelOutcome[];
}

/** A question that was asked, and what it takes to judge what came back. */
export interface Question extends Asking, Asked {
  readonly paid: number;
  readonly worst: number;
  readonly question: number;
}

/** What the answer cost and whether it can be used. The answer is recorded with the first thing that follows from it. */
export function judge(run: Run, thinking: Thinking, outcome: ModelOutcome, asked: Question): Attempt {
  const { bridge } = run;
  // What was waited for is here.
  const content = run.content.batch === undefined ? {} : { content: { batch: undefined } };
  const cost = costOf(run, asked.outcomes.length === 0 ? [outcome] : asked.outcomes, asked.worst);
  if (!outcome.ok) {
    const { kind } = outcome.failure;
    run.questions.push(asked.timer.ended(bridge.model.kind, outcome, cost));
    const failure = { name: 'think.failed', contentSha256: digest(kind) } as const;
    holdStep(run, { ...content, handoff: { costUsdMicros: asked.paid + cost }, decisions: [failure] });
    return ended(failed('errored', 'model_unavailable'));
  }
  const { answer } = outcome;
  const refused = answer.stopReason === 'refusal';
  run.questions.push(asked.timer.ended(bridge.model.kind, outcome, cost));
  holdStep(run, {
    ...content,
    handoff: {
      costUsdMicros: asked.paid + cost,
      modelResponses: [...run.handoff.modelResponses, answer.messageId],
    },
    decisions: [{ name: refused ? 'think.refused' : 'think.answered', contentSha256: digest(answer) }],
    also: async ({ handoffs }) => {
      const { key } = run.handoff;
      const { question, requestSha256, delimiter, turns } = asked;
      const context = `${key.txn} answer ${String(question)}`;
      // What neither the offer nor the release nor the reads tell: with it the request can be made again.
      const exchange = { answer, delimiter: bytesToHex(delimiter), turn: turns.length, known: thinking.known };
      const sealed = bridge.cipher.seal(run.dataKey.key, JSON.stringify(exchange), context);
      await handoffs.addAnswer(key, { question, requestSha256, sealed });
    },
  });
  if (refused) return ended(failed('refused', 'model_refused'));
  if (answer.stopReason === 'tool_use') return { kind: 'read', answer: answer.content };
  if (!isWhole(answer)) return ended(failed('errored', 'output_incomplete'));
  return judgeText(run, thinking, asked, textOf(answer));
}

function judgeText({ bridge }: Run, { task, input, flagged }: Thinking, { seen }: Asking, text: string): Attempt {
  const output = parseJson(text);
  if (output === undefined) {
    const turn = { kind: 'repair', answer: text, problems: ['it is not JSON'] } as const;
    return { kind: 'repair', turn, reason: 'output_invalid', decisions: [] };
  }
  const findings = bridge.runGuardrails({
    stage: 'out',
    input: sourcesOf(input, seen),
    output,
    outputSchema: task.outputSchema,
    policy: task.definition.guardrails,
  });
  const contentSha256 = digest(findings);
  if (hasAction(findings, 'block')) {
    return ended(failed('blocked', 'guard_out', [{ name: 'guard_out.blocked', contentSha256 }]));
  }
  if (hasAction(findings, 'repair')) {
    const problems = findings.map(({ guard, detail }) => `${guard}: ${detail}`);
    const decisions = [{ name: 'guard_out.repaired', contentSha256 } as const];
    return { kind: 'repair', turn: { kind: 'repair', answer: text, problems }, reason: 'guard_out', decisions };
  }
  const decisions = [{ name: 'guard_out.passed', contentSha256 } as const];
  const isFlagged = flagged || hasAction(findings, 'flag');
  return ended({ ok: true, output: output as Masked<JsonValue>, flagged: isFlagged, decisions });
}

/** Whether the model has ended by itself: what stopped at a limit may stop within a word, or a token. */
export function isWhole({ stopReason }: ModelAnswer): boolean {
  return stopReason === 'end_turn' || stopReason === 'stop_sequence';
}

export function ended(thought: Extract<Attempt, { kind: 'thought' }>['thought']): Attempt {
  return { kind: 'thought', thought };
}

export function hasAction(findings: readonly GuardFinding[], action: GuardFinding['action']): boolean {
  return findings.some((finding) => finding.action === action);
}

/** Of all requests of a question. What nobody can say or price costs the most it can, and somebody is told. */
function costOf({ bridge, handoff }: Run, outcomes: readonly ModelOutcome[], worst: number): number {
  const costs = outcomes.map((outcome) => costOfRequest(bridge, outcome));
  const known = costs.filter((cost) => cost !== undefined);
  const sum = known.reduce((total, cost) => total + cost, 0);
  if (known.length < costs.length) bridge.watch.alarm('cost_unknown', handoff.key.txn);
  if (sum > worst) bridge.watch.alarm('cost_above_worst_case', handoff.key.txn);
  return known.length < costs.length ? Math.max(worst, sum) : sum;
}

function costOfRequest({ pricing, clock }: Run['bridge'], outcome: ModelOutcome): number | undefined {
  if (outcome.ok) return pricing.costUsdMicros(outcome.answer.model, outcome.answer.usage, clock.nowMs());
  const { model = '', billed } = outcome.failure;
  if (billed === 'none') return 0;
  return billed === 'unknown' ? undefined : pricing.costUsdMicros(model, billed, clock.nowMs());
}

function textOf({ content }: ModelAnswer): string {
  return content.map((part) => (part.type === 'text' ? part.text : '')).join('');
}
