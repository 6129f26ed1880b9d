import { sha256Hex } from '../../domain/sha256.ts';
import { noHandoff, type Bridge } from '../bridge.ts';
import { newEvent } from '../events.ts';

export interface Rotation {
  readonly rewrapped: number;
  /** Under neither master key: left as they are, and unreadable. */
  readonly unreadable: number;
}

/** So few that nobody who needs one of these keys waits for long. */
const page = 200;

/**
 * Wraps every data key under the master key, page by page: killed anywhere, it goes on when it is called
 * again. What the keys have sealed stays as it is.
 */
export async function rotateKeys(bridge: Bridge, by: string): Promise<Rotation> {
  let total: Rotation = { rewrapped: 0, unreadable: 0 };
  for (let after = ''; ;) {
    const { last, rewrapped, unreadable } = await bridge.store.transaction(async ({ keys, audit }) => {
      const done = await keys.rewrap(after, page);
      if (done.rewrapped > 0) {
        const contentSha256 = sha256Hex(String(done.rewrapped));
        audit.append(newEvent(bridge, 'keys.rotated', { txn: noHandoff, contentSha256, actor: by }));
      }
      return done;
    });
    total = { rewrapped: total.rewrapped + rewrapped, unreadable: total.unreadable + unreadable };
    if (last === undefined) return total;
    after = last;
  }
}
