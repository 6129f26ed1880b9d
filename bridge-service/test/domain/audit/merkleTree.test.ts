import { describe, expect, it } from '@jest/globals';
import { consistencyProof, inclusionProof, leafHash, rootHash, type Hash } from '@agent-readiness/protocol/log';
import {
  appendLeaves,
  proveConsistency,
  proveInclusion,
  rootAt,
  rootOfFrontier,
  type NodeReader,
} from '../../../src/domain/audit/merkleTree.ts';

const leaf = (number: number): Hash => leafHash(Uint8Array.of(number % 256, Math.floor(number / 256)));

/** A log built in batches of the given sizes, and the leaves that are in it. */
function build(batches: readonly number[]): {
  leaves: Hash[];
  frontier: readonly Hash[];
  read: NodeReader;
  nodes: number;
} {
  const stored = new Map<string, Hash>();
  const leaves: Hash[] = [];
  let frontier: readonly Hash[] = [];
  for (const batch of batches) {
    const added = Array.from({ length: batch }, (_, offset) => leaf(leaves.length + offset));
    const grown = appendLeaves(leaves.length, frontier, added);
    for (const { level, position, hash } of grown.nodes) {
      const name = `${String(level)}/${String(position)}`;
      if (stored.has(name)) throw new Error(`${name} was written twice`);
      stored.set(name, hash);
    }
    leaves.push(...added);
    frontier = grown.frontier;
  }
  const read: NodeReader = (nodes) =>
    Promise.resolve(nodes.flatMap(({ level, position }) => stored.get(`${String(level)}/${String(position)}`) ?? []));
  return { leaves, frontier, read, nodes: stored.size };
}

const upTo33 = Array.from({ length: 33 }, (_, at) => at + 1);

describe('a tree of stored subtrees', () => {
  it('has the root that RFC 6962 defines, at every size and for every way of growing', async () => {
    for (const size of upTo33) {
      const { leaves, frontier, read } = build(
        [Math.floor(size / 3), 1, size - Math.floor(size / 3) - 1].filter((n) => n > 0),
      );
      const expected = rootHash(leaves);
      expect(rootOfFrontier(frontier)).toEqual(expected);
      expect(await rootAt(leaves.length, read)).toEqual(expected);
    }
  });

  it('proves what the leaves prove, for every leaf and every pair of sizes', async () => {
    const { leaves, read } = build([33]);
    for (const size of upTo33) {
      const tree = leaves.slice(0, size);
      for (let index = 0; index < size; index += 1) {
        expect(await proveInclusion(index, size, read)).toEqual(inclusionProof(tree, index));
        expect(await proveConsistency(index + 1, size, read)).toEqual(consistencyProof(tree, index + 1));
      }
    }
  });

  it('keeps each subtree once: fewer than two hashes for each leaf', () => {
    expect(build([64]).nodes).toBe(127);
    expect(build([1, 2, 3, 58]).nodes).toBe(127);
  });

  it('has a root when it is empty, and no proofs', async () => {
    const { read } = build([]);
    expect(await rootAt(0, read)).toEqual(rootHash([]));
    expect(rootOfFrontier([])).toEqual(rootHash([]));
    await expect(proveInclusion(0, 0, read)).rejects.toThrow(RangeError);
    await expect(proveConsistency(0, 5, read)).rejects.toThrow(RangeError);
  });

  it('refuses to prove from a store that has lost a node', async () => {
    const { read } = build([7]);
    const lossy: NodeReader = async (nodes) => (await read(nodes)).slice(1);
    await expect(proveInclusion(0, 7, lossy)).rejects.toThrow('a node of the log is missing');
  });
});
