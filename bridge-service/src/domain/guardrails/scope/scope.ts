import { z } from 'zod';
import type { Guardrail } from '../guardrail.ts';
import { readingsOf } from '../readings.ts';

export const scopeOptions = z.strictObject({
  /** Words and phrases that the task has no business with, by the name of the subject. */
  deniedTopics: z.record(z.string().regex(/^\w+$/), z.array(z.string().min(2)).min(1)).default({}),
  /** Whether the output may name Salesforce records that are not in the input. */
  newRecords: z.enum(['deny', 'allow']).default('deny'),
});

const recordId =
  /(?<![A-Za-z0-9])(?=[A-Za-z0-9]{0,17}[A-Za-z])[A-Za-z0-9]{5}0{2}[A-Za-z0-9]{8}(?:[A-Z0-5]{3})?(?![A-Za-z0-9])/g;

/** Subjects that the task denies, and records that the output names although the input did not. */
export function scope({ deniedTopics, newRecords }: z.infer<typeof scopeOptions>): Guardrail {
  const topics = Object.entries(deniedTopics).map(([topic, phrases]) => ({
    kind: `topic_${topic}`,
    phrases: phrases.flatMap((phrase) => readingsOf(phrase)),
  }));
  return {
    id: 'scope',
    stages: ['in', 'out'],
    inspect: ({ stage, parts, sources }) => {
      const known = new Set(sources.flatMap(({ text }) => recordsIn(text)));
      return parts.flatMap(({ path, text }) => {
        const readings = readingsOf(text);
        const denied = topics.filter(({ phrases }) =>
          readings.some((reading) => phrases.some((phrase) => hasPhrase(reading, phrase))),
        );
        const isNew = stage === 'out' && newRecords === 'deny' && recordsIn(text).some((id) => !known.has(id));
        return [...denied.map(({ kind }) => ({ kind, path })), ...(isNew ? [{ kind: 'new_record', path }] : [])];
      });
    },
  };
}

/** The 15 characters that name a record; the other three only check them. */
function recordsIn(text: string): readonly string[] {
  return Array.from(text.matchAll(recordId), ([id]) => id.slice(0, 15));
}

function hasPhrase(text: string, phrase: string): boolean {
  for (let at = text.indexOf(phrase); at !== -1; at = text.indexOf(phrase, at + 1)) {
    if (!/[\p{L}\p{N}]/u.test(text.charAt(at - 1)) && !/[\p{L}\p{N}]/u.test(text.charAt(at + phrase.length)))
      return true;
  }
  return false;
}
