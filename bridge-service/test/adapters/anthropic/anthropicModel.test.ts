import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type FakeBehaviour,
  type FakeClaude,
  overloaded,
  rateLimited,
  refusal,
  serverError,
  startFakeClaude,
  text,
} from '@agent-readiness/testkit/claude';
import { systemClock } from '../../../src/adapters/system/systemClock.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import type { ModelOutcome, ModelRequest } from '../../../src/ports/model.ts';
import { must } from '../../support/must.ts';
import { HAIKU, SONNET, endRuns, masked, modelAt, request, runOf } from './support.ts';

let claude: FakeClaude;
beforeAll(async () => {
  claude = await startFakeClaude();
});
afterAll(() => claude.close());
afterEach(() => {
  endRuns();
  claude.reset();
});

/** Asks once, over the given behaviours; what was left of them is a mistake of the test. */
async function ask(behaviours: readonly FakeBehaviour[], change: Partial<ModelRequest> = {}, run = runOf()) {
  const before = claude.asked.length;
  claude.enqueue(...behaviours);
  const outcome = await modelAt(claude).ask({ ...request, ...change }, run);
  const models = claude.asked.slice(before).map(({ body }) => body?.['model']);
  return { outcome, models, run };
}

function kindOf(outcome: ModelOutcome): string {
  return outcome.ok ? outcome.answer.stopReason : outcome.failure.kind;
}

describe('an answer', () => {
  it('carries text, model, ids and the raw usage', async () => {
    const { outcome } = await ask([text('Grüße 👋', { usage: { input_tokens: 11, output_tokens: 7 } })]);
    expect(outcome).toMatchObject({
      ok: true,
      answer: {
        model: SONNET.model,
        content: [{ type: 'text', text: 'Grüße 👋' }],
        stopReason: 'end_turn',
        refusalCategory: undefined,
        usage: { input_tokens: 11, output_tokens: 7 },
      },
    });
    expect(outcome.ok && [outcome.answer.messageId, outcome.answer.requestId]).toEqual([
      expect.stringMatching(/^msg_/),
      expect.stringMatching(/^req_/),
    ]);
  });

  it('carries the use of a tool, whole', async () => {
    const input = { order: '801', note: 'O"Brien\\ ü' };
    const { outcome } = await ask([
      { kind: 'answer', content: [{ type: 'tool_use', id: 'toolu_1', name: 'read_order', input }] },
    ]);
    expect(outcome).toMatchObject({
      ok: true,
      answer: { stopReason: 'tool_use', content: [{ type: 'tool_use', id: 'toolu_1', name: 'read_order', input }] },
    });
  });

  it('is shown as it comes to whoever waits', async () => {
    const { run } = await ask([text('one two three four')], {}, runOf(5000, { watched: true }));
    expect(run.shown.length).toBeGreaterThan(1);
    expect(run.shown.join('')).toBe('one two three four');
  });

  it.each([['cyber'], [null], ['a category of tomorrow']])('that refuses (%s) is an outcome', async (category) => {
    const { outcome, models } = await ask([refusal(category, [{ type: 'text', text: 'I can' }])]);
    expect(outcome).toMatchObject({
      ok: true,
      answer: { stopReason: 'refusal', refusalCategory: category ?? undefined },
    });
    expect(models).toEqual([SONNET.model]);
  });
});

