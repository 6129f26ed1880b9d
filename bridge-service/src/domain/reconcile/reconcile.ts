import type { LogTrust, Trust } from '@agent-readiness/protocol/handoff';
import { sha256Hex } from '../sha256.ts';
import { checkJournal } from './checkJournal.ts';
import { checkLog } from './checkLog.ts';
import { checkStages } from './checkStages.ts';
import type { BridgeExport, OrgExport } from './exports.ts';
import type { Inconsistency } from './inconsistency.ts';
import { verifyChain } from './verifyChain.ts';

export interface ReconcileContext {
  readonly trust: Trust;
  readonly log: LogTrust;
  /** Seconds since the epoch at which both exports were made. */
  readonly now: number;
}

/**
 * Compares what the org and the bridge hold of each other's handoffs. It believes neither: every object is
 * verified anew, and the tree is computed from its entries. Nothing found means that both tell one story.
 */
export async function reconcile(
  org: OrgExport,
  bridge: BridgeExport,
  { trust, log, now }: ReconcileContext,
): Promise<readonly Inconsistency[]> {
  const ofOrg = new Map(org.handoffs.map(({ txn, objects }) => [txn, objects.map(({ envelope }) => envelope)]));
  const ofBridge = new Map(bridge.handoffs.filter((each) => each.org === org.org).map((each) => [each.txn, each]));
  const rowsOf = Map.groupBy(org.effects, ({ txn }) => txn);
  const eventsOf = Map.groupBy(bridge.entries, ({ event }) => event.txn);
  const found: Inconsistency[] = [];
  const shown = [];
  for (const txn of new Set([...ofOrg.keys(), ...ofBridge.keys(), ...rowsOf.keys()])) {
    const [atOrg = [], { objects: atBridge = [], erased = false } = {}] = [ofOrg.get(txn), ofBridge.get(txn)];
    const chain = await verifyChain([...atOrg, ...atBridge], trust);
    const objects = [...chain.objects.values()];
    const held = new Set(atOrg.map(sha256Hex));
    const sides = { objects, atOrg: held, atBridge: new Set(atBridge.map(sha256Hex)), erased, now };
    const events = new Set((eventsOf.get(txn) ?? []).map(({ event }) => event.event));
    const journal = checkJournal(objects, rowsOf.get(txn) ?? [], events);
    found.push(...[...chain.found, ...checkStages(sides), ...journal].map((each) => ({ ...each, txn })));
    shown.push(...objects.filter((object) => object.kind === 'result').filter(({ sha256 }) => held.has(sha256)));
  }
  found.push(...(await checkLog(bridge, shown, log)));
  return found.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

function keyOf({ txn, code, detail }: Inconsistency): string {
  return `${txn} ${code} ${detail}`;
}
