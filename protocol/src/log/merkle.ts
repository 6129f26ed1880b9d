import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';

/** A SHA-256 hash: 32 bytes. */
export type Hash = Uint8Array;

const leafPrefix = Uint8Array.of(0x00);
const nodePrefix = Uint8Array.of(0x01);

/** The hash of an entry: SHA-256(0x00 ‖ entry) (RFC 6962 section 2.1). */
export function leafHash(entry: Uint8Array): Hash {
  return sha256(concatBytes(leafPrefix, entry));
}

/** The hash of an inner node: SHA-256(0x01 ‖ left ‖ right) (RFC 6962 section 2.1). */
export function nodeHash(left: Hash, right: Hash): Hash {
  return sha256(concatBytes(nodePrefix, left, right));
}

/** The Merkle tree hash of leaf hashes in order (RFC 6962 section 2.1); of none, SHA-256 of nothing. */
export function rootHash(leaves: readonly Hash[]): Hash {
  return leaves.length === 0 ? sha256(new Uint8Array()) : rangeHash(leaves, 0, leaves.length);
}

/**
 * The audit path of one leaf, from the leaf to the root (RFC 6962 section 2.1.1).
 *
 * @throws RangeError unless 0 ≤ index < number of leaves.
 */
export function inclusionProof(leaves: readonly Hash[], index: number): Hash[] {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length) throw new RangeError('no such leaf');
  const proof: Hash[] = [];
  let start = 0;
  let end = leaves.length;
  while (end - start > 1) {
    const middle = start + largestPowerBelow(end - start);
    const right = index >= middle;
    proof.push(right ? rangeHash(leaves, start, middle) : rangeHash(leaves, middle, end));
    if (right) start = middle;
    else end = middle;
  }
  return proof.reverse();
}

/**
 * The proof that the tree of the first `oldSize` leaves is a prefix of the whole (RFC 6962
 * section 2.1.2); empty when they are the same tree.
 *
 * @throws RangeError unless 1 ≤ oldSize ≤ number of leaves.
 */
export function consistencyProof(leaves: readonly Hash[], oldSize: number): Hash[] {
  if (!Number.isInteger(oldSize) || oldSize < 1 || oldSize > leaves.length) throw new RangeError('no such tree');
  const proof: Hash[] = [];
  let start = 0;
  let end = leaves.length;
  while (oldSize < end) {
    const middle = start + largestPowerBelow(end - start);
    const right = oldSize > middle;
    proof.push(right ? rangeHash(leaves, start, middle) : rangeHash(leaves, middle, end));
    if (right) start = middle;
    else end = middle;
  }
  // The old root itself is left out: whoever verifies has it.
  if (start > 0) proof.push(rangeHash(leaves, start, end));
  return proof.reverse();
}

function rangeHash(leaves: readonly Hash[], start: number, end: number): Hash {
  const only = leaves[start];
  if (only === undefined) throw new RangeError('no such leaf');
  if (end - start === 1) return only;
  const middle = start + largestPowerBelow(end - start);
  return nodeHash(rangeHash(leaves, start, middle), rangeHash(leaves, middle, end));
}

/** The largest power of two below `size`, for size ≥ 2: where RFC 6962 splits a tree. */
function largestPowerBelow(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}