describe('what leaves', () => {
  it('is the request, the key once, and nothing else', async () => {
    await ask([text('ok')], {
      system: [
        { text: masked('rules'), stable: true },
        { text: masked('today'), stable: false },
      ],
      tools: [{ name: 'read_order', description: 'Reads', inputSchema: { properties: { id: { type: 'string' } } } }],
      outputSchema: { type: 'object', properties: {} },
      messages: [
        { role: 'user', content: [{ type: 'text', text: masked('q') }] },
        { role: 'assistant', content: [{ type: 'tool_use', id: 't1', name: 'read_order', input: {} as never }] },
        { role: 'user', content: [{ type: 'tool_result', toolUseId: 't1', content: masked('r'), isError: false }] },
      ],
    });
    const { body, headers, raw } = must(claude.asked.at(-1));
    expect(body).toEqual({
      model: SONNET.model,
      max_tokens: 200,
      stream: true,
      system: [
        { type: 'text', text: 'rules', cache_control: { type: 'ephemeral' } },
        { type: 'text', text: 'today' },
      ],
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'q', cache_control: { type: 'ephemeral' } }] },
        { role: 'assistant', content: [{ type: 'tool_use', id: 't1', name: 'read_order', input: {} }] },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't1', content: 'r', is_error: false }] },
      ],
      tools: [
        {
          name: 'read_order',
          description: 'Reads',
          input_schema: { type: 'object', properties: { id: { type: 'string' } } },
        },
      ],
      output_config: { format: { type: 'json_schema', schema: { type: 'object', properties: {} } } },
    });
    expect(headers.authorization).toBe('Bearer sk-test');
    expect(headers['x-api-key']).toBeUndefined();
    expect(raw).not.toContain('sk-test');
  });

  it('hits the cache from the second time on', async () => {
    const system = [{ text: masked('long rules '.repeat(50)), stable: true }];
    const read = ({ outcome }: { outcome: ModelOutcome }) =>
      outcome.ok ? outcome.answer.usage['cache_read_input_tokens'] : undefined;
    expect(read(await ask([text('ok')], { system }))).toBe(0);
    expect(read(await ask([text('ok')], { system }))).toBeGreaterThan(100);
  });

  it('reads a conversation that goes on from the cache, up to where it stood', async () => {
    const words = (count: number) => masked('what the record says '.repeat(count));
    const first = { role: 'user', content: [{ type: 'text', text: words(100) }] } as const;
    const then = [
      { role: 'assistant', content: [{ type: 'text', text: masked('more') }] },
      { role: 'user', content: [{ type: 'text', text: words(10) }] },
    ] as const;
    const usageOf = async (messages: ModelRequest['messages'], goesOn: boolean) => {
      const tools = [{ name: 'read_order', description: 'Reads', inputSchema: {} }];
      const { outcome } = await ask([text('ok')], { messages, tools, goesOn });
      if (!outcome.ok) throw new Error(outcome.failure.kind);
      const {
        input_tokens: fresh,
        cache_read_input_tokens: read,
        cache_creation_input_tokens: written,
      } = outcome.answer.usage;
      return { fresh: Number(fresh), read: Number(read), written: Number(written) };
    };
    const one = await usageOf([first], true);
    const two = await usageOf([first, ...then], true);
    const last = await usageOf([first, ...then, ...then], false);
    expect([one.read, one.written > 500]).toEqual([0, true]);
    expect(two.read).toBe(one.written);
    // Nothing follows the last question: it reads what the one before has written, and writes nothing.
    expect([last.read, last.written]).toEqual([two.read + two.written, 0]);
    expect(two.read / (two.read + two.written + two.fresh)).toBeGreaterThan(0.8);
  });
});

describe('a fault that may pass', () => {
  it.each<[string, FakeBehaviour]>([
    ['overloaded', overloaded()],
    ['a server error', serverError()],
    ['a gateway time-out', serverError(504)],
    ['a rate limit', rateLimited('0')],
    ['a growth limit', rateLimited('0', 'ramp_limit_exceeded')],
    ['a reset connection', { kind: 'reset' }],
    ['a cut without the end', text('half', { withoutMessageStop: true })],
    ['an error in the stream', text('half', { errorEvent: { index: 3, type: 'overloaded_error' } })],
    ['an answer that is no stream', { kind: 'raw', status: 200, contentType: 'text/event-stream', body: '<html>' }],
  ])('%s: once more, then the answer', async (_, fault) => {
    const { outcome, models } = await ask([fault]);
    expect(kindOf(outcome)).toBe('end_turn');
    expect(models).toEqual([SONNET.model, SONNET.model]);
  });

  it('that stays: the next model, and it gets the same question', async () => {
    const { outcome, models } = await ask([overloaded(), overloaded()]);
    expect(outcome).toMatchObject({ ok: true, answer: { model: HAIKU.model } });
    expect(models).toEqual([SONNET.model, SONNET.model, HAIKU.model]);
    const [first, , third] = claude.asked.slice(-3).map(({ body }) => ({ ...body, model: '' }));
    expect(third).toEqual(first);
  });

  it('never leads to another model where the task forbids it', async () => {
    const { outcome, models } = await ask([overloaded(), overloaded()], { allowFallback: false });
    expect(kindOf(outcome)).toBe('overloaded');
    expect(models).toEqual([SONNET.model, SONNET.model]);
  });

  it('is never followed by more than two attempts that may be billed', async () => {
    const { outcome, models, run } = await ask([serverError(), serverError()]);
    expect(kindOf(outcome)).toBe('unavailable');
    expect(models).toEqual([SONNET.model, SONNET.model]);
    expect(run.attempts.map(({ phase }) => phase)).toEqual(['started', 'ended', 'started', 'ended']);
  });

  it('after the caller has seen part of the answer ends it: nobody reads two beginnings', async () => {
    const fault = text('a long answer', { errorEvent: { index: 5, type: 'overloaded_error' } });
    const { outcome, models, run } = await ask([fault], {}, runOf(5000, { watched: true }));
    expect(kindOf(outcome)).toBe('overloaded');
    expect(run.shown.join('')).toBe('a long answer'.slice(0, run.shown.join('').length));
    expect(models).toEqual([SONNET.model]);
  });
});

