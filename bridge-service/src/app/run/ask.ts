import { bytesToHex } from '@noble/hashes/utils.js';
import { canonicalJson } from '@agent-readiness/protocol';
import { parseJson, type JsonValue, type Masked } from '../../domain/json.ts';
import type { GuardFinding, Masker } from '../../domain/safeguards.ts';
import { sha256Hex } from '../../domain/sha256.ts';
import { buildRequest } from '../../domain/task/buildRequest.ts';
import type { ModelAnswer, ModelOutcome, ModelRequest } from '../../ports/model.ts';
import type { Unit } from '../../ports/store.ts';
import { newEvent } from '../events.ts';
import { failed, type Asking, type Attempt, type Thinking } from './asking.ts';
import { timeQuestion, type QuestionTimer } from './facts.ts';
import type { Run } from './run.ts';
import { mustNotBeStopped, takeStep } from './step.ts';

/** Asks one question of the conversation: the last look at what leaves, the money, the model, and what came back. */
export async function ask(run: Run, thinking: Thinking, asking: Asking): Promise<Attempt> {
  const { bridge } = run;
  const { task, masker, input } = thinking;
  const { decisions } = asking;
  const request = buildRequest(task, masker, input, asking);
  const requestSha256 = digest(request);
  const leaks = masker.leaks(asJson(request));
  if (leaks.length > 0) {
    const leaked = { name: 'mask.leaked', contentSha256: digest([...leaks].sort()) } as const;
    return ended(failed('blocked', 'leak', [...decisions, leaked]));
  }
  const worst = bridge.pricing.worstCaseUsdMicros(request, bridge.clock.nowMs());
  if (worst === undefined) return ended(failed('errored', 'price_unknown', decisions));
  const paid = run.handoff.costUsdMicros;
  if (paid + worst > run.handoff.maxCostUsdMicros) return ended(failed('blocked', 'run_budget', decisions));
  const question = run.handoff.questions + 1;
  await takeStep(run, {
    // Until it is answered the question counts as if it had cost the most it can: a crash may hide the bill.
    handoff: { questions: question, costUsdMicros: paid + worst },
    decisions: [
      ...decisions,
      { name: 'mask.done', contentSha256: requestSha256 },
      { name: 'think.dispatched', contentSha256: requestSha256 },
    ],
    also: async (unit) => {
      await mustNotBeStopped(unit, run.handoff);
      await keepTokens(run, unit, masker);
    },
  });
  const timer = timeQuestion(bridge.clock);
  const outcome = await askModel(run, thinking, request, { requestSha256, timer });
  return judge(run, thinking, outcome, { ...asking, paid, worst, question, requestSha256, timer });
}

function askModel(
  { bridge, handoff }: Run,
  thinking: Thinking,
  request: ModelRequest,
  { requestSha256, timer }: Pick<Question, 'requestSha256' | 'timer'>,
): Promise<ModelOutcome> {
  return bridge.model.ask(request, {
    signal: thinking.signal,
    deadlineMs: handoff.deadlineMs,
    onText: thinking.onText,
    onFirstText: timer.firstText,
    onAttempt: async (attempt) => {
      if (attempt.phase === 'started') timer.attempted();
      if (attempt.phase === 'ended' || attempt.attempt <= 1) return;
      await bridge.store.transaction(async (unit) => {
        await mustNotBeStopped(unit, handoff);
        const { txn } = handoff.key;
        unit.audit.append(newEvent(bridge, 'think.retried', { txn, contentSha256: requestSha256 }));
      });
    },
  });
}

interface Question extends Asking {
  readonly paid: number;
  readonly worst: number;
  readonly question: number;
  readonly requestSha256: string;
  readonly timer: QuestionTimer;
}

/** What the answer cost and whether it can be used. The answer is recorded before anything follows from it. */
async function judge(run: Run, thinking: Thinking, outcome: ModelOutcome, asked: Question): Promise<Attempt> {
  const { bridge } = run;
  if (!outcome.ok) {
    const { kind, model, billed } = outcome.failure;
    const cost = billed === 'none' ? 0 : costOf(run, model ?? '', billed, asked.worst);
    run.questions.push(asked.timer.ended(bridge.model.kind, outcome, cost));
    const failure = { name: 'think.failed', contentSha256: digest(kind) } as const;
    await takeStep(run, { handoff: { costUsdMicros: asked.paid + cost }, decisions: [failure] });
    return ended(failed('errored', 'model_unavailable'));
  }
  const { answer } = outcome;
  const refused = answer.stopReason === 'refusal';
  const cost = costOf(run, answer.model, answer.usage, asked.worst);
  run.questions.push(asked.timer.ended(bridge.model.kind, outcome, cost));
  await takeStep(run, {
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
  if (answer.stopReason !== 'end_turn' && answer.stopReason !== 'stop_sequence') {
    return ended(failed('errored', 'output_incomplete'));
  }
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
    input: { input, reads: seen.map(({ records }) => records.map(({ fields }) => fields)) },
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

function ended(thought: Extract<Attempt, { kind: 'thought' }>['thought']): Attempt {
  return { kind: 'thought', thought };
}

export function hasAction(findings: readonly GuardFinding[], action: GuardFinding['action']): boolean {
  return findings.some((finding) => finding.action === action);
}

/** What nobody can say or price costs the most it can, and somebody is told. */
function costOf(
  run: Run,
  model: string,
  usage: Parameters<Run['bridge']['pricing']['costUsdMicros']>[1] | 'unknown',
  worst: number,
): number {
  const { pricing, clock, watch } = run.bridge;
  const cost = usage === 'unknown' ? undefined : pricing.costUsdMicros(model, usage, clock.nowMs());
  if (cost === undefined || cost > worst)
    watch.alarm(cost === undefined ? 'cost_unknown' : 'cost_above_worst_case', run.handoff.key.txn);
  return cost ?? worst;
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

function textOf({ content }: ModelAnswer): string {
  return content.map((part) => (part.type === 'text' ? part.text : '')).join('');
}

function asJson(request: ModelRequest): JsonValue {
  return JSON.parse(JSON.stringify(request)) as JsonValue;
}

function digest(value: unknown): string {
  return sha256Hex(canonicalJson(JSON.parse(JSON.stringify(value))));
}
