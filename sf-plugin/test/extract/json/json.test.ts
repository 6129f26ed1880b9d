import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { member, parseJson, type Json } from '../../../src/extract/json/json.ts';
import { LineIndex } from '../../../src/extract/text/lineIndex.ts';
import { UnreadableError } from '../../../src/extract/unreadable.ts';

function parse(text: string): Json {
  const lines = new LineIndex('f.json', text);
  return parseJson(text, (offset) => lines.place(offset));
}

/** The value without its places. */
function plain(json: Json): unknown {
  switch (json.kind) {
    case 'scalar':
      return json.value;
    case 'array':
      return json.items.map(plain);
    case 'object':
      return Object.fromEntries(json.members.map(({ name, value }) => [name, plain(value)]));
  }
}

function refusal(text: string): string {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof UnreadableError) return `${error.place.line}:${error.place.column} ${error.message}`;
    throw error;
  }
  return 'accepted';
}

describe('parseJson', () => {
  it.each([
    '{}',
    '[]',
    ' [ 1 , -2.5e3 , true , false , null ] ',
    '{"a":{"b":[{"c":"\\u00e9\\n\\"\\\\"}]},"d":""}',
    '"text"',
    '0',
    '\r\n{\t"tab" : "é😀" }\r\n',
  ])('reads %s as JSON.parse does', (text) => {
    expect(plain(parse(text))).toEqual(JSON.parse(text));
  });

  it('accepts what JSON.parse accepts, and nothing else', () => {
    const json = fc.json({ stringUnit: 'binary' }).filter((text) => !text.includes('__proto__'));
    const mutation = fc.tuple(json, fc.nat(), fc.constantFrom('', '"', '\\', ',', '}', '[', ' ', '0', '\u0001'));
    const damaged = mutation.map(([text, at, character]) => {
      const index = at % (text.length + 1);
      return text.slice(0, index) + character + text.slice(index + 1);
    });
    fc.assert(
      fc.property(fc.oneof(json, damaged, fc.string()), (text) => {
        let value: unknown;
        try {
          value = JSON.parse(text);
        } catch {
          expect(refusal(text)).not.toBe('accepted');
          return;
        }
        expect(plain(parse(text))).toEqual(value);
      }),
      { numRuns: 1000, seed: 1 },
    );
  });

  it('places values and names', () => {
    expect(parse('{\n  "a": [1,\n    "b"]\n}')).toEqual({
      kind: 'object',
      place: { file: 'f.json', line: 1, column: 1 },
      members: [
        {
          name: 'a',
          place: { file: 'f.json', line: 2, column: 3 },
          value: {
            kind: 'array',
            place: { file: 'f.json', line: 2, column: 8 },
            items: [
              { kind: 'scalar', place: { file: 'f.json', line: 2, column: 9 }, value: 1 },
              { kind: 'scalar', place: { file: 'f.json', line: 3, column: 5 }, value: 'b' },
            ],
          },
        },
      ],
    });
  });

  it.each([
    ['', '1:1 invalid JSON: expected a JSON value'],
    ['{"a":1', "1:7 invalid JSON: expected ',' or '}'"],
    ['{"a" 1}', "1:6 invalid JSON: expected ':'"],
    ['{a: 1}', '1:2 invalid JSON: expected a string'],
    ['{"a": 1,}', '1:9 invalid JSON: expected a string'],
    ['[1,]', '1:4 invalid JSON: expected a JSON value'],
    ['[1 2]', "1:4 invalid JSON: expected ',' or ']'"],
    ['"abc', '1:5 invalid JSON: a string does not end'],
    ['"abc\\', '1:6 invalid JSON: a string does not end'],
    ['"a\nb"', '1:1 invalid JSON: not a JSON value'],
    ['"\\x"', '1:1 invalid JSON: not a JSON value'],
    ['[01]', '1:2 invalid JSON: not a JSON value'],
    ['[True]', '1:2 invalid JSON: not a JSON value'],
    ['1 2', '1:3 invalid JSON: unexpected text after the JSON value'],
  ])('refuses %j', (text, reason) => {
    expect(refusal(text)).toBe(reason);
  });

  it('refuses what is nested without measure', () => {
    expect(refusal('['.repeat(1_000_000))).toBe('1:202 invalid JSON: values are nested too deeply');
  });
});

describe('member', () => {
  it('takes the last of a repeated name, and nothing from what is no object', () => {
    expect(member(parse('{"a": 1, "a": 2}'), 'a')).toMatchObject({ value: 2 });
    expect(member(parse('{"a": 1}'), 'b')).toBeUndefined();
    expect(member(parse('[1]'), 'length')).toBeUndefined();
    expect(member(undefined, 'a')).toBeUndefined();
  });
});
