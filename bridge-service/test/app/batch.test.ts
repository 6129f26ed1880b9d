import { afterAll, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import { startFakeClaude, text, type FakeClaude } from '@agent-readiness/testkit/claude';
import { createBatches } from '../../src/adapters/anthropic/batches.ts';
import { createClient } from '../../src/adapters/anthropic/client.ts';
import { createPricing } from '../../src/adapters/anthropic/pricing.ts';
import { openDatabase, type Database } from '../../src/adapters/sql/openDatabase.ts';
import { answerOffer } from '../../src/app/custody/answer.ts';
import { receiveOffer } from '../../src/app/custody/receiveOffer.ts';
import { engageKillSwitch, releaseKillSwitch } from '../../src/app/operate/kill.ts';
import { replayHandoff } from '../../src/app/operate/replayHandoff.ts';
import { runHandoff } from '../../src/app/run/runHandoff.ts';
import { createTask } from '../../src/domain/task/task.ts';
import { safeguards } from '../../src/wiring/safeguards.ts';
import { HAIKU, modelAt, prices, request } from '../adapters/anthropic/support.ts';
import { drain, eventsOf, summary } from '../support/handOff.ts';
import { must } from '../support/must.ts';
import { ids, newOffer, summaryInput } from '../support/offers.ts';
import { openStore } from '../support/sqlStore.ts';
import { createTestBridge, verifyAnswer, type TestBridge } from '../support/testBridge.ts';

jest.setTimeout(180_000);

let database: Database;
let claude: FakeClaude;
beforeAll(async () => {
  database = await openDatabase({ kind: 'memory' });
  claude = await startFakeClaude();
}, 300_000);
beforeEach(() => {
  claude.endBatches();
  claude.reset();
});
afterAll(async () => {
  await claude.close();
  await database.close();
});

const tiers = { small: [HAIKU], medium: [HAIKU], large: [HAIKU] };

/** A summary that may wait until the evening, asked over the real SDK. */
function open({ allowed = true } = {}): TestBridge {
  const base = createTestBridge(openStore(database), { ...safeguards, pricing: createPricing(prices, tiers) });
  const client = createClient({ apiKey: 'sk-test', baseUrl: claude.url });
  const batches = createBatches({ client, tiers, usable: () => true, clock: base.clock });
  const task = must(base.tasks.get('case-summary'));
  const { definition } = task;
  const waits = createTask({
    definition: {
      ...definition,
      stream: undefined,
      model: { ...definition.model, mayWait: true },
      limits: { ...definition.limits, deadlineSeconds: 36_000 },
    },
    prompt: task.prompt,
    inputSchema: {},
    outputSchema: task.outputSchema,
  });
  return {
    ...base,
    model: { ...base.model, ...modelAt(claude, { clock: base.clock }), ...(allowed ? { batches } : {}) },
    tasks: new Map([['case-summary', waits]]),
  };
}

async function take(bridge: TestBridge, words = summaryInput.case.description) {
  const payload = JSON.stringify({ case: { ...summaryInput.case, description: words } });
  const due = Math.floor(bridge.clock.nowMs() / 1_000) + 36_000;
  const { offer, message } = await newOffer({
    nowMs: bridge.clock.nowMs(),
    task: 'case-summary',
    payload,
    claims: {
      masking_hints: {},
      tctx: {
        task_type: 'case-summary',
        purpose: 'For the morning',
        record_ids: [ids.case],
        due,
        max_cost_usd_micros: 250_000,
      },
    },
  });
  const received = await receiveOffer(bridge, message);
  if (received.kind !== 'taken') throw new Error(received.kind);
  const { key } = received;
  return {
    key,
    /** As the job that looks after it does, a minute later each time. */
    look: async (by: TestBridge = bridge) => {
      bridge.clock.move(60_000);
      expect(await runHandoff(by, key, { drain })).toBe(true);
    },
    told: async () => {
      const given = await answerOffer(bridge, key, offer.sha256);
      const { result } = await verifyAnswer(bridge, offer, given);
      return { status: given?.status, claims: result?.claims, ...(JSON.parse(given?.payload ?? '{}') as object) };
    },
  };
}

const uncached = { cache_read_input_tokens: 0, cache_creation_input_tokens: 0, cache_creation: null };
const answered = () =>
  text(JSON.stringify(summary), { usage: { ...uncached, input_tokens: 1_000, output_tokens: 200 } });
const paths = (): readonly string[] => claude.received.map(({ method, path }) => `${method} ${path}`);

it('goes by a batch at half the price, and another replica collects it', async () => {
  const bridge = open();
  const before = paths().length;
  const { key, look, told } = await take(bridge);
  await runHandoff(bridge, key, { drain });
  expect((await told()).status).toBe('accepted');
  await look();
  claude.enqueue(answered());
  claude.endBatches();
  await look({ ...bridge, replica: 'another one' });
  const batch = '/v1/messages/batches';
  const id = must(paths().at(-1)).split('/').at(-2) ?? '';
  expect(paths().slice(before)).toEqual([
    `POST ${batch}`,
    `GET ${batch}/${id}`,
    `GET ${batch}/${id}`,
    `GET ${batch}/${id}`,
    `GET ${batch}/${id}/results`,
  ]);
  const { claims, ...said } = await told();
  expect(said).toMatchObject({ disposition: 'executed', output: summary, retained_by_provider: true });
  // 1,000 tokens in at 0.10 and 200 out at 0.50 dollars a million are 200 micros.
  expect(claims?.cost_usd_micros).toBe(100);
  expect((await eventsOf(bridge, key.txn)).filter((event) => event.startsWith('think.'))).toEqual([
    'think.batched',
    'think.answered',
  ]);
  expect(await replayHandoff(bridge, key)).toMatchObject({ questions: [{ same: true }], sameOutput: true });
});

it('is masked as any other question, and repaired by a second batch', async () => {
  const bridge = open();
  const { key, look, told } = await take(bridge, 'Write to marta@beispielfrau.example.');
  await runHandoff(bridge, key, { drain });
  claude.enqueue(text('{"summary": 1}'));
  claude.endBatches();
  await look();
  claude.enqueue(answered());
  claude.endBatches();
  await look();
  expect(await told()).toMatchObject({ disposition: 'executed', output: summary });
  expect(claude.received.map(({ raw }) => raw).join('')).not.toContain('beispielfrau');
  expect(await replayHandoff(bridge, key)).toMatchObject({ questions: [{ same: true }, { same: true }] });
});

it('is asked directly where the settings allow no batch', async () => {
  const bridge = open({ allowed: false });
  claude.enqueue(answered());
  const before = paths().length;
  const { key, told } = await take(bridge);
  await runHandoff(bridge, key, { drain });
  expect(paths().slice(before)).toEqual(['POST /v1/messages']);
  const said = await told();
  expect(said).toMatchObject({ disposition: 'executed' });
  expect(said).not.toHaveProperty('retained_by_provider');
});

it.each(['expired', 'canceled'] as const)(
  'that the provider lets go (%s) costs nothing and is an error',
  async (how) => {
    const bridge = open();
    const { key, look, told } = await take(bridge);
    await runHandoff(bridge, key, { drain });
    claude.endBatches(how);
    await look();
    const { claims, ...said } = await told();
    expect(said).toMatchObject({ disposition: 'errored', reason: 'model_unavailable' });
    expect(claims?.cost_usd_micros).toBe(0);
  },
);

it('is handed over again when the provider would not take it', async () => {
  const bridge = open();
  const direct = must(bridge.model.batches);
  let refused = 0;
  const failure = { kind: 'rate_limited', model: HAIKU.model, code: undefined, requestId: undefined } as const;
  const batches = {
    ...direct,
    submit: (...args: Parameters<typeof direct.submit>) => {
      refused += 1;
      if (refused > 1) return direct.submit(...args);
      return Promise.resolve({ ok: false, failure: { ...failure, retryAfterMs: undefined, billed: 'none' } } as const);
    },
  };
  const patient = { ...bridge, model: { ...bridge.model, batches } };
  const { key, look, told } = await take(patient);
  await runHandoff(patient, key, { drain });
  await look(patient);
  claude.enqueue(answered());
  claude.endBatches();
  await look(patient);
  const { claims, ...said } = await told();
  expect([refused, said]).toMatchObject([2, { disposition: 'executed' }]);
  expect(claims?.cost_usd_micros).toBe(100);
});

it('ends with its deadline, counted at the most that it can have cost', async () => {
  const bridge = open();
  const { key, look } = await take(bridge);
  await runHandoff(bridge, key, { drain });
  bridge.clock.move(36_000_000);
  await look();
  const ended = must(await bridge.store.transaction(({ handoffs }) => handoffs.find(key)));
  expect(ended.outcome).toMatchObject({ disposition: 'timed_out', reason: 'deadline' });
  expect(ended.costUsdMicros).toBeGreaterThan(0);
});

it('is stopped by the kill switch before its answer is looked at', async () => {
  const bridge = open();
  const { key, look, told } = await take(bridge);
  await runHandoff(bridge, key, { drain });
  claude.enqueue(answered());
  claude.endBatches();
  const scope = { kind: 'task', name: 'case-summary' } as const;
  await engageKillSwitch(bridge, { scope, by: 'operator', reason: 'test' });
  await look();
  await releaseKillSwitch(bridge, scope, 'operator');
  expect(await told()).toMatchObject({ disposition: 'blocked', reason: 'kill_switch' });
});

it.each([
  ['the kill switch', 'blocked', 'run.stopped'],
  ['its deadline', 'timed_out', 'run.timed_out'],
] as const)('is canceled at the provider when %s ends it', async (what, disposition, event) => {
  const bridge = open();
  const { key, told } = await take(bridge);
  await runHandoff(bridge, key, { drain });
  const before = paths().length;
  const scope = { kind: 'task', name: 'case-summary' } as const;
  if (what === 'the kill switch') await engageKillSwitch(bridge, { scope, by: 'operator', reason: 'test' });
  // Sooner than it would be asked whether the batch is through.
  bridge.clock.move(what === 'the kill switch' ? 24_000 : 36_000_000);
  await runHandoff(bridge, key, { drain });
  await releaseKillSwitch(bridge, scope, 'operator');
  expect(paths().slice(before)).toEqual([
    expect.stringMatching(/^POST \/v1\/messages\/batches\/msgbatch_\d+\/cancel$/),
  ]);
  expect((await eventsOf(bridge, key.txn)).slice(-3, -1)).toEqual(['think.canceled', event]);
  const { claims, ...said } = await told();
  expect(said).toMatchObject({ disposition });
  // What had begun is charged, and nobody asks how much that was.
  expect(claims?.cost_usd_micros).toBeGreaterThan(0);
});

it('is canceled at the provider when another release no longer has its task', async () => {
  const bridge = open();
  const { key } = await take(bridge);
  await runHandoff(bridge, key, { drain });
  await runHandoff({ ...bridge, tasks: new Map() }, key, { drain });
  expect(paths().at(-1)).toMatch(/^POST \/v1\/messages\/batches\/msgbatch_\d+\/cancel$/);
  const ended = must(await bridge.store.transaction(({ handoffs }) => handoffs.find(key)));
  expect(ended.outcome).toMatchObject({ disposition: 'errored', reason: 'release_changed' });
});

it('ends also when the provider cannot be told', async () => {
  const bridge = open();
  const { key } = await take(bridge);
  await runHandoff(bridge, key, { drain });
  // A batch that has ended cannot be canceled.
  claude.endBatches();
  bridge.clock.move(36_000_000);
  await runHandoff(bridge, key, { drain });
  expect((await eventsOf(bridge, key.txn)).slice(-2)).toEqual(['run.timed_out', 'answer.signed']);
});

it('that cannot be found, or holds other questions, is waited for', async () => {
  const { signal } = new AbortController();
  const batches = must(open().model.batches);
  expect(await batches.collect('msgbatch_none', 'x', signal)).toBe('pending');
  const handed = await batches.submit(request, 'one', signal);
  claude.endBatches();
  const id = handed.ok ? handed.batch : '';
  expect(await batches.collect(id, 'another', signal)).toBe('pending');
  expect(await batches.collect(id, 'one', signal)).toMatchObject({
    ok: true,
    answer: { usage: { service_tier: 'batch' } },
  });
});

it('is priced at its share, and not at all where the table has none', () => {
  const none = { currency: prices.currency, rows: prices.rows };
  const [direct, batch] = (['direct', 'batch'] as const).map((way) =>
    createPricing(prices, tiers).worstCaseUsdMicros(request, 0, way),
  );
  expect(direct).toBeUndefined();
  expect(batch).toBeUndefined();
  const nowMs = Date.UTC(2026, 10, 23);
  const most = must(createPricing(prices, tiers).worstCaseUsdMicros(request, nowMs, 'direct'));
  // Two attempts may be billed directly, one by a batch, which costs half.
  expect(createPricing(prices, tiers).worstCaseUsdMicros(request, nowMs, 'batch')).toBe(Math.ceil(most / 4));
  expect(createPricing(none, tiers).worstCaseUsdMicros(request, nowMs, 'batch')).toBeUndefined();
  expect(
    createPricing(none, tiers).costUsdMicros(
      HAIKU.model,
      { input_tokens: 1, output_tokens: 1, service_tier: 'batch' },
      nowMs,
    ),
  ).toBeUndefined();
});
