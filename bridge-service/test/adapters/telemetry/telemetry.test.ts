import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import Anthropic from '@anthropic-ai/sdk';
import { overloaded, startFakeClaude, text, type FakeClaude } from '@agent-readiness/testkit/claude';
import { propagation } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor, type ReadableSpan } from '@opentelemetry/sdk-trace';
import { pino } from 'pino';
import { createAnthropicModel } from '../../../src/adapters/anthropic/anthropicModel.ts';
import { createClient } from '../../../src/adapters/anthropic/client.ts';
import { openDatabase, type Database } from '../../../src/adapters/sql/openDatabase.ts';
import { systemRandom } from '../../../src/adapters/system/systemRandom.ts';
import { createMetrics, type Metrics } from '../../../src/adapters/telemetry/metrics.ts';
import { createPinoWatch } from '../../../src/adapters/telemetry/pinoWatch.ts';
import { createSpans, type Spans } from '../../../src/adapters/telemetry/spans.ts';
import { receiveOffer } from '../../../src/app/custody/receiveOffer.ts';
import { readGauges } from '../../../src/app/operate/readGauges.ts';
import { runHandoff } from '../../../src/app/run/runHandoff.ts';
import { safeguards } from '../../../src/wiring/safeguards.ts';
import { watchAll, type Watch } from '../../../src/ports/watch.ts';
import { must } from '../../support/must.ts';
import { ids, newOffer } from '../../support/offers.ts';
import { openStore } from '../../support/sqlStore.ts';
import { createTestBridge, type TestBridge } from '../../support/testBridge.ts';

jest.setTimeout(60_000);

/** In the payload, in what the model answers, and in an error: none may show up in what is told. */
const canaries = ['Marta Beispielfrau', 'marta@beispielfrau.example', 'DE89370400440532013000', 'Wasserkocher'];
const output = JSON.stringify({ summary: `About the ${must(canaries[3])}.`, nextStep: 'Call.', quotes: [] });
const usage = {
  input_tokens: 10,
  cache_creation_input_tokens: 3,
  cache_read_input_tokens: 90,
  output_tokens: 7,
};

let claude: FakeClaude;
let database: Database | undefined;
let lines: string;
let metrics: Metrics;
let exported: InMemorySpanExporter;
let spans: Spans;
let bridge: TestBridge;
beforeAll(async () => {
  claude = await startFakeClaude();
  database = await openDatabase({ kind: 'memory' });
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines += chunk.toString('utf8');
      done();
    },
  });
  lines = '';
  metrics = createMetrics();
  exported = new InMemorySpanExporter();
  spans = createSpans(new SimpleSpanProcessor({ exporter: exported }));
  const watch = watchAll(createPinoWatch(pino({ level: 'trace' }, sink)), metrics.watch, spans.watch);
  bridge = bridgeWith(watch);
}, 120_000);
afterAll(async () => {
  await spans.stop();
  await database?.close();
  await claude.close();
});

function bridgeWith(watch: Watch): TestBridge {
  const base = createTestBridge(openStore(must(database)), { ...safeguards, watch });
  const model = createAnthropicModel({
    client: createClient({ apiKey: 'sk-test', baseUrl: claude.url }),
    tiers: { small: [{ model: 'claude-haiku-5-5', expectedMs: 20 }], medium: [], large: [] },
    usable: () => true,
    retry: { attemptsPerModel: 2, baseWaitMs: 2, maxWaitMs: 5 },
    // Opens at the first fault and lets the second try through, however fast the machine is.
    breaker: { faults: 1, openMs: 0 },
    clock: base.clock,
    random: systemRandom,
    onBreaker: (name, state) => {
      watch.breaker(name, state);
    },
  });
  return {
    ...base,
    model: { ...base.model, kind: 'anthropic', ask: (request, run) => model.ask(request, run) },
    pricing: { worstCaseUsdMicros: () => 10_000, costUsdMicros: () => 1_234 },
  };
}

async function handOver() {
  const description = `${canaries.slice(0, 2).join(' ')} pays by ${must(canaries[2])} for a ${must(canaries[3])}`;
  const { offer, message } = await newOffer({
    nowMs: bridge.clock.nowMs(),
    task: 'case-summary',
    payload: JSON.stringify({ case: { id: ids.case, subject: 'Order', description, comments: [] } }),
    claims: { masking_hints: {} },
  });
  const received = await receiveOffer(bridge, message);
  if (received.kind !== 'taken') throw new Error(received.kind);
  await runHandoff(bridge, received.key, { drain: new AbortController().signal });
  return offer;
}

const read = () => metrics.read(2, () => readGauges(bridge));

/** The series of a metric, labels and value, in order. */
const seriesOf = (page: string, name: string): readonly string[] =>
  page
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
    .map((line) => line.slice(name.length))
    .sort();

