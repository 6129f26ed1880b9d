import { commitmentOf, resultContentSha256, type LogTrust, type Verified } from '@agent-readiness/protocol/handoff';
import { leafHash, openCheckpoint, rootHash } from '@agent-readiness/protocol/log';
import type { BridgeExport } from './exports.ts';
import type { Inconsistency } from './inconsistency.ts';

/**
 * Compares the log with every checkpoint that the org was shown: each of them must be a beginning of it,
 * and it must hold what the results say of it.
 *
 * @param shown results that the org holds
 */
export async function checkLog(
  { entries, checkpoint }: Pick<BridgeExport, 'entries' | 'checkpoint'>,
  shown: readonly Extract<Verified, { kind: 'result' }>[],
  { origin, keys }: LogTrust,
): Promise<readonly Inconsistency[]> {
  const leaves = entries.map(({ event, salt }) => leafHash(commitmentOf(event, salt)));
  const problemOf = async (note: string): Promise<string | undefined> => {
    const head = await openCheckpoint(note, origin, keys);
    if (!head.ok) return head.code;
    const { size, root } = head.value;
    if (size > leaves.length) return `${size} entries were shown, ${leaves.length} are left`;
    const own = rootHash(leaves.slice(0, size));
    return own.every((byte, at) => byte === root[at]) ? undefined : `other entries among the first ${size}`;
  };
  const found: Inconsistency[] = [];
  const own = await problemOf(checkpoint);
  if (own !== undefined) found.push({ code: 'trees_disagree', txn: '', detail: `of the bridge itself: ${own}` });
  const logged = new Set(
    entries.filter(({ event }) => event.event === 'answer.signed').map(({ event }) => event.content_sha256),
  );
  for (const { claims } of shown) {
    const problem = await problemOf(claims.log.checkpoint);
    const { txn } = claims;
    if (problem !== undefined) found.push({ code: 'trees_disagree', txn, detail: problem });
    if (!logged.has(resultContentSha256(claims)))
      found.push({ code: 'result_not_logged', txn, detail: 'answer.signed' });
  }
  return found;
}
