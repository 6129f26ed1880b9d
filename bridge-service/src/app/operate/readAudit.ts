import { bytesToHex } from '@noble/hashes/utils.js';
import { signCheckpoint } from '@agent-readiness/protocol/log';
import type { AuditEntry } from '../../ports/audit.ts';
import type { Bridge } from '../bridge.ts';

/** The log's head, signed (C2SP tlog-checkpoint). */
export async function readCheckpoint({ store, log }: Bridge): Promise<string> {
  const { size, root } = await store.transaction(({ audit }) => audit.head());
  return signCheckpoint({ origin: log.origin, size, root }, [log.signer]);
}

export function readEntries({ store }: Bridge, from: number, limit: number): Promise<readonly AuditEntry[]> {
  return store.transaction(({ audit }) => audit.entries(from, limit));
}

const page = 1_000;

/** The log as lines: every entry, and the checkpoint over exactly these as the last one. */
export async function* exportLog(bridge: Bridge): AsyncGenerator<string> {
  const checkpoint = await readCheckpoint(bridge);
  const size = Number(checkpoint.split('\n')[1]);
  for (let from = 0; from < size; from += page) {
    for (const entry of await readEntries(bridge, from, Math.min(page, size - from)))
      yield `${JSON.stringify(entry)}\n`;
  }
  yield `${JSON.stringify({ checkpoint })}\n`;
}

/** Hashes in hexadecimal. Undefined unless 0 ≤ index < size ≤ size of the log. */
export function proveEntry({ store }: Bridge, index: number, size: number): Promise<readonly string[] | undefined> {
  return store.transaction(async ({ audit }) => {
    const head = await audit.head();
    if (index < 0 || index >= size || size > head.size) return undefined;
    return (await audit.inclusionProof(index, size)).map(bytesToHex);
  });
}

/** Hashes in hexadecimal. Undefined unless 1 ≤ oldSize ≤ size ≤ size of the log. */
export function proveGrowth({ store }: Bridge, oldSize: number, size: number): Promise<readonly string[] | undefined> {
  return store.transaction(async ({ audit }) => {
    const head = await audit.head();
    if (oldSize < 1 || oldSize > size || size > head.size) return undefined;
    return (await audit.consistencyProof(oldSize, size)).map(bytesToHex);
  });
}
