import type { BridgeExport } from '../../domain/reconcile/exports.ts';
import type { Handoff } from '../../ports/handoffs.ts';
import type { Bridge } from '../bridge.ts';
import { dataKeyOf, ErasedError } from '../content.ts';
import { readCheckpoint, readEntries } from './readAudit.ts';

const page = 100;

/** All that the bridge holds of an org's handoffs, and its log; the log last, so that it has all of it. */
export async function exportHandoffs(bridge: Bridge, org: string): Promise<BridgeExport> {
  const handoffs: BridgeExport['handoffs'] = [];
  for (let after = ''; ;) {
    const next = await bridge.store.transaction((unit) => unit.handoffs.list(org, after, page));
    for (const handoff of next) handoffs.push(await exportOne(bridge, handoff));
    const last = next.at(-1);
    if (last === undefined) break;
    after = last.key.txn;
  }
  const checkpoint = await readCheckpoint(bridge);
  const size = Number(checkpoint.split('\n')[1]);
  const entries: BridgeExport['entries'] = [];
  while (entries.length < size) {
    entries.push(...(await readEntries(bridge, entries.length, Math.min(1_000, size - entries.length))));
  }
  return { party: bridge.party, handoffs, entries, checkpoint };
}

async function exportOne(bridge: Bridge, { key, keyId }: Handoff): Promise<BridgeExport['handoffs'][number]> {
  try {
    const objects = await bridge.store.transaction(async (unit) => {
      const dataKey = await dataKeyOf(unit, keyId);
      const stored = await unit.handoffs.objects(key);
      return stored.map(({ sealed, sha256 }) => bridge.cipher.open(dataKey.key, sealed, sha256));
    });
    return { ...key, erased: false, objects };
  } catch (error) {
    if (error instanceof ErasedError) return { ...key, erased: true, objects: [] };
    throw error;
  }
}
