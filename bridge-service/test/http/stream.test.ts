import { EventEmitter, once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Response } from 'express';
import { startFakeClaude, text, type FakeBehaviour, type FakeClaude } from '@agent-readiness/testkit/claude';
import { openDatabase, type Database } from '../../src/adapters/sql/openDatabase.ts';
import { windowLength } from '../../src/domain/streaming/heldBack.ts';
import { receiveOffer } from '../../src/app/custody/receiveOffer.ts';
import { readGauges } from '../../src/app/operate/readGauges.ts';
import type { OnText } from '../../src/app/run/asking.ts';
import type { Answer } from '../../src/domain/answer.ts';
import type { RunFacts, Watch } from '../../src/ports/watch.ts';
import { streamAnswer } from '../../src/http/routes/streamAnswer.ts';
import { safeguards } from '../../src/wiring/safeguards.ts';
import { modelAt } from '../adapters/anthropic/support.ts';
import { eventsOf } from '../support/handOff.ts';
import { must } from '../support/must.ts';
import { ids, newOffer, type OfferOptions } from '../support/offers.ts';
import { serveApp, type ServedApp } from '../support/serveApp.ts';
import { openStore } from '../support/sqlStore.ts';
import { createTestBridge, verifyAnswer, type TestBridge } from '../support/testBridge.ts';

jest.setTimeout(180_000);

/** Takes the first piece of text and leaves everything after it unread. */
class SlowResponse extends EventEmitter {
  readonly written: string[] = [];
  readonly writableNeedDrain = true;
  get writableLength(): number {
    return this.written.some((text) => text.startsWith('event: text')) ? 1_000_000 : 0;
  }
  status(): this {
    return this;
  }
  set(): this {
    return this;
  }
  flushHeaders(): void {
    this.emit('flushed');
  }
  write(text: string): boolean {
    this.written.push(text);
    return false;
  }
  end(): void {
    this.emit('close');
  }
}

let database: Database;
let claude: FakeClaude;
const served: ServedApp[] = [];
/** What the watch was told, oldest first. */
const runs: RunFacts[] = [];
beforeAll(async () => {
  database = await openDatabase({ kind: 'memory' });
  claude = await startFakeClaude();
}, 300_000);
afterEach(() => {
  claude.reset();
});
afterAll(async () => {
  await Promise.all(served.map((each) => each.close()));
  await claude.close();
  await database.close();
});

const email = 'marta@beispielfrau.example';
const payload = JSON.stringify({
  case: { id: ids.case, subject: 'Delivery', description: `I am waiting. Write to ${email}.`, comments: [] },
});
const filler = 'The customer has been waiting since Tuesday, and the depot has the parcel. '.repeat(6);

/** The real SDK against the fake API, the real controls, and the real HTTP surface. */
async function serve(): Promise<{ bridge: TestBridge; app: ServedApp }> {
  const base = createTestBridge(openStore(database), safeguards);
  const watch: Watch = {
    ...base.watch,
    ran: (run) => {
      runs.push(run);
    },
  };
  const model = { ...base.model, ...modelAt(claude, { clock: base.clock }) };
  const bridge = { ...base, model, watch };
  const app = await serveApp(bridge);
  served.push(app);
  return { bridge, app };
}

async function offerTo(bridge: TestBridge, task: OfferOptions['task'] = 'case-summary') {
  const claims = { masking_hints: {} };
  return newOffer({ nowMs: bridge.clock.nowMs(), task, claims, ...(task === 'case-summary' ? { payload } : {}) });
}

function summary(words: string, more: object = {}): FakeBehaviour {
  return text(JSON.stringify({ summary: words, nextStep: 'Call.', quotes: [], ...more }));
}

interface Event {
  readonly name: string;
  readonly data: unknown;
}

function eventsIn(body: string): readonly Event[] {
  return body
    .split('\n\n')
    .filter((block) => block.startsWith('event: '))
    .map((block) => {
      const [name = '', data = ''] = block.split('\n');
      return { name: name.slice('event: '.length), data: JSON.parse(data.slice('data: '.length)) as unknown };
    });
}

