import { createHash } from 'node:crypto';
import type { Random } from '../../src/ports/clock.ts';

/** Random to the eye, the same in every run; `seed` tells two of them apart. */
export function fixedRandom(seed: string): Random {
  let count = 0;
  const next = (): Buffer => {
    count += 1;
    return createHash('sha512')
      .update(`${seed} ${String(count)}`)
      .digest();
  };
  return {
    bytes: (length) => new Uint8Array(next().subarray(0, length)),
    uuid: () =>
      next()
        .toString('hex')
        .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5'),
  };
}
