import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { directInjection } from '../../../src/domain/guardrails/directInjection/directInjection.ts';
import { groundedness } from '../../../src/domain/guardrails/groundedness/groundedness.ts';
import { partsOf, type Guardrail } from '../../../src/domain/guardrails/guardrail.ts';
import { indirectInjection } from '../../../src/domain/guardrails/indirectInjection/indirectInjection.ts';
import { links } from '../../../src/domain/guardrails/links/links.ts';
import { outputSchema } from '../../../src/domain/guardrails/outputSchema/outputSchema.ts';
import { personalData } from '../../../src/domain/guardrails/personalData/personalData.ts';
import { guardrailPolicySchema, guardrails } from '../../../src/domain/guardrails/registry.ts';
import { scope } from '../../../src/domain/guardrails/scope/scope.ts';
import { secrets } from '../../../src/domain/guardrails/secrets/secrets.ts';
import { size } from '../../../src/domain/guardrails/size/size.ts';
import type { JsonObject, JsonValue } from '../../../src/domain/json.ts';
import { directInjectionCases } from './corpus/directInjection.ts';
import { groundednessCases } from './corpus/groundedness.ts';
import { indirectInjectionCases } from './corpus/indirectInjection.ts';
import { linksCases } from './corpus/links.ts';
import { personalDataCases } from './corpus/personalData.ts';
import { scopeCases } from './corpus/scope.ts';
import { secretsCases } from './corpus/secrets.ts';

function seen(guardrail: Guardrail, input: JsonValue, output?: JsonValue, schema: JsonObject = {}): string[] {
  const stage = output === undefined ? 'in' : 'out';
  const parts = partsOf(output ?? input);
  const found = guardrail.inspect({ stage, parts, sources: partsOf(input), output, outputSchema: schema });
  return found.map(({ kind, path }) => `${kind} ${path}`);
}

const allowed = links({ allowedHosts: ['help.example.com', '*.example.org'], maxQueryCharacters: 40 });

describe.each([
  ['direct_injection', directInjection, directInjectionCases],
  ['indirect_injection', indirectInjection, indirectInjectionCases],
  ['links', allowed, linksCases],
  ['secrets', secrets, secretsCases],
] as const)('%s', (_, guardrail, cases) => {
  it.each(cases.map(([text, ...kinds]) => ({ text, kinds })))('$text', ({ text, kinds }) => {
    expect(seen(guardrail, 'input', text)).toEqual(kinds.map((kind) => `${kind} /`));
  });
});

const quotes = groundedness({ quoteFields: ['quote'], quotationMarks: false });
const noLaw = scope({ deniedTopics: { legal: ['legal advice', 'lawsuit'] }, newRecords: 'deny' });

describe.each([
  ['personal_data', personalData({ allow: [], names: false }), personalDataCases],
  ['groundedness', quotes, groundednessCases],
  ['scope', noLaw, scopeCases],
] as const)('%s, given what came in', (_, guardrail, cases) => {
  it.each(cases.map(([input, output, ...kinds]) => ({ input, output, kinds })))(
    '$output',
    ({ input, output, kinds }) => {
      expect(seen(guardrail, input, { quote: output })).toEqual(kinds.map((kind) => `${kind} /quote`));
    },
  );
});

describe('each guardrail', () => {
  it('says in its folder what it catches, what it does not, and how that is known', () => {
    const list = guardrails(guardrailPolicySchema.parse({}));
    expect(list).toHaveLength(9);
    for (const { guardrail } of list) {
      const folder = guardrail.id.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
      const file = new URL(`../../../src/domain/guardrails/${folder}/README.md`, import.meta.url);
      const text = readFileSync(file, 'utf8');
      const said = Array.from(text.matchAll(/^\*\*(.+?):\*\*/gm), ([, heading]) => heading);
      expect([guardrail.id, ...said]).toEqual([guardrail.id, 'Catches', 'Does not catch', 'Measured']);
    }
  });
});

