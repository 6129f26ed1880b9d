import { nodeHash, type Hash } from './merkle.ts';

/** Sizes and indices count leaves; all hashes are 32 bytes. */
export interface InclusionClaim {
  readonly index: number;
  readonly size: number;
  readonly leaf: Hash;
  readonly root: Hash;
}

export interface ConsistencyClaim {
  readonly oldSize: number;
  readonly oldRoot: Hash;
  readonly newSize: number;
  readonly newRoot: Hash;
}

/**
 * Whether `proof` shows that the leaf stands at `index` in the tree (RFC 9162 section 2.1.3.2, which
 * spells out what RFC 6962 leaves to the reader). False for any malformed input.
 */
export function verifyInclusion({ index, size, leaf, root }: InclusionClaim, proof: readonly Hash[]): boolean {
  if (!isCount(index) || !isCount(size) || index >= size || ![leaf, root, ...proof].every(isHash)) return false;
  let node = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (isOdd(node) || node === last) {
      hash = nodeHash(sibling, hash);
      // The right-most node has no sibling until its index is odd again.
      while (!isOdd(node) && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      hash = nodeHash(hash, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && equal(hash, root);
}

/**
 * Whether `proof` shows that the new tree begins with the leaves of the old one (RFC 9162 section
 * 2.1.4.2). Equal sizes need equal roots and an empty proof; the empty tree is a prefix of nothing
 * that could be proven, so `oldSize` 0 is refused. False for any malformed input.
 */
export function verifyConsistency(claim: ConsistencyClaim, proof: readonly Hash[]): boolean {
  const { oldSize, oldRoot, newSize, newRoot } = claim;
  if (!isCount(oldSize) || !isCount(newSize) || oldSize < 1 || oldSize > newSize) return false;
  if (![oldRoot, newRoot, ...proof].every(isHash)) return false;
  if (oldSize === newSize) return proof.length === 0 && equal(oldRoot, newRoot);

  let node = oldSize - 1;
  let last = newSize - 1;
  while (isOdd(node)) [node, last] = [half(node), half(last)];
  // An old tree of a power of two is itself the first node of the path.
  const [first, ...rest] = node === 0 ? [oldRoot, ...proof] : proof;
  if (first === undefined) return false;
  let oldHash = first;
  let newHash = first;
  for (const sibling of rest) {
    if (last === 0) return false;
    if (isOdd(node) || node === last) {
      oldHash = nodeHash(sibling, oldHash);
      newHash = nodeHash(sibling, newHash);
      while (!isOdd(node) && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      newHash = nodeHash(newHash, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && equal(oldHash, oldRoot) && equal(newHash, newRoot);
}

// Arithmetic instead of bit operators: those cut numbers to 32 bits.
const half = (value: number): number => Math.floor(value / 2);
const isOdd = (value: number): boolean => value % 2 === 1;
const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
const isHash = (hash: Hash): boolean => hash.length === 32;

/** Hashes of public data: no need for constant time. */
function equal(a: Hash, b: Hash): boolean {
  return a.every((byte, index) => byte === b[index]);
}