async function stream(behaviours: readonly FakeBehaviour[], task?: OfferOptions['task']) {
  const { bridge, app } = await serve();
  claude.enqueue(...behaviours);
  const { offer, message } = await offerTo(bridge, task);
  const response = await fetch(`${app.url}/v1/handoffs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify(message),
  });
  const events = eventsIn(await response.text());
  const given = events.at(-1)?.data as Answer;
  const { result } = await verifyAnswer(bridge, offer, given);
  const pieces = events.flatMap(({ name, data }) =>
    name === 'text' ? [data as { readonly question: number; readonly text: string }] : [],
  );
  return {
    bridge,
    txn: offer.claims.txn,
    names: [...new Set(events.map(({ name }) => name))],
    pieces,
    disposition: result?.claims.disposition,
    cost: result?.claims.cost_usd_micros,
    told: JSON.parse(given.payload ?? '{}') as { reason: string; output?: { summary: string } },
  };
}

const textOf = (pieces: readonly { readonly question: number; readonly text: string }[], question = 1): string =>
  pieces.flatMap((piece) => (piece.question === question ? [piece.text] : [])).join('');

describe('an answer that is read while it comes', () => {
  it('comes in pieces with its values back, then signed', async () => {
    const { bridge, txn, names, pieces, disposition, told } = await stream([summary(filler)]);
    expect(names).toEqual(['accept', 'text', 'answer']);
    expect(pieces.length).toBeGreaterThan(1);
    expect(textOf(pieces)).toBe(filler);
    expect([disposition, told.output?.summary]).toEqual(['executed', filler]);
    const events = await eventsOf(bridge, txn);
    expect(events.indexOf('unmask.streamed')).toBeLessThan(events.indexOf('think.dispatched'));
    const { startedMs, firstShownMs, endedMs } = must(runs.at(-1));
    expect(firstShownMs).toBeGreaterThanOrEqual(startedMs);
    expect(firstShownMs).toBeLessThanOrEqual(endedMs);
  });

  it('shows the values of the org and nothing of their tokens', async () => {
    claude.respondWith(({ raw }) => {
      const [token = 'no token'] = /\[\[EMAIL_\w+\]\]/.exec(raw) ?? [];
      return summary(`${filler}Write to ${token} today. ${filler}`);
    });
    const { pieces } = await stream([]);
    expect(textOf(pieces)).toBe(`${filler}Write to ${email} today. ${filler}`);
  });

  it('shows nothing of what a guardrail blocks', async () => {
    const { pieces, disposition, told } = await stream([
      summary(`${filler}See https://evil.example/?q=${'x'.repeat(50)} now. ${filler}`),
    ]);
    expect(filler.startsWith(textOf(pieces))).toBe(true);
    expect([disposition, told.reason]).toEqual(['blocked', 'guard_out']);
  });

  it('that ends at its limit keeps back what was not looked at, and half a token', async () => {
    for (const half of ['[[EM', '[[EMAIL_', '[[EMAIL_39C4']) {
      const whole = `${filler}Write to ${half}`;
      const { pieces, disposition, told } = await stream([text(`{"summary":"${whole}`, { stopReason: 'max_tokens' })]);
      expect([disposition, told.reason]).toEqual(['errored', 'output_incomplete']);
      expect(textOf(pieces).length).toBeGreaterThan(100);
      expect(whole.length - textOf(pieces).length).toBeGreaterThanOrEqual(windowLength);
    }
  });

  it('begins again with the question that repairs', async () => {
    const { pieces, disposition } = await stream([
      summary(filler, { quotes: ['Nobody ever said this.'] }),
      summary(`Better. ${filler}`),
    ]);
    expect([textOf(pieces, 1), textOf(pieces, 2)]).toEqual([filler, `Better. ${filler}`]);
    expect(disposition).toBe('executed');
  });

  it('of which a part was seen is not begun anew by another try', async () => {
    const { pieces, disposition, told } = await stream([
      { ...summary(filler.repeat(3)), cut: { afterBytes: 6_000, how: 'end' } } as FakeBehaviour,
    ]);
    expect(filler.repeat(3).startsWith(textOf(pieces))).toBe(true);
    expect(textOf(pieces).length).toBeGreaterThan(0);
    expect([disposition, told.reason]).toEqual(['errored', 'model_unavailable']);
  });

  it('of which nothing was seen may be tried again', async () => {
    const { pieces, disposition } = await stream([
      { ...summary(filler), cut: { afterBytes: 1_000, how: 'end' } } as FakeBehaviour,
      summary(filler),
    ]);
    expect([textOf(pieces), disposition]).toEqual([filler, 'executed']);
  });

  it('and is cut off whenever it is asked for, ends as an error that is paid for, and leaves nothing reserved', async () => {
    const lengths = new Set<boolean>();
    for (const afterBytes of [0, 700, 2_000, 4_000, 6_500, 8_500]) {
      for (const how of ['end', 'reset'] as const) {
        claude.respondWith(() => ({ ...summary(filler.repeat(2)), cut: { afterBytes, how } }) as FakeBehaviour);
        const { bridge, pieces, disposition, told, cost } = await stream([]);
        expect([disposition, told.reason, told.output]).toEqual(['errored', 'model_unavailable', undefined]);
        expect(filler.repeat(2).startsWith(textOf(pieces))).toBe(true);
        // Nobody knows what was charged: the most that a question can be.
        expect(cost).toBe(10_000);
        const { budgets } = await readGauges(bridge);
        expect(budgets.filter(({ reservedUsdMicros }) => reservedUsdMicros > 0)).toEqual([]);
        lengths.add(pieces.length > 0);
      }
    }
    expect([...lengths]).toEqual([false, true]);
  });

  it('is not shown by a task that may write', async () => {
    const refund = { decision: 'refund', amount: 1, reason: filler.slice(0, 250), confidence: 1, quotes: [] };
    const { names, disposition } = await stream([text(JSON.stringify(refund))], 'refund-review');
    expect([names, disposition]).toEqual([['accept', 'answer'], 'approval_required']);
    expect(must(runs.at(-1)).firstShownMs).toBeUndefined();
  });
});

