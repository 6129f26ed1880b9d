import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { certainties, disjoint, type Detection } from '../../../src/domain/masking/detection.ts';

const span = (
  start: number,
  end: number,
  certainty: Detection['certainty'] = 'pattern',
  type: Detection['type'] = 'PHONE',
) => ({
  start,
  end,
  type,
  certainty,
});

describe('disjoint', () => {
  it('prefers the longest', () => {
    expect(disjoint([span(2, 5, 'record'), span(0, 9)])).toEqual([span(0, 9)]);
  });

  it('of equal length the surest', () => {
    expect(disjoint([span(0, 4, 'name', 'PERSON'), span(0, 4, 'checked', 'IBAN')])).toEqual([
      span(0, 4, 'checked', 'IBAN'),
    ]);
  });

  it('leaves the rest of what loses masked', () => {
    expect(disjoint([span(0, 6), span(4, 9, 'name', 'PERSON')])).toEqual([span(0, 6), span(6, 9, 'name', 'PERSON')]);
  });

  it('covers exactly what was detected, once, whatever the order', () => {
    const spans = fc.array(
      fc
        .tuple(fc.nat(40), fc.integer({ min: 1, max: 12 }), fc.constantFrom(...certainties))
        .map(([start, length, certainty]) => span(start, start + length, certainty)),
    );
    fc.assert(
      fc.property(spans, (given) => {
        const result = disjoint(given);
        expect(disjoint([...given].reverse())).toEqual(result);
        const covered = new Set(
          given.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, at) => start + at)),
        );
        const after = result.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, at) => start + at));
        expect(after).toEqual([...covered].sort((a, b) => a - b));
      }),
    );
  });
});
