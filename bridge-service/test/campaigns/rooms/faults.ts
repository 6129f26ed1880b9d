import type { Verified } from '@agent-readiness/protocol/handoff';
import type { FakeOrg } from '@agent-readiness/testkit';
import { startFakeClaude, type FakeBehaviour } from '@agent-readiness/testkit/claude';
import { createPricing } from '../../../src/adapters/anthropic/pricing.ts';
import { createClient } from '../../../src/adapters/anthropic/client.ts';
import { createSalesforceOrg } from '../../../src/adapters/salesforce/salesforceOrg.ts';
import { openDatabase } from '../../../src/adapters/sql/openDatabase.ts';
import { receiveApproval } from '../../../src/app/approval/receiveApproval.ts';
import type { Bridge } from '../../../src/app/bridge.ts';
import { answerOffer } from '../../../src/app/custody/answer.ts';
import { receiveOffer } from '../../../src/app/custody/receiveOffer.ts';
import { runHandoff } from '../../../src/app/run/runHandoff.ts';
import { safeguards } from '../../../src/wiring/safeguards.ts';
import { HAIKU, modelAt, prices, SONNET } from '../../adapters/anthropic/support.ts';
import { startSalesforce } from '../../support/fakeSalesforce.ts';
import { drain } from '../../support/handOff.ts';
import { must } from '../../support/must.ts';
import { newOffer } from '../../support/offers.ts';
import { orgParty } from '../../support/parties.ts';
import { findPostgres, startPostgres } from '../../support/postgres.ts';
import { openStore } from '../../support/sqlStore.ts';
import { createTestBridge, verifyAnswer } from '../../support/testBridge.ts';
import { approve } from '../world/approve.ts';
import { claudeFaults, orgFaults, proper, type OrgFault } from '../world/faultLists.ts';
import { createFindings, type Findings } from '../world/findings.ts';
import { refundOf } from '../world/refund.ts';
import type { Seeded } from '../world/seeded.ts';
import type { StoreKind } from '../world/stage.ts';
import { forEach } from '../world/until.ts';

/** What goes wrong in one handoff; the org's faults come after `calm` requests of the write went well. */
interface Scene {
  readonly name: string;
  readonly claude: readonly FakeBehaviour[];
  readonly read: readonly OrgFault[];
  readonly write: readonly OrgFault[];
  readonly calm: number;
}

/** Every fault of the provider and of the org, alone, twice in a row by all pairs, and one of each. */
function allScenes(): readonly Scene[] {
  const still: Scene = { name: '', claude: [], read: [], write: [], calm: 0 };
  const claude = Object.entries(claudeFaults);
  const org = Object.entries(orgFaults);
  return [
    ...claude.map(([name, fault]): Scene => ({ ...still, name, claude: [fault] })),
    ...claude.flatMap(([a, first]) =>
      claude.map(([b, second]): Scene => ({ ...still, name: `${a}, then ${b}`, claude: [first, second] })),
    ),
    ...org.map(([name, fault]): Scene => ({ ...still, name: `read: ${name}`, read: [fault] })),
    ...[0, 1, 2].flatMap((calm) =>
      org.map(([name, fault]): Scene => ({
        ...still,
        name: `request ${calm + 1} of the write: ${name}`,
        write: [fault],
        calm,
      })),
    ),
    ...org.flatMap(([a, first]) =>
      org.map(([b, second]): Scene => ({ ...still, name: `write: ${a}, then ${b}`, write: [first, second], calm: 1 })),
    ),
    ...claude.flatMap(([a, one]) =>
      org.map(([b, other]): Scene => ({ ...still, name: `${a}; write: ${b}`, claude: [one], write: [other], calm: 1 })),
    ),
  ];
}

/** How long a run may take: a silent provider is waited for until then. */
const dueSeconds = 8;
const lanes = 10;

