import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { silentWatch, type QuestionFacts, type RunFacts, type Watch } from '../../ports/watch.ts';
import { timeToFirstMs, tokensOf } from './genAi.ts';

/** What is so now, over all replicas, and is asked for at each scrape. */
export interface CurrentFigures {
  readonly handoffs: Readonly<Record<string, number>>;
  readonly budgets: readonly {
    readonly name: string;
    readonly limitUsdMicros: number;
    readonly spentUsdMicros: number;
    readonly reservedUsdMicros: number;
  }[];
  readonly killOrders: number;
  readonly logSize: number;
}

export interface Metrics {
  readonly watch: Watch;
  /**
   * The text format of Prometheus. When the store does not answer, what only it knows is left out or not a
   * number, and `bridge_store_up` is 0.
   */
  readonly read: (running: number, current: () => Promise<CurrentFigures>) => Promise<string>;
}

const seconds = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 60, 120, 300];
/** Names of models that get series of their own. */
const mostModels = 50;
const microsPerUsd = 1_000_000;
const breakerStates = { closed: 0, probing: 1, open: 2 } as const;

/** The name of a model stands in the provider's answer: whatever comes, there are so many labels and no more. */
function boundedNames(most: number): (name: string) => string {
  const known = new Set<string>();
  return (name) => {
    if (known.size < most) known.add(name);
    return known.has(name) ? name : 'other';
  };
}

/**
 * Counters of this process and gauges of the whole. Labels are names of agents, tasks, models and stable codes:
 * never a txn, a record, a person or a text.
 */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const counter = <T extends string>(name: string, help: string, labelNames: readonly T[]) =>
    new Counter({ name, help, labelNames, registers });
  const gauge = <T extends string>(name: string, help: string, labelNames: readonly T[]) =>
    new Gauge({ name, help, labelNames, registers });
  const histogram = <T extends string>(name: string, help: string, labelNames: readonly T[]) =>
    new Histogram({ name, help, labelNames, buckets: seconds, registers });

  const received = counter('bridge_received_total', 'Offers and approvals', ['what', 'outcome', 'code']);
  const decisions = counter('bridge_decisions_total', 'Verdicts of the stages of a run', ['stage', 'verdict', 'task']);
  const runs = counter('bridge_runs_total', 'Runs', ['agent', 'task', 'disposition', 'reason']);
  const runTime = histogram('bridge_run_seconds', 'Time of a run', ['task']);
  const questions = counter('bridge_questions_total', 'Questions to models', ['task', 'model', 'outcome']);
  const attempts = counter('bridge_model_requests_total', 'Requests on the wire, retries included', ['task', 'model']);
  const questionTime = histogram('bridge_question_seconds', 'Time to the end of an answer', ['task', 'model']);
  const firstTime = histogram('bridge_first_token_seconds', 'Time to the first piece of an answer', ['task', 'model']);
  const shownTime = histogram('bridge_first_shown_seconds', 'Time of a run to the first text that is read along', [
    'task',
  ]);
  const tokens = counter('bridge_tokens_total', 'Tokens', ['task', 'model', 'kind']);
  const cost = counter('bridge_cost_usd_total', 'Cost, US dollars', ['agent', 'task', 'model']);
  const breaker = gauge('bridge_breaker_state', '0 closed, 1 probing, 2 open', ['model']);
  const alarms = counter('bridge_alarms_total', 'Somebody should look', ['code']);
  const failures = counter('bridge_failures_total', 'Faults of the bridge', ['where']);
  const running = gauge('bridge_running', 'Runs of this process', []);
  const handoffs = gauge('bridge_handoffs', 'Handoffs in each state, over all replicas', ['state']);
  const limit = gauge('bridge_budget_limit_usd', 'Ceiling, US dollars', ['budget']);
  const remaining = gauge('bridge_budget_remaining_usd', 'Neither spent nor reserved, US dollars', ['budget']);
  const killOrders = gauge('bridge_kill_orders', 'Orders of the kill switch in force', []);
  const logSize = gauge('bridge_log_entries', 'Entries of the audit log', []);
  const storeUp = gauge('bridge_store_up', 'Whether the store answered this scrape', []);

  const modelLabel = boundedNames(mostModels);
  const asked = ({ agent, task }: RunFacts, question: QuestionFacts): void => {
    const { outcome } = question;
    const model = modelLabel(question.model);
    const firstMs = timeToFirstMs(question);
    questions.inc({ task, model, outcome });
    attempts.inc({ task, model }, question.attempts);
    questionTime.observe({ task, model }, (question.endedMs - question.startedMs) / 1_000);
    if (firstMs !== undefined) firstTime.observe({ task, model }, firstMs / 1_000);
    cost.inc({ agent, task, model }, question.costUsdMicros / microsPerUsd);
    for (const [kind, count] of Object.entries(tokensOf(question.usage))) tokens.inc({ task, model, kind }, count);
  };

  return {
    watch: {
      ...silentWatch,
      received: (what, outcome, code) => {
        received.inc({ what, outcome, code });
      },
      decided: ({ name, task }) => {
        const [stage = '', verdict = ''] = name.split('.');
        decisions.inc({ stage, verdict, task });
      },
      ran: (run) => {
        const { agent, task, disposition, reason, startedMs, firstShownMs } = run;
        runs.inc({ agent, task, disposition, reason });
        runTime.observe({ task }, (run.endedMs - startedMs) / 1_000);
        if (firstShownMs !== undefined) shownTime.observe({ task }, (firstShownMs - startedMs) / 1_000);
        for (const question of run.questions) asked(run, question);
      },
      breaker: (model, state) => {
        breaker.set({ model }, breakerStates[state]);
      },
      alarm: (code) => {
        alarms.inc({ code });
      },
      failed: (where) => {
        failures.inc({ where });
      },
    },
    async read(own, current) {
      running.set(own);
      // What was so at the last scrape must not pass for what is so now.
      for (const metric of [handoffs, limit, remaining]) metric.reset();
      for (const metric of [killOrders, logSize]) metric.set(Number.NaN);
      try {
        const now = await current();
        killOrders.set(now.killOrders);
        logSize.set(now.logSize);
        for (const [state, count] of Object.entries(now.handoffs)) handoffs.set({ state }, count);
        for (const { name: budget, limitUsdMicros, spentUsdMicros, reservedUsdMicros } of now.budgets) {
          limit.set({ budget }, limitUsdMicros / microsPerUsd);
          remaining.set({ budget }, (limitUsdMicros - spentUsdMicros - reservedUsdMicros) / microsPerUsd);
        }
        storeUp.set(1);
      } catch {
        storeUp.set(0);
      }
      return registry.metrics();
    },
  };
}
