import { z } from 'zod';
import type { Guardrail } from '../guardrail.ts';

export const sizeOptions = z.strictObject({
  /** UTF-16 units of all texts together. */
  maxCharacters: z.int().min(1).default(200_000),
  maxPartCharacters: z.int().min(1).default(100_000),
  maxParts: z.int().min(1).default(10_000),
});

/** Bounds what a model is given and what it may answer: length, number of texts, and runs of one character. */
export function size({ maxCharacters, maxPartCharacters, maxParts }: z.infer<typeof sizeOptions>): Guardrail {
  return {
    id: 'size',
    stages: ['in', 'out'],
    inspect: ({ parts }) => {
      const total = parts.reduce((sum, { text }) => sum + text.length, 0);
      return [
        ...(total > maxCharacters ? [{ kind: 'too_long', path: '/' }] : []),
        ...(parts.length > maxParts ? [{ kind: 'too_many_texts', path: '/' }] : []),
        ...parts.flatMap(({ path, text }) => [
          ...(text.length > maxPartCharacters ? [{ kind: 'text_too_long', path }] : []),
          ...(/([^\s=_*#.-])\1{999}/u.test(text) ? [{ kind: 'repeated_character', path }] : []),
        ]),
      ];
    },
  };
}
