import { bytesToHex } from '@noble/hashes/utils.js';
import { sha256Hex } from '../../domain/sha256.ts';
import type { KeyOwner } from '../../ports/vault.ts';
import { noHandoff, type Bridge } from '../bridge.ts';
import { newEvent } from '../events.ts';

/**
 * Makes everything about a person unreadable, here and in every backup, by destroying their keys. The
 * log stays as it is and every proof still holds; that it happened is in the log, without the person.
 *
 * @returns how many keys were destroyed
 */
export function erasePerson(bridge: Bridge, owner: KeyOwner, by: string): Promise<number> {
  // A digest of the id alone could be found by trying all ids.
  const salt = bytesToHex(bridge.random.bytes(32));
  const contentSha256 = sha256Hex(`${salt} ${owner.org} ${owner.subject}`);
  return bridge.store.transaction(async ({ keys, audit }) => {
    const destroyed = await keys.destroy(owner);
    audit.append(newEvent(bridge, 'erase.done', { txn: noHandoff, contentSha256, actor: by }));
    return destroyed;
  });
}
