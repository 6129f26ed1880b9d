import { nodeHash, rootHash, type Hash } from '@agent-readiness/protocol/log';

/** The root of a complete subtree: 2^level leaves, the first one at position · 2^level. */
export interface TreeNode {
  readonly level: number;
  readonly position: number;
}

/** Leaves from `start` up to but not including `end`. */
interface Range {
  readonly start: number;
  readonly end: number;
}

/** Tells the hash of a complete subtree, which once stored never changes. */
export type NodeReader = (nodes: readonly TreeNode[]) => Promise<readonly Hash[]>;

/**
 * What appending changes: the complete subtrees that the new leaves make, themselves included, and the
 * new frontier (the roots of the complete subtrees that make up the tree, largest first). So a log of any
 * size grows by a handful of hashes.
 */
export function appendLeaves(
  size: number,
  frontier: readonly Hash[],
  leaves: readonly Hash[],
): { readonly nodes: readonly (TreeNode & { readonly hash: Hash })[]; readonly frontier: readonly Hash[] } {
  const open = [...frontier];
  const nodes = leaves.flatMap((leaf, offset) => {
    const made = [{ level: 0, position: size + offset, hash: leaf }];
    let { level, position, hash } = { level: 0, position: size + offset, hash: leaf };
    // A leaf with an odd position completes the pair that its left sibling began, and so on upwards.
    while (position % 2 === 1) {
      const left = open.pop();
      if (left === undefined) throw new RangeError('the frontier does not fit the size');
      hash = nodeHash(left, hash);
      level += 1;
      position = Math.floor(position / 2);
      made.push({ level, position, hash });
    }
    open.push(hash);
    return made;
  });
  return { nodes, frontier: open };
}

/** The root over a frontier; of the empty tree, SHA-256 of nothing (RFC 6962 section 2.1). */
export function rootOfFrontier(frontier: readonly Hash[]): Hash {
  return frontier.length === 0 ? rootHash([]) : fold(frontier);
}

/** Root of the first `size` leaves. */
export async function rootAt(size: number, read: NodeReader): Promise<Hash> {
  if (size === 0) return rootHash([]);
  const [root] = await hashRanges([{ start: 0, end: size }], read);
  if (root === undefined) throw new RangeError('no such tree');
  return root;
}

/**
 * The audit path of a leaf, as `inclusionProof` of the protocol gives it, from stored subtrees.
 *
 * @throws RangeError unless 0 ≤ index < size
 */
export async function proveInclusion(index: number, size: number, read: NodeReader): Promise<readonly Hash[]> {
  if (index < 0 || index >= size) throw new RangeError('no such leaf');
  const ranges: Range[] = [];
  let [start, end] = [0, size];
  while (end - start > 1) {
    const middle = start + largestPowerBelow(end - start);
    const isRight = index >= middle;
    ranges.push(isRight ? { start, end: middle } : { start: middle, end });
    [start, end] = isRight ? [middle, end] : [start, middle];
  }
  return hashRanges(ranges.reverse(), read);
}

/**
 * The proof between two sizes, as `consistencyProof` of the protocol gives it, from stored subtrees.
 *
 * @throws RangeError unless 1 ≤ oldSize ≤ size
 */
export async function proveConsistency(oldSize: number, size: number, read: NodeReader): Promise<readonly Hash[]> {
  if (oldSize < 1 || oldSize > size) throw new RangeError('no such tree');
  const ranges: Range[] = [];
  let [start, end] = [0, size];
  while (oldSize < end) {
    const middle = start + largestPowerBelow(end - start);
    const isRight = oldSize > middle;
    ranges.push(isRight ? { start, end: middle } : { start: middle, end });
    [start, end] = isRight ? [middle, end] : [start, middle];
  }
  // The old root itself is left out: whoever verifies has it.
  if (start > 0) ranges.push({ start, end });
  return hashRanges(ranges.reverse(), read);
}

/** One look-up for all ranges, however long the log is. */
async function hashRanges(ranges: readonly Range[], read: NodeReader): Promise<readonly Hash[]> {
  const subtrees = ranges.map(subtreesOf);
  const hashes = await read(subtrees.flat());
  let next = 0;
  return subtrees.map(({ length }) => {
    const own = hashes.slice(next, next + length);
    next += length;
    if (own.length < length) throw new RangeError('a node of the log is missing');
    return fold(own);
  });
}

/** The complete subtrees of a range that begins where RFC 6962 splits, largest first. */
function subtreesOf({ start, end }: Range): readonly TreeNode[] {
  const nodes: TreeNode[] = [];
  for (let at = start; at < end;) {
    let level = 0;
    while (2 ** (level + 1) <= end - at) level += 1;
    nodes.push({ level, position: at / 2 ** level });
    at += 2 ** level;
  }
  return nodes;
}

function fold(hashes: readonly Hash[]): Hash {
  return hashes.reduceRight((right, left) => nodeHash(left, right));
}

function largestPowerBelow(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}