describe('a fault that will not pass', () => {
  it.each<[string, FakeBehaviour, string]>([
    ['a spend limit', rateLimited('1', 'enforced_spend_limit_reached'), 'spend_limit'],
    ['a contract limit', rateLimited('1', 'contract_spend_limit_reached'), 'spend_limit'],
    ['no payment', { kind: 'error', status: 402, type: 'billing_error' }, 'spend_limit'],
    ['a bad request', { kind: 'error', status: 400, type: 'invalid_request_error' }, 'invalid_request'],
    ['too large', { kind: 'error', status: 413, type: 'request_too_large' }, 'invalid_request'],
    ['a bad key', { kind: 'error', status: 401, type: 'authentication_error' }, 'not_authorised'],
    ['no permission', { kind: 'error', status: 403, type: 'permission_error' }, 'not_authorised'],
  ])('%s: one attempt, nothing billed', async (_, fault, kind) => {
    const { outcome, models } = await ask([fault]);
    expect(outcome).toMatchObject({ ok: false, failure: { kind, billed: 'none' } });
    expect(models).toEqual([SONNET.model]);
  });

  it('a model that does not exist: the next one', async () => {
    const { models } = await ask([{ kind: 'error', status: 404, type: 'not_found_error' }]);
    expect(models).toEqual([SONNET.model, HAIKU.model]);
  });

  it('carries the code and the request id, and no text of the answer', async () => {
    const { outcome } = await ask([rateLimited('1', 'enforced_spend_limit_reached')]);
    expect(outcome).toEqual({
      ok: false,
      failure: {
        kind: 'spend_limit',
        model: SONNET.model,
        code: 'enforced_spend_limit_reached',
        requestId: expect.stringMatching(/^req_/),
        retryAfterMs: 1000,
        billed: 'none',
      },
    });
  });
});

/** At every byte, without the sockets: `cutStream.test.ts`. */
describe('a stream cut anywhere', () => {
  const words = 'A complete answer, in several pieces.';

  it('is never taken for an answer', async () => {
    const model = modelAt(claude, {
      tiers: { small: [], medium: [SONNET], large: [] },
      retry: { attemptsPerModel: 1, baseWaitMs: 0, maxWaitMs: 0 },
      breaker: { faults: Infinity, openMs: 1 },
    });
    claude.enqueue(text(words));
    const complete = await fetch(`${claude.url}/v1/messages`, {
      method: 'POST',
      headers: { authorization: 'Bearer k' },
      body: JSON.stringify({ model: 'm', max_tokens: 1, messages: [], stream: true }),
    });
    const stop = (await complete.text()).indexOf('event: message_stop');
    expect(stop).toBeGreaterThan(1000);
    const kinds = new Set<string>();
    for (let afterBytes = 0; afterBytes <= stop; afterBytes += 53) {
      for (const how of ['end', 'reset'] as const) {
        claude.enqueue(text(words, { cut: { afterBytes, how } }));
        kinds.add(kindOf(await model.ask(request, runOf())));
      }
    }
    expect([...kinds]).toEqual(['truncated']);
  });
});

