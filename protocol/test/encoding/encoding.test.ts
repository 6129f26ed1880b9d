import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from '@agent-readiness/protocol';
import { fromBase64, fromBase64Url, fromUtf8, isWellFormed, sha256Hex, toBase64Url } from '../../src/encoding/bytes.ts';
import { maxJsonDepth, parseStrictJson } from '../../src/encoding/strictJson.ts';

describe('canonicalJson', () => {
  it.each([
    // RFC 8785 section 3.2.2, the sample object.
    [
      '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    ],
    // RFC 8785 section 3.2.3: order by UTF-16 code units.
    [
      '{"\\u20ac":"Euro Sign","\\r":"Carriage Return","\\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\\ud83d\\ude00":"Emoji: Grinning Face","\\u0080":"Control","\\u00f6":"Latin Small Letter O With Diaeresis"}',
      '{"\\r":"Carriage Return","1":"One","\u0080":"Control","ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign","😀":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
    ],
    ['[-0, 0, 1.0, 9007199254740993]', '[0,0,1,9007199254740992]'],
    ['"A\\u030a"', '"A\u030a"'],
  ])('writes %s', (json, canonical) => {
    expect(canonicalJson(JSON.parse(json))).toBe(canonical);
  });

  it('leaves out members that are undefined', () => {
    expect(canonicalJson({ b: undefined, a: 1 })).toBe('{"a":1}');
  });

  it.each([
    ['a lone surrogate', 'x\ud800'],
    ['a lone surrogate as a name', { 'x\udc00': 1 }],
    ['infinity', Infinity],
    ['not a number', Number.NaN],
    ['a big integer', 1n],
    ['undefined', undefined],
    ['a hole', [undefined]],
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['a function', () => 1],
  ])('has no form for %s', (_, value) => {
    expect(() => canonicalJson(value)).toThrow(RangeError);
  });

  it('does not overflow on nesting', () => {
    const deep = (depth: number): unknown => (depth === 0 ? 1 : [deep(depth - 1)]);
    expect(canonicalJson(deep(maxJsonDepth))).toHaveLength(2 * maxJsonDepth + 1);
    expect(() => canonicalJson(deep(maxJsonDepth + 1))).toThrow(RangeError);
    expect(() => canonicalJson(deep(5000))).toThrow(RangeError);
  });

  it('is the same for any order of members, and parses back', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), (object) => {
        const reversed = Object.fromEntries(Object.entries(object).reverse());
        expect(canonicalJson(reversed)).toBe(canonicalJson(object));
        expect(canonicalJson(JSON.parse(canonicalJson(object)))).toBe(canonicalJson(object));
      }),
    );
  });
});

describe('parseStrictJson', () => {
  it.each([
    ['{"a":1,"a":1}'],
    ['{"a":1,"\\u0061":2}'],
    ['[{"b":{"a":1 , "a" : 2}}]'],
    ['{"__proto__":1}'],
    ['{"a":1'],
    [''],
    ['{"a":1}x'],
    ['['.repeat(maxJsonDepth + 1) + ']'.repeat(maxJsonDepth + 1)],
    ['['.repeat(100_000)],
    ['{"a":'.repeat(50_000)],
  ])('refuses %#', (text) => {
    expect(parseStrictJson(text)).toBeUndefined();
  });

  it.each([
    ['{"a":{"a":1},"b":[{"a":1},{"a":2}]}'],
    ['{"a":"a","b":"{\\"a\\":1,\\"a\\":2}"}'],
    ['{"a\\\\":1,"a":"\\\\"}'],
    ['{"a":["a","a","a:","b"]}'],
    ['['.repeat(maxJsonDepth) + ']'.repeat(maxJsonDepth)],
    [' { "a" : [ ] , "b" : { } } '],
  ])('reads %s', (text) => {
    expect(parseStrictJson(text)).toEqual(JSON.parse(text));
  });

  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (text) => {
        fc.pre(!text.includes('__proto__'));
        expect(parseStrictJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });
});

describe('base64', () => {
  it('has one spelling for each value', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const text = toBase64Url(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64url'));
        expect(fromBase64Url(text)).toEqual(new Uint8Array(bytes));
      }),
    );
  });

  it.each([['QQ='], ['QR'], ['QQ=='], ['Q'], ['Q Q'], ['QQ\n'], ['+/'], ['é']])('refuses base64url %j', (text) => {
    expect(fromBase64Url(text)).toBeUndefined();
  });

  it.each([['QQ'], ['QQ='], ['QR=='], ['Q==='], ['QQ==\n'], ['-_8='], ['=']])('refuses base64 %j', (text) => {
    expect(fromBase64(text)).toBeUndefined();
  });
});

describe('text', () => {
  it('refuses bytes that are not UTF-8, and keeps a byte order mark', () => {
    expect(fromUtf8(Uint8Array.of(0xff))).toBeUndefined();
    expect(fromUtf8(Uint8Array.of(0xc0, 0x80))).toBeUndefined();
    expect(fromUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x41))).toBe('\ufeffA');
  });

  it('knows a lone surrogate from a pair', () => {
    expect([isWellFormed('😀'), isWellFormed('\ud83d'), isWellFormed('\ude00\ud83d')]).toEqual([true, false, false]);
  });

  it('hashes the UTF-8 bytes', () => {
    // FIPS 180-4, the one-block example.
    expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});
