import { createHash } from 'node:crypto';

/** Gives `size` bytes. */
export type RandomBytes = (size: number) => Buffer;

/** Bytes that look random and are the same for the same seed: for tokens of tests, never for secrets. */
export function seededBytes(seed: string): RandomBytes {
  let count = 0;
  return (size) => {
    const blocks: Buffer[] = [];
    for (let length = 0; length < size; length += 32) {
      count += 1;
      blocks.push(createHash('sha256').update(`${seed} ${count}`).digest());
    }
    return Buffer.concat(blocks).subarray(0, size);
  };
}
