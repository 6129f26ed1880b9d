import { z } from 'zod';
import { comparable } from '../../masking/text/normalise.ts';
import type { Guardrail, TextPart } from '../guardrail.ts';

export const groundednessOptions = z.strictObject({
  /** Properties of the output whose strings are quotes of the input. */
  quoteFields: z.array(z.string().regex(/^\w+$/)).default([]),
  /** Whether text of 20 characters and more between quotation marks is a quote; shorter ones are terms. */
  quotationMarks: z.boolean().default(false),
});

/**
 * Every quote in the output stands in one text of the input, letter by letter, but for case, white space and
 * punctuation. `…` may leave something out; a token of masking stands for any few words.
 */
export function groundedness({ quoteFields, quotationMarks }: z.infer<typeof groundednessOptions>): Guardrail {
  return {
    id: 'groundedness',
    stages: ['out'],
    inspect: ({ parts, sources }) => {
      const texts = sources.map(({ text }) => plain(text));
      return parts.flatMap((part) =>
        quotesIn(part).some((quote) => !texts.some((text) => stands(quote, text)))
          ? [{ kind: 'quote_not_found', path: part.path }]
          : [],
      );
    },
  };

  function quotesIn({ path, text }: TextPart): readonly string[] {
    // A list of quotes has an index behind its name; the name itself is a part as well.
    const [, name] = /\/(\w+)(?:\/\d+)*$/.exec(path) ?? [];
    if (name !== undefined && name !== text && quoteFields.includes(name)) return [text];
    return quotationMarks
      ? Array.from(text.matchAll(/["“„«]([^"“”„«»\n]{20,2000})["”“»]/g), ([, quote]) => quote ?? '')
      : [];
  }
}

/** Whether the pieces of a quote stand in a text in their order. An empty quote proves nothing. */
function stands(quote: string, text: string): boolean {
  const pieces = quote
    .split(/\.{3}|…|\[\[\w+\]\]/)
    .map(plain)
    .filter((piece) => piece !== '');
  let from = 0;
  for (const piece of pieces) {
    const at = ` ${text} `.indexOf(` ${piece} `, from);
    if (at === -1) return false;
    from = at + piece.length;
  }
  return pieces.length > 0;
}

function plain(text: string): string {
  return (
    comparable(text)
      .match(/[\p{L}\p{N}]+/gu)
      ?.join(' ') ?? ''
  );
}
