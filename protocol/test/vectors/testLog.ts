import {
  createNoteSigner,
  formatVerifierKey,
  inclusionProof,
  leafHash,
  rootHash,
  signCheckpoint,
} from '@agent-readiness/protocol/log';
import { commitmentOf, resultContentSha256, type AuditEvent, type Receipt } from '@agent-readiness/protocol/handoff';
import { testLogKey } from './keys.ts';
import { bridgeParty, logOrigin, sha256, start, uuid } from './scenario.ts';

const fromHex = (digits: string): Uint8Array => new Uint8Array(Buffer.from(digits, 'hex'));
const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

export const logVerifierKey = formatVerifierKey(logOrigin, testLogKey.publicKey);

const logSalt = sha256('TEST ONLY salt');

/** The event that the log holds about a result. */
function eventOf(result: Parameters<typeof resultContentSha256>[0]): AuditEvent {
  return {
    version: 1,
    txn: uuid(1),
    party: bridgeParty,
    at: start,
    event: 'answer.signed',
    actor: 'bridge',
    content_sha256: resultContentSha256(result),
  };
}

/** A log of `size` entries in which the event about a result stands at `index`, and the receipt of it. */
export async function logWith(
  result: Parameters<typeof resultContentSha256>[0],
  index: number,
  size: number,
  { origin = logOrigin, key = testLogKey } = {},
): Promise<Receipt> {
  const event = eventOf(result);
  const leaves = Array.from({ length: size }, (_, at) =>
    leafHash(at === index ? commitmentOf(event, logSalt) : fromHex(sha256(`entry ${String(at)}`))),
  );
  const signer = await createNoteSigner(origin, key.seed, key.publicKey);
  const checkpoint = await signCheckpoint({ origin, size, root: rootHash(leaves) }, [signer]);
  return { event, salt: logSalt, index, proof: inclusionProof(leaves, index).map(toHex), checkpoint };
}