export async function faults(seeded: Seeded, count: number, store: StoreKind): Promise<Findings> {
  const findings = createFindings();
  const scenes = allScenes();
  const chosen = scenes.filter(() => seeded.next() < count / scenes.length);
  const server = store === 'postgres' ? await startPostgres(findPostgres() ?? '') : undefined;
  const database = await openDatabase(
    server === undefined
      ? { kind: 'memory' }
      : { kind: 'postgres', url: await server.createDatabase(), maxConnections: 10 },
  );
  const claude = await startFakeClaude();
  const scripts = new Map<string, FakeBehaviour[]>();
  claude.respondWith(
    ({ headers }) => scripts.get((headers.authorization ?? '').slice('Bearer '.length))?.shift() ?? proper,
  );
  const orgs = await Promise.all(Array.from({ length: Math.min(lanes, chosen.length) }, () => startSalesforce()));
  const free = [...orgs];
  try {
    await forEach(chosen, orgs.length, async (scene, at) => {
      const salesforce = must(free.pop());
      const key = `sk-${at}`;
      scripts.set(key, [...scene.claude]);
      const base = createTestBridge(openStore(database));
      const bridge: Bridge & { readonly failures: readonly unknown[] } = {
        ...base,
        ...safeguards,
        // Breakers and sessions of its own: what one scene broke does not spare the next one.
        model: modelAt(claude, {
          client: createClient({ apiKey: key, baseUrl: claude.url }),
          breaker: { faults: 5, openMs: 30_000 },
        }),
        pricing: createPricing(prices, { small: [HAIKU], medium: [SONNET, HAIKU], large: [SONNET] }),
        org: createSalesforceOrg(new Map([[orgParty, salesforce.clientFor(1_000)]])),
      };
      const broken = await play(bridge, salesforce.org, scene).catch((error: unknown) => [String(error)]);
      for (const promise of broken) findings.require(false, `${scene.name}: ${promise}`);
      for (const failure of bridge.failures)
        findings.require(false, `${scene.name}: a fault of ours, ${String(failure)}`);
      findings.count('scenes');
      salesforce.org.faults.clear();
      free.push(salesforce);
    });
    return findings;
  } finally {
    await database.close();
    await server?.stop();
    await claude.close();
    for (const { org } of orgs) await org.close();
  }

  /** Plays one scene from the offer to the end, and returns what did not hold. */
  async function play(bridge: Bridge, org: FakeOrg, scene: Scene): Promise<readonly string[]> {
    const clock = { ...bridge.clock, move: () => undefined };
    const caseId = org.table('Case').insert({ Subject: 'Lamp', Status: 'New' });
    const orderId = org.table('Order').insert({ OrderNumber: '10023' });
    const { payload, grants } = refundOf(caseId, orderId);
    const nowMs = clock.nowMs();
    const { offer, message } = await newOffer({
      nowMs,
      payload,
      claims: {
        authorization_details: grants,
        tctx: {
          task_type: 'refund-review',
          purpose: 'The customer asked for a refund',
          record_ids: [caseId],
          due: Math.floor(nowMs / 1_000) + dueSeconds,
          max_cost_usd_micros: 250_000,
        },
      },
    });
    const { txn } = offer.claims;
    const key = { org: orgParty, txn };
    for (const fault of scene.read) org.faults.next(fault, { path: '/composite' });
    await receiveOffer(bridge, message);
    await runHandoff(bridge, key, { drain });
    const first = await answerOffer(bridge, key, offer.sha256);
    const { result: asked, refuse } = await verifyAnswer({ clock }, offer, first);
    if (refuse !== undefined) return [`it is taken: ${refuse.claims.reason} ${refuse.claims.detail}`];
    if (first?.status !== 'approval_required') return judge(asked, org, 0);
    const approval = await approve(must(asked), clock.nowMs());
    if (scene.calm > 0) org.faults.next({ kind: 'latency', ms: 0 }, { path: '/composite' }, scene.calm);
    for (const fault of scene.write) org.faults.next(fault, { path: '/composite' });
    const received = await receiveApproval(bridge, approval.compact);
    if (received.kind !== 'approved') return [`the approval is taken: ${JSON.stringify(received)}`];
    await runHandoff(bridge, key, { drain });
    const answer = await answerOffer(bridge, key);
    if (answer?.status !== 'finished') return [`it ends, and is ${answer?.status ?? 'unknown'}`];
    const { result } = await verifyAnswer({ clock }, offer, answer, approval);
    return judge(result, org, 2);
  }

  /** @param rows how many rows of the journal a write has */
  function judge(result: Verified<'result'> | undefined, org: FakeOrg, rows: number): readonly string[] {
    const { txn, disposition, effects, cost_usd_micros: cost } = must(result).claims;
    const written = org.table('Handoff_Effect__c').all.filter(({ Txn__c }) => Txn__c === txn).length;
    findings.count(`ended ${disposition}`);
    // Sent, and nobody can say whether it happened: that is what the receipt says, too.
    const isOpen = disposition === 'errored' && effects.some(({ status }) => status === 'dispatched');
    if (isOpen) findings.count('left open, and told as such');
    const expected = disposition === 'executed' ? rows : 0;
    return [
      ...(isOpen ? (written === 0 || written === rows ? [] : [`${written} rows`]) : []),
      ...(!isOpen && written !== expected ? [`${disposition}, with ${written} rows instead of ${expected}`] : []),
      ...(cost > 250_000 ? [`costs ${cost}`] : []),
    ];
  }
}
