import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ConversationMasker } from '../../../src/domain/masking/masker.ts';
import type { JsonObject, JsonValue } from '../../../src/domain/json.ts';
import type { MintedToken } from '../../../src/domain/safeguards.ts';

const hints = {
  'Contact.Name': 'PERSON',
  'Contact.Phone': 'PHONE',
  'Contact.Birthdate': 'BIRTH_DATE',
  'Case.Code__c': 'Secret sauce',
};
const all = { unmask: { result: 'all', org: 'all' } };

function masker(
  options: { known?: readonly MintedToken[]; seed?: number; policy?: JsonObject } = {},
): ConversationMasker {
  const { known = [], seed = 1, policy = all } = options;
  return new ConversationMasker({ key: new Uint8Array(32).fill(seed), known, hints, policy });
}

const record = { contact: { Name: 'María López', Phone: '+1 (234) 817-8325', Birthdate: '1980-05-17' } };

/** What a masked text shows, with each suffix replaced by a letter in order of appearance. */
function shape(masked: string): string {
  const suffixes: string[] = [];
  return masked.replace(/_([0-9A-F]{6,10})/g, (_, suffix: string) => {
    if (!suffixes.includes(suffix)) suffixes.push(suffix);
    return `_${String.fromCharCode(97 + suffixes.indexOf(suffix))}`;
  });
}

describe('mask', () => {
  it.each([
    ['maria lopez and MARIA LOPEZ', '[[PERSON_a_2]] and [[PERSON_a_3]]'],
    ['Lopez, María (M. Lopez, mlopez)', '[[PERSON_a_2]] ([[PERSON_a_3]], [[PERSON_a_4]])'],
    ['Ms. Lopez asked for maria', 'Ms. [[PERSON_a_2]] asked for [[PERSON_a_3]]'],
    ['born 5/17/1980, that is May 17, 1980', 'born [[BIRTH_DATE_a_2]], that is [[BIRTH_DATE_a_3]]'],
    ['2348178325 or 001-234-817-8325', '[[PHONE_a_2]] or [[PHONE_b]]'],
    ['Ｍａｒｉａ Lo\u200bpez', '[[PERSON_a_2]]'],
    ['maria%20lopez, TWFyaWEgTG9wZXo=', '[[PERSON_a_2]], [[ENCODED_b]]'],
    ['Marianne loves lopezia.', '[[PERSON_a]] loves lopezia.'],
    ['Case 00123456, 5003000000D8cuIAAR, 2026-11-23', 'Case 00123456, 5003000000D8cuIAAR, 2026-11-23'],
  ])('finds values of the record in %j', (text, expected) => {
    const one = masker();
    one.mask(record);
    expect(shape(one.mask(text))).toBe(expected);
  });

  it('reaches every leaf, property names and numbers', () => {
    const masked = masker().mask({
      ...record,
      system: 'About María López.',
      turns: [{ role: 'user', content: [{ text: 'maria' }, { input: { to: 'LOPEZ', deep: [[['María López']]] } }] }],
      'María López': 1,
      number: 2348178325,
      none: null,
      flag: true,
    });
    expect(JSON.stringify(masked)).not.toMatch(/mar[ií]a|l[oó]pez|8178325/i);
    expect(masked).toMatchObject({ none: null, flag: true });
  });

  it('masks a hint of an unknown type', () => {
    expect(shape(masker().mask({ Case: { Code__c: 'blue sky' } }).Case.Code__c)).toBe('[[VALUE_a]]');
  });

  it('keeps the types that the task needs, but not a value that the org named', () => {
    const one = masker({ policy: { ...all, keep: ['PHONE'] } });
    expect(shape(one.mask({ ...record, text: '+1 (234) 817-8325 or +49 30 901820' }).text)).toBe(
      '[[PHONE_a]] or +49 30 901820',
    );
  });

  it('links a name found in one leaf with its parts in another, in either order', () => {
    const [first, second] = masker().mask(['ask okafor about it', 'Regards,\nChidi Okafor']);
    expect(shape(`${first}|${second}`)).toBe('ask [[PERSON_a]] about it|Regards,\n[[PERSON_a_2]]');
  });

  it('gives two people of one family name their own tokens, and the shared part a third', () => {
    const [a, b, c] = masker().mask(['Dear Anna Weber,', 'Dear Paul Weber,', 'Ms. Weber']);
    expect(shape([a, b, c].join('|'))).toBe('Dear [[PERSON_a]],|Dear [[PERSON_b]],|Ms. [[PERSON_c]]');
  });

  it('is idempotent on masked text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('Maria Lopez', ' ', 'm@x.org', '[[PERSON_ABCDEF]]', 'call +49 30 901820', '\n')),
        (parts) => {
          const one = masker();
          const masked = one.mask(parts.join(''));
          expect(one.mask(masked, 'masked')).toBe(masked);
        },
      ),
    );
  }, 60_000);

  it('restores any JSON exactly', () => {
    const pieces = fc.constantFrom(
      'Dear Maria Lopez,',
      'm@x.org',
      '[[PERSON]]',
      '[[PERSON_ABCDEF',
      'PHONE_ABCDEF',
      '4111111111111111',
      '\\',
      '"',
      '😀',
      '\ud800',
    );
    const text = fc.array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 6 }))).map((parts) => parts.join(''));
    const json = fc.letrec<{ json: JsonValue }>((tie) => ({
      json: fc.oneof(
        { maxDepth: 3 },
        text,
        fc.constant(null),
        fc.boolean(),
        fc.array(tie('json')),
        fc.dictionary(text, tie('json')),
      ),
    })).json;
    fc.assert(
      fc.property(json, (value) => {
        const one = masker();
        expect(one.unmask(one.mask(value), 'result').value).toEqual(value);
      }),
    );
  }, 60_000);
});

