import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { entityTypes } from '../../../../src/domain/masking/entityTypes.ts';
import { readToken, tokenStart, wholeTokenStart } from '../../../../src/domain/masking/tokens/tokenFormat.ts';

/** Pieces of tokens, in the ways in which models rewrite them, and what stands around them. */
const piece = fc.oneof(
  fc.constantFrom(...entityTypes, ...entityTypes.map((type) => type.toLowerCase()), 'Person', 'us', 'ip', 'driver'),
  fc.constantFrom('[', '[[', '\\[', ']', ']]', '\\]', '_', '\\_', ' ', '  ', '\\', '"', ':', 'x', 'é', 'ſ', 'K'),
  fc.constantFrom('7F3A2C', '7f3a2c', 'abcd', 'ABC', '2', '0123456789ab'),
);

function tokensFrom(starts: RegExp, text: string): readonly unknown[] {
  return Array.from(text.matchAll(starts), ({ index }) => [index, readToken(text, index, true)]).filter(
    ([, read]) => read !== undefined,
  );
}

describe('where a token can begin in a whole text', () => {
  it('leaves out no token that reading every word would find', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        expect(tokensFrom(wholeTokenStart, text)).toEqual(tokensFrom(tokenStart, text));
      }),
      { numRuns: 3_000, seed: 20261123 },
    );
  });

  it('passes ordinary words by', () => {
    const text = 'A person wrote to us about her address, the customer_id and [one] secret.';
    expect(Array.from(text.matchAll(wholeTokenStart), ({ index }) => text.slice(index, index + 4))).toEqual(['[one']);
  });
});
