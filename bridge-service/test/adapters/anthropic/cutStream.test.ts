import Anthropic from '@anthropic-ai/sdk';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { startFakeClaude, text, type FakeClaude } from '@agent-readiness/testkit/claude';
import { loadTasks } from '../../../src/adapters/tasks/loadTasks.ts';
import { StreamedText } from '../../../src/domain/streaming/streamedText.ts';
import type { ModelOutcome, TextPiece } from '../../../src/ports/model.ts';
import { safeguards } from '../../../src/wiring/safeguards.ts';
import { must } from '../../support/must.ts';
import { tasksFolder } from '../../support/testBridge.ts';
import { endRuns, modelAt, request, runOf, SONNET } from './support.ts';

const task = must(loadTasks(tasksFolder).get('case-summary'));
const person = 'Marta Beispielfrau';
const email = 'marta@beispielfrau.example';
/** Characters of one to four bytes, escapes of JSON, and values that leave as tokens. */
const words =
  `${person} fragt „wo bleibt \\ meine Lampe?" 😀 – per ${email}.\nIhr wurde Dienstag gesagt, und niemand hat ` +
  `zurückgerufen, obwohl es zweimal versprochen war: „naïve“ 👩‍👩‍👧 Zusage. Das Lager meldet, dass ${person} das ` +
  `Paket heute abholen kann, oder es wird gebracht; bitte an ${email} bestätigen, sobald es geht. Danke ` +
  'für die Geduld, die Lampe ist verpackt und liegt bereit. Der Fuß war gesprungen und wurde ersetzt, ohne Kosten.';

function newMasker() {
  const hints = { customer: 'PERSON' };
  const masker = safeguards.createMasker({
    key: new Uint8Array(32),
    known: [],
    hints,
    policy: task.definition.masking,
  });
  masker.mask({ customer: person, email, words });
  return masker;
}

/** The answer as the model writes it: with tokens, and all but ASCII escaped or not, as models do both. */
const written = (() => {
  const summary = newMasker().mask<string>(words);
  return JSON.stringify({ nextStep: 'Anrufen.', quotes: [], summary }).replaceAll('ü', '\\u00fc');
})();

const short = 'Für 😀: fertig.';

let claude: FakeClaude;
/** Answers, byte for byte as the API streams them. */
let recorded: Uint8Array;
let recordedShort: Uint8Array;
beforeAll(async () => {
  claude = await startFakeClaude();
  recorded = await record(written);
  recordedShort = await record(short);
});
afterEach(endRuns);
afterAll(() => claude.close());

async function record(answer: string): Promise<Uint8Array> {
  claude.enqueue(text(answer));
  const body = JSON.stringify({ model: SONNET.model, max_tokens: 1, messages: [], stream: true });
  const headers = { authorization: 'Bearer k' };
  return (await fetch(`${claude.url}/v1/messages`, { method: 'POST', headers, body })).bytes();
}

/** From here on the end marker is on its way. */
const endOf = (stream: Uint8Array): number => Buffer.from(stream).indexOf('event: message_stop');

/** The connection gives these pieces, and then ends or breaks. */
function connection(pieces: readonly Uint8Array[], how: 'end' | 'break'): typeof fetch {
  return () => {
    const left = [...pieces];
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        const piece = left.shift();
        if (piece !== undefined) controller.enqueue(piece);
        else if (how === 'end') controller.close();
        else controller.error(new TypeError('terminated'));
      },
    });
    return Promise.resolve(new Response(body, { headers: { 'content-type': 'text/event-stream' } }));
  };
}

/** What the real SDK and the adapter make of it. */
function ask(connect: typeof fetch, onText?: (piece: TextPiece) => boolean): Promise<ModelOutcome> {
  const client = new Anthropic({ apiKey: 'sk-test', maxRetries: 0, logLevel: 'off', fetch: connect });
  const model = modelAt(claude, {
    client,
    tiers: { small: [], medium: [SONNET], large: [] },
    retry: { attemptsPerModel: 1, baseWaitMs: 0, maxWaitMs: 0 },
    breaker: { faults: Infinity, openMs: 1 },
  });
  return model.ask(request, { ...runOf(60_000), onText });
}

