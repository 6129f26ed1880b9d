import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contains, covers, grantOperationSchema, grantSchema, type Scope } from '@agent-readiness/protocol/handoff';
import { extentSchema, gateSchema, identitySchema, reversibilitySchema } from '@agent-readiness/protocol';
import { authorityCases } from '../vectors/authorityCases.ts';
import { ids, updateGrant } from '../vectors/scenario.ts';

/** Few values of each attribute, so that related pairs are common. Lists are sorted: one spelling. */
const names = (of: readonly string[]): fc.Arbitrary<string[]> => fc.subarray([...of]);
const scope: fc.Arbitrary<Scope> = fc
  .record({
    operation: fc.constantFrom(...(['update', 'upsert', 'create', 'delete'] as const)),
    object: fc.constantFrom('Case', 'Contact', '*'),
    fields: fc.oneof(names(['A', 'B', 'C']), fc.constant<string[]>(['*'])),
    extent: fc.constantFrom(...extentSchema.options),
    limit: fc.integer({ min: 1, max: 3 }),
    identity: fc.constantFrom(...identitySchema.options),
    gate: fc.constantFrom(...gateSchema.options),
    reversibility: fc.constantFrom(...reversibilitySchema.options),
    recordIds: fc.option(fc.subarray([ids.order, ids.otherOrder], { minLength: 1 }), { nil: undefined }),
  })
  .map(({ limit, ...rest }) => ({ ...rest, ...(rest.extent === 'bounded' ? { extentLimit: limit } : {}) }));

/** Scopes that differ from a first one in few attributes: chains of containment are common. */
const related: fc.Arbitrary<[Scope, Scope, Scope]> = fc
  .tuple(scope, scope, scope, fc.array(fc.nat(7), { maxLength: 3 }))
  .map(([a, b, c, differing]) => {
    const mix = (other: Scope): Scope => {
      const picked = Object.entries(other).filter(([name], index) => name !== 'extent' && differing.includes(index));
      const extent = differing.includes(7) ? other : a;
      const { extent: kind, extentLimit } = extent;
      return { ...a, ...Object.fromEntries(picked), extent: kind, extentLimit };
    };
    return [mix(a), mix(b), mix(c)];
  });

describe('contains', () => {
  it.each(authorityCases.map((row) => [row.name, row] as const))('%s', (_, { outer, inner, contained }) => {
    expect(contains(outer, inner)).toBe(contained);
  });

  it('is reflexive', () => {
    fc.assert(fc.property(scope, (a) => contains(a, a)));
  });

  it('is antisymmetric', () => {
    fc.assert(
      fc.property(related, ([a, b]) => {
        if (contains(a, b) && contains(b, a)) expect(a).toEqual(b);
      }),
      { numRuns: 5000 },
    );
  });

  it('is transitive', () => {
    let chains = 0;
    fc.assert(
      fc.property(related, ([a, b, c]) => {
        if (!contains(a, b) || !contains(b, c)) return;
        chains += 1;
        expect(contains(a, c)).toBe(true);
      }),
      { numRuns: 5000 },
    );
    expect(chains).toBeGreaterThan(100);
  });

  it('knows every operation that can be granted', () => {
    for (const operation of grantOperationSchema.options) {
      expect(contains({ ...updateGrant, operation }, { ...updateGrant, operation })).toBe(true);
      expect(contains({ ...updateGrant, operation: 'unknown' }, { ...updateGrant, operation })).toBe(false);
    }
  });
});

describe('covers', () => {
  const scopes = fc.array(scope, { maxLength: 4 });

  it('is monotone: more outside or less inside never makes it false', () => {
    fc.assert(
      fc.property(scopes, scopes, scopes, fc.nat(3), (outer, inner, more, dropped) => {
        const inside = [...inner, ...outer.slice(0, 1)];
        if (!covers(outer, inside)) return;
        expect(covers([...outer, ...more], inside)).toBe(true);
        expect(covers(outer, inside.toSpliced(dropped, 1))).toBe(true);
      }),
    );
  });

  it('lets narrowing be repeated: what is within the accept is within the offer', () => {
    fc.assert(
      fc.property(fc.array(related, { minLength: 1, maxLength: 3 }), (triples) => {
        const [offer, accept, effect] = [0, 1, 2].map((at) => triples.flatMap((triple) => triple[at] ?? []));
        if (offer && accept && effect && covers(offer, accept) && covers(accept, effect)) {
          expect(covers(offer, effect)).toBe(true);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('contains nothing in anything, and something not in nothing', () => {
    expect(covers([], [])).toBe(true);
    expect(covers([], [updateGrant])).toBe(false);
  });
});

describe('grantSchema', () => {
  it.each([
    ['unknown', { operation: 'unknown' }],
    ['a limit without a bound', { extent: 'one' }],
    ['a bound without a limit', { extentLimit: undefined }],
    ['no record', { recordIds: [] }],
    ['a short id', { recordIds: ['8015g00000OrDeR'] }],
    ['certainty, which is no authority', { certainty: 'proven' }],
    ['another type', { type: 'payment' }],
  ])('refuses %s', (_, change) => {
    expect(grantSchema.safeParse(updateGrant).success).toBe(true);
    expect(grantSchema.safeParse({ ...updateGrant, ...change }).success).toBe(false);
  });
});
