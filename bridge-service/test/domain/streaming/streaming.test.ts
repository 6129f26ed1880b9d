import { describe, expect, it } from '@jest/globals';
import { parseJson, type Masked } from '../../../src/domain/json.ts';
import { HeldBack, windowLength } from '../../../src/domain/streaming/heldBack.ts';
import { StreamedText } from '../../../src/domain/streaming/streamedText.ts';
import { StringMember } from '../../../src/domain/streaming/stringMember.ts';
import { loadTasks } from '../../../src/adapters/tasks/loadTasks.ts';
import { safeguards } from '../../../src/wiring/safeguards.ts';
import { must } from '../../support/must.ts';
import { tasksFolder } from '../../support/testBridge.ts';

describe('the text of one string member', () => {
  const read = (name: string, chunks: readonly string[]): string => {
    const member = new StringMember(name);
    return chunks.map((chunk) => member.push(chunk)).join('');
  };

  const json = String.raw`{ "quotes" : ["summary", "a: \"b\", {"], "in": {"summary": "no"}, "summary":"Ü \"x\"\n\u00e9\ud83d\ude00\\ }", "z": 1 }`;

  it('is what the JSON says, wherever it is cut', () => {
    const whole = (parseJson(json) as { summary: string }).summary;
    expect(whole).toBe('Ü "x"\né😀\\ }');
    for (let at = 0; at <= json.length; at += 1) {
      expect(read('summary', [json.slice(0, at), json.slice(at)])).toBe(whole);
    }
    expect(read('summary', Array.from(json))).toBe(whole);
  });

  it('is nothing for another name, another type, and what is no JSON', () => {
    expect(read('absent', [json])).toBe('');
    expect(read('z', [json])).toBe('');
    expect(read('summary', ['Let me see. "summary": "no"'])).toBe('');
    expect(read('summary', [String.raw`{"summary":"a\q\u00zzb"}`])).toBe('ab');
  });
});

describe('text that is held back', () => {
  const words = Array.from({ length: 100 }, (_, index) => `word${String(index)}`).join(' ');
  const feed = (text: string, size: number, isClean: (text: string) => boolean = () => true) => {
    const held = new HeldBack(isClean);
    const shown: string[] = [];
    for (let at = 0; at < text.length; at += size) shown.push(held.push(text.slice(at, at + size)));
    return { shown: [...shown, held.end()], before: shown.join('') };
  };

  it.each([1, 7, 80, 1_000])('comes whole at the end, in pieces of %i before', (size) => {
    const { shown, before } = feed(words, size);
    expect(shown.join('')).toBe(words);
    expect(words.length - before.length).toBeGreaterThanOrEqual(windowLength);
    expect(before.endsWith(' ')).toBe(true);
  });

  it('is never shown in part when something is seen in it, wherever it stands', () => {
    for (const bad of ['https://evil.example/?q=1', 'legal advice and a lawsuit of my own']) {
      for (let at = 0; at < 100; at += 9) {
        const text = words.split(' ').toSpliced(at, 0, bad).join(' ');
        const { shown } = feed(text, 5, (seen) => !seen.includes(bad));
        const start = text.indexOf(bad);
        expect(text.slice(0, start).startsWith(shown.join(''))).toBe(true);
      }
    }
  });

  it('ends with a word that has no end', () => {
    const { shown } = feed(`begin ${'x'.repeat(5_000)} end`, 50);
    expect(shown.join('')).toBe('begin ');
  });
});

describe('an answer that somebody reads along', () => {
  const task = must(loadTasks(tasksFolder).get('case-summary'));
  const name = 'Marta Beispielfrau';
  const text = `${name} asks when the lamp comes. She was told Tuesday, and nobody has called her back since then, although it was promised twice. The depot says that ${name} can fetch it today, or have it brought.`;
  const begin = () => {
    const hints = { customer: 'PERSON' };
    const masker = safeguards.createMasker({
      key: new Uint8Array(32),
      known: [],
      hints,
      policy: task.definition.masking,
    });
    const input = { customer: name };
    masker.mask(input);
    const shown: string[] = [];
    const { runGuardrails } = safeguards;
    const streamed = new StreamedText(
      { task, masker, runGuardrails, sources: input, show: (piece) => shown.push(piece) },
      'summary',
    );
    return { masker, streamed, shown };
  };
  const read = (json: (masked: string) => string, size = 3) => {
    const { masker, streamed, shown } = begin();
    const sent = json(masker.mask<string>(text));
    let hasShown = false;
    for (let at = 0; at < sent.length; at += size) {
      hasShown = streamed.push({ block: 0, text: sent.slice(at, at + size) as Masked<string> });
    }
    streamed.end();
    return { shown, hasShown, sent };
  };

  it('has its values back, and no piece ends within one', () => {
    const { shown, hasShown, sent } = read((summary) => JSON.stringify({ summary, nextStep: 'Call.', quotes: [] }));
    expect(sent).not.toContain('Beispielfrau');
    expect(hasShown).toBe(true);
    expect(shown.length).toBeGreaterThan(1);
    expect(shown.join('')).toBe(text);
  });

  it.each([
    ['a link', ' See https://evil.example/?data=1 for more.'],
    ['an address that the input did not have', ' Write to erfunden@example.org.'],
    ['a token that nobody issued', ' Ask [[PERSON_ABCDEF]].'],
  ])('shows nothing of %s', (_, bad) => {
    for (const size of [1, 5, 1_000]) {
      const { shown } = read(
        (summary) => JSON.stringify({ summary: `${summary}${bad}${' and so on'.repeat(40)}` }),
        size,
      );
      expect(`${text} Ask `.startsWith(shown.join(''))).toBe(true);
    }
  });

  it('begins anew with each block, and with each try', () => {
    const { streamed, shown } = begin();
    const push = (block: number, part: string) => streamed.push({ block, text: part as Masked<string> });
    expect(push(0, 'Let me look. {"summary":"half')).toBe(false);
    expect(push(1, '{"summary":"other')).toBe(false);
    streamed.restart();
    expect(push(1, '{"summary":"whole"}')).toBe(false);
    streamed.end();
    expect(shown).toEqual(['whole']);
  });

  it('shows nothing of a try that broke off when the next one has no text', () => {
    const { streamed, shown } = begin();
    streamed.push({ block: 0, text: '{"summary":"half' as Masked<string> });
    streamed.restart();
    streamed.end();
    expect(shown).toEqual([]);
  });
});
