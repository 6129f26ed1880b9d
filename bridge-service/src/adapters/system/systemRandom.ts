import { randomBytes, randomUUID } from 'node:crypto';
import type { Random } from '../../ports/clock.ts';

export const systemRandom: Random = {
  bytes: (length) => new Uint8Array(randomBytes(length)),
  uuid: () => randomUUID(),
};