describe('what the bridge tells about itself', () => {
  let txn: string;
  let trace: string;
  beforeAll(async () => {
    claude.enqueue(overloaded(), text(output, { usage }));
    const offer = await handOver();
    ({ txn, trace } = offer.claims);
    bridge.watch.failed('test', new Error(must(canaries[0]), { cause: new TypeError(must(canaries[1])) }));
  });

  it('in metrics: cost, tokens, time, verdicts, breakers, queue and budgets', async () => {
    const page = await read();
    const labels = 'task="case-summary",model="claude-haiku-5-5"';
    expect(seriesOf(page, 'bridge_received_total')).toEqual(['{what="offer",outcome="taken",code=""} 1']);
    expect(seriesOf(page, 'bridge_runs_total')).toEqual([
      '{agent="Order_Agent",task="case-summary",disposition="executed",reason=""} 1',
    ]);
    expect(seriesOf(page, 'bridge_questions_total')).toEqual([`{${labels},outcome="answered"} 1`]);
    expect(seriesOf(page, 'bridge_model_requests_total')).toEqual([`{${labels}} 2`]);
    expect(seriesOf(page, 'bridge_tokens_total')).toEqual([
      `{${labels},kind="cacheRead"} 90`,
      `{${labels},kind="cacheWrite"} 3`,
      `{${labels},kind="input"} 10`,
      `{${labels},kind="output"} 7`,
    ]);
    expect(seriesOf(page, 'bridge_cost_usd_total')).toEqual([`{agent="Order_Agent",${labels}} 0.001234`]);
    expect(seriesOf(page, 'bridge_first_token_seconds_count')).toEqual([`{${labels}} 1`]);
    expect(seriesOf(page, 'bridge_decisions_total')).toEqual(
      [
        'gate.allowed',
        'guard_in.passed',
        'guard_out.passed',
        'mask.done',
        'think.answered',
        'think.dispatched',
        'unmask.done',
      ]
        .map((name) => name.split('.'))
        .map(([stage, verdict]) => `{stage="${must(stage)}",verdict="${must(verdict)}",task="case-summary"} 1`),
    );
    expect(seriesOf(page, 'bridge_breaker_state')).toEqual(['{model="claude-haiku-5-5"} 0']);
    expect(seriesOf(page, 'bridge_running')).toEqual([' 2']);
    expect(seriesOf(page, 'bridge_handoffs')).toContain('{state="finished"} 1');
    expect(seriesOf(page, 'bridge_budget_remaining_usd')).toEqual([
      '{budget="agent:Order_Agent:day"} 999.998766',
      '{budget="all:day"} 999.998766',
      '{budget="all:month"} 999.998766',
      '{budget="task:case-summary:day"} 999.998766',
      '{budget="task:refund-review:day"} 1000',
    ]);
    expect(seriesOf(page, 'bridge_store_up')).toEqual([' 1']);
    expect(seriesOf(page, 'bridge_failures_total')).toEqual(['{where="test"} 1']);
  });

  it('in spans: a part of the trace of the org, one span for each question', () => {
    const [question, run] = exported.getFinishedSpans().map(told);
    const [, traceId, parent] = trace.split('-');
    expect(run).toMatchObject({
      name: 'invoke_agent Order_Agent',
      traceId,
      parent,
      attributes: { 'gen_ai.operation.name': 'invoke_agent', 'agent_readiness.txn': txn },
    });
    expect(question).toMatchObject({
      name: 'chat claude-haiku-5-5',
      traceId,
      parent: run?.spanId,
      attributes: {
        'gen_ai.provider.name': 'anthropic',
        'gen_ai.response.finish_reasons': ['end_turn'],
        'gen_ai.usage.input_tokens': 103,
        'gen_ai.usage.output_tokens': 7,
        'gen_ai.usage.cache_read.input_tokens': 90,
        'agent_readiness.cost_usd_micros': 1_234,
      },
    });
    expect(exported.getFinishedSpans()).toHaveLength(2);
  });

  it('never what it works on: no canary in metrics, spans or logs, and no txn in a label', async () => {
    const page = await read();
    const all = `${page}\n${JSON.stringify(exported.getFinishedSpans().map(told))}\n${lines}`;
    expect(lines).toContain(txn);
    expect(lines).toContain('TypeError');
    for (const canary of canaries) {
      expect(all).not.toContain(canary);
      for (const word of canary.split(/[ @]/)) expect(all).not.toContain(word);
    }
    expect(page).not.toContain(txn);
  });

  it('nothing to the host of the model: no trace context, no baggage', async () => {
    propagation.setGlobalPropagator({
      inject: (_context, carrier, setter) => {
        setter.set(carrier, 'baggage', 'owner=alice');
      },
      extract: (context) => context,
      fields: () => ['baggage'],
    });
    try {
      claude.enqueue(text('as the SDK does it by itself'), text(output, { usage }));
      const from = claude.asked.length;
      const byItself = new Anthropic({ apiKey: 'sk-test', baseURL: claude.url });
      const messages = [{ role: 'user', content: 'hello' }] as const;
      await byItself.messages.create({ model: 'claude-haiku-5-5', max_tokens: 1, messages: [...messages] });
      await handOver();
      const sent = claude.asked.slice(from).map(({ headers }) => [headers['baggage'], headers['traceparent']]);
      expect(sent).toEqual([
        ['owner=alice', undefined],
        [undefined, undefined],
      ]);
    } finally {
      propagation.disable();
    }
  });

  it('an open breaker, a refusal, a store that is gone', async () => {
    claude.enqueue(overloaded(), overloaded());
    await handOver();
    const page = await read();
    expect(seriesOf(page, 'bridge_breaker_state')).toEqual(['{model="claude-haiku-5-5"} 2']);
    expect(seriesOf(page, 'bridge_runs_total')).toContain(
      '{agent="Order_Agent",task="case-summary",disposition="errored",reason="model_unavailable"} 1',
    );
    const lost = await metrics.read(0, () => Promise.reject(new Error('gone')));
    expect(seriesOf(lost, 'bridge_store_up')).toEqual([' 0']);
    expect(seriesOf(lost, 'bridge_handoffs')).toEqual([]);
    expect(seriesOf(lost, 'bridge_kill_orders')).toEqual([' Nan']);
    expect(seriesOf(lost, 'bridge_budget_remaining_usd')).toEqual([]);
  });
});

function told(span: ReadableSpan) {
  const { name, attributes, status, events } = span;
  const { traceId, spanId } = span.spanContext();
  return { name, attributes, status, events, traceId, spanId, parent: span.parentSpanContext?.spanId };
}
