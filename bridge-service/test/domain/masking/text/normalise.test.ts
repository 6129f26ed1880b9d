import { describe, expect, it } from '@jest/globals';
import { encodedRuns, withoutEscapes } from '../../../../src/domain/masking/text/encodings.ts';
import { comparable, foldCase, normalise } from '../../../../src/domain/masking/text/normalise.ts';

describe('normalise', () => {
  it.each([
    ['plain ASCII stays', 'Maria <m@x.org>\n', 'Maria <m@x.org>\n'],
    ['full width', '４１１１ Ｍａｒｉａ＠ｘ．ｏｒｇ', '4111 Maria@x.org'],
    ['digits of other scripts', '٠١٢٣٤٥٦٧٨٩ ۴۵ ०१९ ௧ 𝟗', '0123456789 45 019 1 9'],
    ['invisible characters', 'Ma\u200bri\u2060a\u00ad \u202eLopez\u202c\ufe0f', 'Maria Lopez'],
    ['tag characters', 'a\u{e0041}b', 'ab'],
    ['marks are composed', 'Lo\u0301pez', 'López'],
    ['at most eight marks', `a${'\u0301'.repeat(1000)}`, 'á\u0301\u0301\u0301\u0301\u0301\u0301\u0301'],
    ['spaces and dashes', 'a\u00a0b\u2003c\u3000d 1\u20132\u20113', 'a b c d 1-2-3'],
    ['ligatures', 'oﬃce', 'office'],
    ['look-alikes in a mixed word', 'dоnald.аllen', 'donald.allen'],
    ['an honest Cyrillic word stays', 'Анна Сара', 'Анна Сара'],
  ])('%s', (_, text, expected) => {
    expect(normalise(text).text).toBe(expected);
  });

  it('maps back to the original, invisible characters inside included', () => {
    const text = 'x Ma\u200bri\u200ba ﬃ!';
    const seen = normalise(text);
    expect(seen.text).toBe('x Maria ffi!');
    const original = (start: number, end: number) => {
      const span = seen.original({ start, end });
      return text.slice(span.start, span.end);
    };
    expect(original(2, 7)).toBe('Ma\u200bri\u200ba');
    expect(original(8, 11)).toBe('ﬃ');
    expect(original(9, 10)).toBe('ﬃ');
    expect(original(11, 12)).toBe('!');
  });
});

describe('foldCase', () => {
  it('drops case and marks, and maps back', () => {
    const text = 'GROẞ Łódź İx';
    const folded = foldCase(text);
    expect(folded.text).toBe('gross lodz ix');
    expect(folded.original({ start: 3, end: 5 })).toEqual({ start: 3, end: 4 });
    expect(folded.original({ start: 6, end: 10 })).toEqual({ start: 5, end: 9 });
  });

  it('makes two spellings of a name compare equal', () => {
    expect(comparable('MÜLLER')).toBe(comparable('mu\u0308ller'));
    expect(comparable('Søren Ærø')).toBe('soren aero');
  });
});

describe('withoutEscapes', () => {
  it.each([
    ['maria%40x.org', 'maria@x.org'],
    ['M%C3%BCller', 'Müller'],
    ['100% sure, %zz', undefined],
    ['%ff%fe x', '%ff%fe x'],
    ['\\u006daria\\x40x.org', 'maria@x.org'],
    ['maria&#64;x&period;org &#x41; &amp;', 'maria@x.org A &'],
    ['&#9999999;', '&#9999999;'],
  ])('%s', (text, expected) => {
    expect(withoutEscapes(text)?.text).toBe(expected);
  });

  it('maps back character by character', () => {
    const text = 'to m%C3%BCller%40x now';
    const seen = withoutEscapes(text);
    expect(seen?.text).toBe('to müller@x now');
    expect(seen?.original({ start: 3, end: 11 })).toEqual({ start: 3, end: 18 });
  });
});

describe('encodedRuns', () => {
  it('decodes base64, URL-safe base64 and hexadecimal', () => {
    expect(encodedRuns('x TWFyaWEgTG9wZXo= y 4d61726961204c6f70657a z')).toEqual([
      { start: 2, end: 18, decoded: 'Maria Lopez' },
      { start: 21, end: 43, decoded: 'Maria Lopez' },
    ]);
  });

  it('tells a replacement character that was written from bytes that are no text', () => {
    expect(encodedRuns('77+9IHdyaXR0ZW4= 77+977+977+9/w==')).toEqual([
      { start: 0, end: 16, decoded: '\ufffd written' },
    ]);
  });

  it('leaves words, bytes and ids alone', () => {
    expect(encodedRuns('incomprehensibilities 5003000000D8cuIAAR aGVsbG8 ////////////')).toEqual([]);
  });
});
