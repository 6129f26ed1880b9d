import { z } from 'zod';
import { contentFinder, findInText, readable } from '../../masking/detect.ts';
import { entityTypeSchema } from '../../masking/entityTypes.ts';
import { lexiconDetector } from '../../masking/names/lexiconDetector.ts';
import { identityOf } from '../../masking/tokens/tokenTable.ts';
import type { Guardrail } from '../guardrail.ts';

export const personalDataOptions = z.strictObject({
  /** Types that an output may bring up by itself. */
  allow: z.array(entityTypeSchema).default([]),
  /** Whether guessed names count: they flag some words that are no names. */
  names: z.boolean().default(false),
});

/** Personal data in the output that the input did not have: invented, remembered, or somebody else's. */
export function personalData({ allow, names }: z.infer<typeof personalDataOptions>): Guardrail {
  const find = contentFinder(lexiconDetector);
  return {
    id: 'personal_data',
    stages: ['out'],
    inspect: ({ parts, sources }) => {
      const known = sources.map(({ text }) => ` ${identityOf(text)} `).join('\n');
      const digits = sources.map(({ text }) => text.replace(/\D/g, '')).join('\n');
      const isKnown = (value: string) =>
        known.includes(` ${identityOf(value)} `) ||
        (/\d{6}/.test(value.replace(/\D/g, '')) && digits.includes(value.replace(/\D/g, '')));
      return parts.flatMap(({ path, text: given }) => {
        const text = given.replace(/\[\[[A-Z_]{2,20}_[0-9A-F]{4,10}(?:_\d{1,3})?\]\]/g, ' ');
        const kinds = readable(text, findInText(text, find))
          .filter(({ type, certainty }) => !allow.includes(type) && (names || certainty !== 'name'))
          .filter(({ start, end }) => !isKnown(text.slice(start, end)))
          .map(({ type }) => `new_${type.toLowerCase()}`);
        return Array.from(new Set(kinds))
          .sort()
          .map((kind) => ({ kind, path }));
      });
    },
  };
}