/** The same, while somebody reads along. */
async function read(connect: typeof fetch) {
  const shown: string[] = [];
  const { runGuardrails } = safeguards;
  const show = (piece: string): void => {
    shown.push(piece);
  };
  const sources = { customer: person, email };
  const along = new StreamedText({ task, masker: newMasker(), runGuardrails, sources, show }, 'summary');
  const outcome = await ask(connect, (piece) => along.push(piece));
  if (outcome.ok) along.end();
  return { outcome, shown };
}

const textIn = (outcome: ModelOutcome): string | undefined => {
  const [part] = outcome.ok ? outcome.answer.content : [];
  return part?.type === 'text' ? part.text : undefined;
};

/** Each value in the text: from its first character to behind its last. */
const values = [...words.matchAll(new RegExp(`${person}|${email}`, 'g'))].map(
  ({ index, 0: value }) => [index, index + value.length] as const,
);

/** The beginning of the text, and no piece of it ends within a value, a character or a token. */
function expectSeemly(shown: readonly string[]): void {
  expect(words.startsWith(shown.join(''))).toBe(true);
  let end = 0;
  for (const piece of shown) {
    end += piece.length;
    expect(values.filter(([from, to]) => from < end && end < to)).toEqual([]);
    expect(piece.isWellFormed()).toBe(true);
  }
}

const howNot = (outcome: ModelOutcome): string =>
  outcome.ok ? 'answered' : `${outcome.failure.kind}, billed ${JSON.stringify(outcome.failure.billed)}`;

describe('an answer whose stream is cut', () => {
  it('is whole, byte for byte, when it comes whole', async () => {
    expect(textIn(await ask(connection([recordedShort], 'end')))).toBe(short);
    const { outcome, shown } = await read(connection([recorded], 'end'));
    expect(textIn(outcome)).toBe(written);
    expect(written).not.toMatch(/beispielfrau/i);
    expect(shown.join('')).toBe(words);
    expectSeemly(shown);
  });

  it.each(['end', 'break'] as const)('before its end, at any byte, by its %s, is no answer', async (how) => {
    const kinds = new Set<string>();
    for (let at = 0; at < endOf(recordedShort); at += 1) {
      kinds.add(howNot(await ask(connection([recordedShort.subarray(0, at)], how))));
    }
    // Nobody knows what it cost, so it counts as the most that it can.
    expect([...kinds]).toEqual(['truncated, billed "unknown"']);
  });

  it('within its end marker is the whole answer, or none', async () => {
    for (let at = endOf(recordedShort); at <= recordedShort.length; at += 1) {
      const outcome = await ask(connection([recordedShort.subarray(0, at)], 'end'));
      expect([short, undefined]).toContain(textIn(outcome));
    }
  });

  it('has shown a beginning of itself, and no value in part', async () => {
    let most = 0;
    for (let at = 0; at < endOf(recorded); at += 97) {
      const { outcome, shown } = await read(connection([recorded.subarray(0, at)], 'break'));
      expect(outcome.ok).toBe(false);
      expectSeemly(shown);
      most = Math.max(most, shown.join('').length);
    }
    expect(most).toBeGreaterThan(200);
    expect(most).toBeLessThan(words.length);
  });

  it('into pieces reads the same: within characters, escapes, tokens and events', async () => {
    const whole = async (pieces: readonly Uint8Array[]): Promise<void> => {
      const { outcome, shown } = await read(connection(pieces, 'end'));
      expect([textIn(outcome), shown.join('')]).toEqual([written, words]);
      expectSeemly(shown);
    };
    await whole(Array.from(recorded, (byte) => Uint8Array.of(byte)));
    const places = fc.array(fc.nat({ max: recorded.length }), { maxLength: 60 });
    const cut = fc.asyncProperty(places, (ends) => whole(piecesOf(recorded, ends)));
    await fc.assert(cut, { numRuns: 60, seed: 1 });
  });
});

function piecesOf(bytes: Uint8Array, places: readonly number[]): readonly Uint8Array[] {
  const ends = [...places].sort((a, b) => a - b);
  return [...ends, bytes.length].map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
}