describe('tokens', () => {
  it('are the same in every turn and after a restart', () => {
    const before = masker();
    const first = before.mask({ ...record, text: 'Lopez' });
    const after = masker({ known: before.minted() });
    expect(after.mask({ ...record, text: 'Lopez' })).toEqual(first);
    expect(after.unmask(first, 'result').value.text).toBe('Lopez');
  });

  it('of 3,000 values are 3,000', () => {
    const one = masker();
    const masked = Array.from({ length: 3000 }, (_, index) => one.mask(`user${index}@example.com`));
    expect(new Set(masked).size).toBe(3000);
  }, 60_000);

  it('differ between conversations and resolve in their own only', () => {
    const one = masker({ seed: 1 });
    const other = masker({ seed: 2 });
    const masked = one.mask('m@x.org');
    expect(other.mask('m@x.org')).not.toBe(masked);
    expect(other.unmask(masked, 'result')).toMatchObject({
      value: masked,
      restored: 0,
      unknown: [masked.slice(2, -2)],
    });
  });

  it('typed by a user are text', () => {
    const one = masker();
    const token = one.mask('m@x.org');
    for (const typed of [`I typed ${token}`, token.slice(2, -2), token.toLowerCase(), '[[EMAIL]]', '［［EMAIL]]']) {
      const masked = one.mask(typed);
      expect(one.unmask(masked, 'result').value).toBe(typed);
    }
  });

  it('go back only where the policy lets them', () => {
    const one = masker({ policy: { unmask: { org: ['EMAIL'] } } });
    const masked = one.mask('m@x.org, SSN 123-45-6789');
    expect(one.unmask(masked, 'result')).toMatchObject({ value: masked, restored: 0 });
    expect(one.unmask(masked, 'org')).toMatchObject({ restored: 1, withheld: [expect.stringMatching(/^US_SSN_/)] });
    expect(one.unmask(masked, 'org').value).toMatch(/^m@x\.org, SSN \[\[US_SSN_[0-9A-F]{6}\]\]$/);
  });

  it('of a bare type mean the only value of the type', () => {
    const one = masker();
    one.mask('m@x.org');
    expect(one.unmask('to [[EMAIL]]', 'result').value).toBe('to m@x.org');
    one.mask('n@x.org');
    expect(one.unmask('to [[EMAIL]]', 'result')).toMatchObject({ value: 'to [[EMAIL]]', half: ['EMAIL'] });
  });

  it('that were cut off are reported', () => {
    expect(masker().unmask('to [[EMAIL_12 and [[PERSON', 'result')).toMatchObject({
      half: ['EMAIL', 'PERSON'],
      restored: 0,
    });
  });

  it('need a key of 32 bytes and a policy without unknown members', () => {
    expect(() => new ConversationMasker({ key: new Uint8Array(16), known: [], hints: {}, policy: {} })).toThrow(
      '32 bytes',
    );
    expect(() => masker({ policy: { kept: [] } })).toThrow('kept');
  });
});

describe('streamUnmasker', () => {
  it('gives the same output for every way of cutting a text in three, and holds back little', () => {
    const one = masker();
    const token = one.mask('Maria Lopez <m@x.org> ').trim();
    const body = token.slice(2, token.indexOf(']'));
    const text = `a [[ ${token} \\[\\[${body}\\]\\] [${body.toLowerCase()}] ${body}, P [[PERS x [[${body.replace('_', ' ')}]] [[${body}`;
    const whole = one.unmask(text, 'result').value;
    for (let first = 0; first <= text.length; first++) {
      for (let second = first; second <= text.length; second++) {
        const stream = one.streamUnmasker('result');
        const out = stream.push(text.slice(0, first)) + stream.push(text.slice(first, second));
        expect(stream.held).toBeLessThan(45);
        expect(out + stream.push(text.slice(second)) + stream.end()).toBe(whole);
      }
    }
    expect(whole.match(/Maria Lopez/g)).toHaveLength(6);
  }, 60_000);
});

describe('leaks', () => {
  const one = masker();
  const masked = one.mask({ ...record, card: '4111 1111 1111 1111' });

  it('finds none in what was masked', () => {
    expect(one.leaks(masked)).toEqual([]);
  });

  it.each([
    ['María López', ['PERSON']],
    ['MARIA   LOPEZ', ['PERSON']],
    ['M a r i a L o p e z', ['PERSON']],
    ['m-a-r-i-a-l-o-p-e-z', ['PERSON']],
    ['maria%20l%C3%B3pez', ['PERSON']],
    ['{"n":"Mar\\u00eda L\\u00f3pez"}', ['PERSON']],
    ['TWFyaWEgTG9wZXo=', ['ENCODED']],
    ['4d61726961204c6f70657a', ['ENCODED']],
    ['Mа\u200bria Lopez', ['PERSON']],
    ['234.817.8325', ['PHONE']],
    ['m@x.org', ['EMAIL']],
    ['4 1 1 1-1 1 1 1-1 1 1 1-1 1 1 1', ['CREDIT_CARD']],
    ['4111/1111/1111/1111', ['CREDIT_CARD']],
    ['DE89370400440532013000', ['IBAN']],
    ['nothing here, case 00123456', []],
  ])('in %j: %j', (text, types) => {
    expect(one.leaks({ deep: [{ text }] })).toEqual(types);
  });

  it('looks at property names', () => {
    expect(one.leaks({ 'm@x.org': 1 })).toEqual(['EMAIL']);
  });
});