describe('a reader', () => {
  it('that does not keep up gets no more text, and the answer', async () => {
    const { bridge, app } = await serve();
    claude.enqueue(summary(filler));
    const { message } = await offerTo(bridge);
    const received = await receiveOffer(bridge, message);
    if (!('key' in received)) throw new Error(received.kind);
    const response = new SlowResponse();
    const { key, offerSha256 } = received;
    const work = (onText: OnText): Promise<void> => app.runner.run(key, onText);
    await streamAnswer({ bridge }, response as unknown as Response, { key, offerSha256, work });
    const names = eventsIn(response.written.join('')).map(({ name }) => name);
    expect(names).toEqual(['accept', 'text', 'answer']);
  });

  it('that goes away or reads nothing stops nothing', async () => {
    for (const leaves of [true, false]) {
      const { bridge, app } = await serve();
      claude.enqueue(summary(filler));
      const { offer, message } = await offerTo(bridge);
      const body = JSON.stringify(message);
      const { port } = new URL(app.url);
      const socket = connect(Number(port), '127.0.0.1');
      socket.pause();
      socket.write(
        `POST /v1/handoffs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAccept: text/event-stream\r\n` +
          `Content-Length: ${String(Buffer.byteLength(body))}\r\n\r\n${body}`,
      );
      if (leaves) {
        socket.resume();
        await once(socket, 'data');
        socket.destroy();
      }
      const key = { org: offer.claims.iss, txn: offer.claims.txn };
      const stateOf = () => bridge.store.transaction(async ({ handoffs }) => (await handoffs.find(key))?.state);
      while ((await stateOf()) !== 'finished') await bridge.clock.sleep(20);
      socket.destroy();
      expect(must(await stateOf())).toBe('finished');
    }
  });
});