describe('the deadline', () => {
  /** For a machine that is busy; without the deadline each of these would take three times as long. */
  const SLACK_MS = 10_000;
  it.each<[string, FakeBehaviour]>([
    ['a slow status line', text('late', { headerDelayMs: 60_000 })],
    ['a stalled stream', text('half', { cut: { afterBytes: 400, how: 'stall' } })],
    ['slow tokens', text('x'.repeat(2_500), { eventDelayMs: 100 })],
    ['a long retry-after', rateLimited('3600')],
    ['a retry-after of years', rateLimited('999999999')],
  ])('bounds %s', async (_, behaviour) => {
    claude.respondWith(() => behaviour);
    const started = performance.now();
    const { outcome } = await ask([], {}, runOf(300));
    expect(performance.now() - started).toBeLessThan(300 + SLACK_MS);
    expect(outcome.ok).toBe(false);
  });

  it('that has passed lets nothing leave', async () => {
    const before = claude.asked.length;
    const run = { ...runOf(), signal: AbortSignal.abort() };
    expect(kindOf(await modelAt(claude).ask(request, run))).toBe('timeout');
    expect(claude.asked.length).toBe(before);
  });

  it('near: a model that cannot end in time makes room for a faster one', async () => {
    const waits: number[] = [];
    const clock: Clock = {
      ...systemClock,
      // Does not wait that long: what counts is for how long it would.
      deadline: (ms) => {
        waits.push(ms);
        return systemClock.deadline(20);
      },
    };
    const medium = [{ ...SONNET, expectedMs: 2_000 }, HAIKU];
    const model = modelAt(claude, { clock, tiers: { small: [], medium, large: [] } });
    claude.enqueue(text('late', { headerDelayMs: 60_000 }), text('fast'));
    const outcome = await model.ask(request, runOf(60_000));
    expect(outcome).toMatchObject({ ok: true, answer: { model: HAIKU.model } });
    expect(waits).toHaveLength(1);
    expect(must(waits[0])).toBeLessThanOrEqual(60_000 - HAIKU.expectedMs);
  });

  it('is no reason to leave a model whose answer somebody reads', async () => {
    const run = runOf(60_000, { watched: true });
    const shownBefore: number[] = [];
    const never = new AbortController().signal;
    const cancel = () => shownBefore.push(run.shown.length);
    const clock: Clock = { ...systemClock, deadline: () => ({ signal: never, cancel }) };
    const model = modelAt(claude, {
      clock,
      tiers: { small: [], medium: [{ ...SONNET, expectedMs: 2_000 }, HAIKU], large: [] },
    });
    claude.enqueue(text('one two three four five six'));
    expect(await model.ask(request, run)).toMatchObject({ ok: true, answer: { model: SONNET.model } });
    // With the first piece already, not only at the end.
    expect([run.shown.length > 1, shownBefore[0]]).toEqual([true, 1]);
  });

  it('too near for the first choice: the faster one at once', async () => {
    const slow = { ...SONNET, expectedMs: 60_000 };
    const model = modelAt(claude, { tiers: { small: [], medium: [slow, HAIKU], large: [] } });
    const outcome = await model.ask(request, runOf(2000));
    expect(outcome).toMatchObject({ ok: true, answer: { model: HAIKU.model } });
  });
});

describe('before a request leaves', () => {
  it('its start is recorded; if that fails, nothing leaves', async () => {
    const before = claude.asked.length;
    const run = { ...runOf(), onAttempt: () => Promise.reject(new Error('store gone')) };
    await expect(modelAt(claude).ask(request, run)).rejects.toThrow('store gone');
    expect(claude.asked.length).toBe(before);
  });

  it('models that may not be asked are left out', async () => {
    const model = modelAt(claude, { usable: (name) => name === HAIKU.model });
    expect(await model.ask(request, runOf())).toMatchObject({ ok: true, answer: { model: HAIKU.model } });
    const none = modelAt(claude, { usable: () => false });
    expect(kindOf(await none.ask(request, runOf()))).toBe('no_model');
  });
});

describe('the breaker', () => {
  it('of one model opens after its faults, and stops no other', async () => {
    const model = modelAt(claude, { breaker: { faults: 2, openMs: 60_000 } });
    claude.enqueue(overloaded(), overloaded());
    await model.ask(request, runOf());
    const before = claude.asked.length;
    await model.ask(request, runOf());
    expect(claude.asked.slice(before).map(({ body }) => body?.['model'])).toEqual([HAIKU.model]);
  });

  it('is not opened by refusals and bad requests', async () => {
    const model = modelAt(claude, { breaker: { faults: 2, openMs: 60_000 } });
    for (let i = 0; i < 10; i += 1) {
      claude.enqueue(refusal('cyber'));
      await model.ask(request, runOf());
      claude.enqueue({ kind: 'error', status: 400, type: 'invalid_request_error' });
      await model.ask(request, runOf());
    }
    expect(await model.ask(request, runOf())).toMatchObject({ ok: true, answer: { model: SONNET.model } });
  });
});