describe('size', () => {
  const small = size({ maxCharacters: 30, maxPartCharacters: 20, maxParts: 3 });

  it('bounds texts, their number and their sum', () => {
    expect(seen(small, ['a', 'b', 'c'])).toEqual([]);
    expect(seen(small, ['a', 'b', 'c', 'd'])).toEqual(['too_many_texts /']);
    expect(seen(small, ['x', 'a'.repeat(21)])).toEqual(['text_too_long /1']);
    expect(seen(small, ['a'.repeat(16), 'b'.repeat(15)])).toEqual(['too_long /']);
  });

  it('sees a thousand equal characters, rules apart', () => {
    const large = size({ maxCharacters: 9999, maxPartCharacters: 9999, maxParts: 9 });
    expect(seen(large, ['a'.repeat(999), 'a'.repeat(1000), '-'.repeat(1000)])).toEqual(['repeated_character /1']);
  });
});

describe('scope', () => {
  const strict = scope({ deniedTopics: { legal: ['legal advice', 'lawsuit'] }, newRecords: 'deny' });

  it('sees denied subjects as whole words', () => {
    expect(seen(strict, ['Give me LEGAL\n advice', 'lawsuits', 'a lawsuit!'])).toEqual([
      'topic_legal /0',
      'topic_legal /2',
    ]);
  });

  it('sees records that the input did not name, in either length of an id', () => {
    const input = { id: '5003000000D8cuIAAR' };
    expect(seen(strict, input, { a: '5003000000D8cuI', b: '5003000000D8cuJ' })).toEqual(['new_record /b']);
    expect(seen(scope({ deniedTopics: {}, newRecords: 'allow' }), input, '5003000000D8cuJ')).toEqual([]);
  });
});

describe('output_schema', () => {
  const schema = {
    type: 'object',
    properties: { amount: { type: 'number' } },
    required: ['amount'],
    additionalProperties: false,
  };

  it('names codes and places, never content', () => {
    expect(seen(outputSchema, '', { amount: 3 }, schema)).toEqual([]);
    expect(seen(outputSchema, '', { amount: 'Maria' }, schema)).toEqual(['invalid_type /amount']);
    expect(seen(outputSchema, '', { amount: 3, 'm@x.org': 1 }, schema)).toEqual(['unrecognized_keys /']);
  });

  it('throws for a schema that is none', () => {
    expect(() => seen(outputSchema, '', {}, { type: 'nonsense' })).toThrow();
  });
});

describe('personal_data', () => {
  const guard = personalData({ allow: [], names: false });

  it('sees what the input did not have', () => {
    const input = { mail: 'Maria@example.com', phone: '+49 30 901820' };
    expect(seen(guard, input, ['maria@EXAMPLE.com', '+49 (30) 90-18-20', '[[EMAIL_ABCDEF]]'])).toEqual([]);
    expect(seen(guard, input, ['paul@example.com', 'SSN 123-45-6789'])).toEqual(['new_email /0', 'new_us_ssn /1']);
  });

  it('counts names only when asked, and leaves out allowed types', () => {
    expect(seen(guard, '', 'Ask Paul Weber.')).toEqual([]);
    expect(seen(personalData({ allow: ['EMAIL'], names: true }), '', 'Ask Paul Weber, p@x.org.')).toEqual([
      'new_person /',
    ]);
  });
});

describe('groundedness', () => {
  const guard = groundedness({ quoteFields: ['evidence'], quotationMarks: true });
  const input = { policy: 'Refunds are possible within 30 days of delivery, if the box is unopened.' };

  it.each([
    ['refunds are  POSSIBLE within 30 days', true],
    ['Refunds are possible … if the box is unopened.', true],
    ['Refunds are possible within [[VALUE_ABCDEF]] days of delivery', true],
    ['Refunds are possible within 60 days', false],
    ['if the box is unopened … Refunds are possible', false],
    ['efunds are possible', false],
    ['', false],
  ])('%j: %j', (quote, isGrounded) => {
    expect(seen(guard, input, { evidence: [quote] })).toEqual(isGrounded ? [] : ['quote_not_found /evidence/0']);
  });

  it('looks between quotation marks in other texts', () => {
    expect(seen(guard, input, { text: 'It says “possible within 30 days of delivery”, a "term".' })).toEqual([]);
    expect(seen(guard, input, { text: 'It says “possible within ninety days of delivery”.' })).toEqual([
      'quote_not_found /text',
    ]);
  });
});
