import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  consistencyProof,
  inclusionProof,
  leafHash,
  nodeHash,
  rootHash,
  verifyConsistency,
  verifyInclusion,
  type Hash,
} from '@agent-readiness/protocol/log';
import { logVectors } from '../vectors/logCases.ts';

const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const fromHex = (digits: string): Uint8Array => new Uint8Array(Buffer.from(digits, 'hex'));

function tree(size: number): Hash[] {
  return Array.from({ length: size }, (_, index) => leafHash(Buffer.from(`leaf ${String(index)}`)));
}

/** A proof with one bit changed, an element more, an element less, or two swapped. */
function damaged(proof: readonly Hash[]): Hash[][] {
  const flipped = proof.flatMap((hash, at) =>
    [0, 255].map((bit) => proof.with(at, hash.with(bit >> 3, (hash[bit >> 3] ?? 0) ^ (1 << (bit & 7))))),
  );
  const extra = leafHash(Uint8Array.of(1));
  const swapped = proof.length > 1 ? [[...proof].reverse()] : [];
  return [
    ...flipped,
    [...proof, extra],
    [extra, ...proof],
    ...(proof.length > 0 ? [proof.slice(1), proof.slice(0, -1)] : []),
    ...swapped,
  ];
}

describe('hashes', () => {
  // transparency-dev/merkle rfc6962_test.go; each can be had with sha256sum.
  it.each([
    ['an empty leaf', leafHash(new Uint8Array()), '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
    ['a leaf', leafHash(Buffer.from('L123456')), '395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56'],
    [
      'a node',
      nodeHash(Buffer.from('N123'), Buffer.from('N456')),
      'aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb',
    ],
    ['no leaf', rootHash([]), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ])('of %s', (_, hash, expected) => {
    expect(toHex(hash)).toBe(expected);
  });

  it('agree with the published roots', () => {
    const { entries, roots } = logVectors() as { entries: string[]; roots: string[] };
    const leaves = entries.map((entry) => leafHash(fromHex(entry)));
    expect(roots.map((_, index) => toHex(rootHash(leaves.slice(0, index + 1))))).toEqual(roots);
  });
});

// The examples of RFC 6962 section 2.1.3: a tree of seven leaves, by the names used there.
describe('the example of RFC 6962', () => {
  const leaves = tree(7);
  const [a, b, c, d, e, f, j] = leaves as [Hash, Hash, Hash, Hash, Hash, Hash, Hash];
  const [g, h, i] = [nodeHash(a, b), nodeHash(c, d), nodeHash(e, f)];
  const [k, l] = [nodeHash(g, h), nodeHash(i, j)];

  it.each([
    [0, [b, h, l]],
    [3, [c, g, l]],
    [4, [f, j, k]],
    [6, [i, k]],
  ])('includes leaf %i', (index, proof) => {
    expect(inclusionProof(leaves, index)).toEqual(proof);
  });

  it.each([
    [3, [c, d, g, l]],
    [4, [l]],
    [6, [i, j, k]],
  ])('is consistent with its first %i leaves', (oldSize, proof) => {
    expect(consistencyProof(leaves, oldSize)).toEqual(proof);
  });
});

describe('proofs of every tree up to 20 leaves', () => {
  const leaves = tree(20);
  const roots = Array.from({ length: 21 }, (_, size) => rootHash(leaves.slice(0, size)));
  const rootOf = (size: number): Hash => roots[size] ?? new Uint8Array();

  it('verify for their leaf and for no other place', () => {
    for (let size = 1; size <= 20; size += 1) {
      for (let index = 0; index < size; index += 1) {
        const proof = inclusionProof(leaves.slice(0, size), index);
        const claim = { index, size, leaf: leaves[index] ?? new Uint8Array(), root: rootOf(size) };
        const places = Array.from({ length: size + 2 }, (_, at) => at).filter((at) =>
          verifyInclusion({ ...claim, index: at }, proof),
        );
        expect(places).toEqual([index]);
        expect(damaged(proof).filter((wrong) => verifyInclusion(claim, wrong))).toEqual([]);
      }
    }
  });

  it('show each prefix and nothing else', () => {
    for (let newSize = 1; newSize <= 20; newSize += 1) {
      for (let oldSize = 1; oldSize <= newSize; oldSize += 1) {
        const proof = consistencyProof(leaves.slice(0, newSize), oldSize);
        const claim = { oldSize, newSize, oldRoot: rootOf(oldSize), newRoot: rootOf(newSize) };
        expect(verifyConsistency(claim, proof)).toBe(true);
        const wrongRoot = rootOf(oldSize - 1);
        expect(verifyConsistency({ ...claim, oldRoot: wrongRoot }, proof)).toBe(false);
        expect(verifyConsistency({ ...claim, newRoot: wrongRoot }, proof)).toBe(false);
        expect(damaged(proof).filter((wrong) => verifyConsistency(claim, wrong))).toEqual([]);
      }
    }
  });
});

describe('random trees', () => {
  const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });

  it('prove each leaf and each prefix', () => {
    fc.assert(
      fc.property(fc.array(hash, { minLength: 1, maxLength: 300 }), fc.nat(), (leaves, random) => {
        const [index, size, root] = [random % leaves.length, leaves.length, rootHash(leaves)];
        const leaf = leaves[index] ?? new Uint8Array();
        expect(verifyInclusion({ index, size, leaf, root }, inclusionProof(leaves, index))).toBe(true);
        const oldRoot = rootHash(leaves.slice(0, index + 1));
        const claim = { oldSize: index + 1, oldRoot, newSize: size, newRoot: root };
        expect(verifyConsistency(claim, consistencyProof(leaves, index + 1))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe('what cannot be proven', () => {
  const leaves = tree(4);
  const root = rootHash(leaves);
  const leaf = leaves[0] ?? new Uint8Array();

  it.each([-1, 0.5, Number.NaN, 4, 2 ** 53])('includes no leaf %d of four', (index) => {
    expect(() => inclusionProof(leaves, index)).toThrow(RangeError);
    expect(verifyInclusion({ index, size: 4, leaf, root }, inclusionProof(leaves, 0))).toBe(false);
  });

  it.each([-1, 0, 0.5, 5, Number.NaN])('is no tree of %d leaves', (oldSize) => {
    expect(() => consistencyProof(leaves, oldSize)).toThrow(RangeError);
    const claim = { oldSize, newSize: 4, oldRoot: rootHash([]), newRoot: root };
    expect(verifyConsistency(claim, [])).toBe(false);
  });

  it('refuses hashes of another length', () => {
    expect(verifyInclusion({ index: 0, size: 1, leaf: leaf.slice(1), root: leaf.slice(1) }, [])).toBe(false);
    expect(
      verifyConsistency({ oldSize: 1, newSize: 1, oldRoot: new Uint8Array(), newRoot: new Uint8Array() }, []),
    ).toBe(false);
  });

  it('handles trees beyond 2^32 leaves in time that grows with the proof', () => {
    const size = 2 ** 40;
    const proof = Array.from({ length: 40 }, () => leaf);
    const top = proof.reduce<Hash>((hash) => nodeHash(hash, leaf), leaf);
    expect(verifyInclusion({ index: 0, size, leaf, root: top }, proof)).toBe(true);
    // Bit operators would take 2^32 for 0: at level 32 it is the right child.
    const other = proof.reduce<Hash>(
      (hash, sibling, level) => (level === 32 ? nodeHash(sibling, hash) : nodeHash(hash, sibling)),
      leaf,
    );
    expect(verifyInclusion({ index: 2 ** 32, size, leaf, root: other }, proof)).toBe(true);
    expect(verifyInclusion({ index: 2 ** 32, size, leaf, root: top }, proof)).toBe(false);
    expect(verifyInclusion({ index: 0, size: size * 2, leaf, root: top }, proof)).toBe(false);
  });
});
