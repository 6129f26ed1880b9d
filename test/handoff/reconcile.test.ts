import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { exportHandoffs } from '../../bridge-service/src/app/operate/exportHandoffs.ts';
import { revertHandoff } from '../../bridge-service/src/app/operate/revert.ts';
import { exportOrg, reconcileExports } from '../../bridge-service/src/cli/reconcile.ts';
import type { BridgeExport, OrgExport } from '../../bridge-service/src/domain/reconcile/exports.ts';
import { reconcile } from '../../bridge-service/src/domain/reconcile/reconcile.ts';
import { refundGrants } from '../../bridge-service/test/support/offers.ts';
import { must } from '../../bridge-service/test/support/must.ts';
import { logTrust, orgParty, otherLogVerifierKey, trust } from '../../bridge-service/test/support/parties.ts';
import type { Problem, Verdict } from './orgSide.ts';
import { startStage, type Stage } from './stage.ts';

jest.setTimeout(60_000);

let stage: Stage;
let org: OrgExport;
let bridge: BridgeExport;
const names = { executed: '', refused: '', denied: '', reverted: '' };

function settled(answer: Verdict | Problem): Verdict {
  if ('code' in answer) throw new Error(`${answer.code} ${answer.reason ?? ''}`);
  return answer;
}

async function play(decision: 'approved' | 'rejected'): Promise<string> {
  const caseId = stage.org
    .table('Case')
    .insert({ Subject: 'Lamp', Description: 'The foot of the lamp is cracked.', Status: 'New' });
  const offered = await stage.orgSide.offer(caseId);
  const { result } = settled(await stage.orgSide.handOff(offered));
  const final = settled(await stage.orgSide.decide(offered.offer, must(result), { decision }));
  await stage.orgSide.close(must(final.result), decision === 'approved' ? 'applied' : 'recorded');
  return offered.offer.claims.txn;
}

beforeAll(async () => {
  stage = await startStage();
  names.executed = await play('approved');
  names.denied = await play('rejected');
  names.reverted = await play('approved');
  await revertHandoff(stage.service.bridge, { org: orgParty, txn: names.reverted }, 'operator');
  const wider = [{ ...must(refundGrants[0]), fields: ['OwnerId'] }];
  const caseId = stage.org
    .table('Case')
    .insert({ Subject: 'Lamp', Description: 'The foot of the lamp is cracked.', Status: 'New' });
  const refused = await stage.orgSide.offer(caseId, { authorization_details: wider });
  await stage.orgSide.handOff(refused);
  names.refused = refused.offer.claims.txn;
  org = await exportOrg(stage.config, orgParty);
  bridge = await exportHandoffs(stage.service.bridge, orgParty);
}, 300_000);
afterAll(() => stage.stop());

/** A day later, so that whatever is missing is late. */
const find = async (change: (org: OrgExport, bridge: BridgeExport) => void): Promise<readonly string[]> => {
  const planted = { org: structuredClone(org), bridge: structuredClone(bridge) };
  change(planted.org, planted.bridge);
  const now = Math.floor(Date.now() / 1_000) + 86_400;
  const found = await reconcile(planted.org, planted.bridge, { trust, log: logTrust, now });
  const nameOf = (txn: string): string => Object.entries(names).find(([, each]) => each === txn)?.[0] ?? 'log';
  return found.map(({ txn, code }) => `${nameOf(txn)} ${code}`).sort();
};

const ofOrg = (from: OrgExport, name: keyof typeof names) =>
  must(from.handoffs.find(({ txn }) => txn === names[name])).objects;
const ofBridge = (from: BridgeExport, name: keyof typeof names) =>
  must(from.handoffs.find(({ txn }) => txn === names[name])).objects;

const typOf = (envelope: string): string =>
  (JSON.parse(Buffer.from(envelope.split('.')[0] ?? '', 'base64url').toString()) as { typ: string }).typ;

/** Takes objects of these kinds away, from the end, as many as are named. */
function drop(from: { readonly envelope: string }[] | string[], ...kinds: readonly string[]): void {
  for (const kind of kinds) {
    const at = from.findLastIndex(
      (each) => typOf(typeof each === 'string' ? each : each.envelope) === `handoff-${kind}+jwt`,
    );
    if (at < 0) throw new Error(`there is no ${kind}`);
    from.splice(at, 1);
  }
}

describe('both exports', () => {
  it('tell one story', async () => {
    expect([org.handoffs.length, bridge.handoffs.length, org.effects.length]).toEqual([4, 4, 6]);
    expect(await find(() => undefined)).toEqual([]);
    expect(await reconcileExports(stage.config, { org, bridge })).toEqual([]);
    expect(await reconcileExports(stage.config, { org, bridge }, otherLogVerifierKey)).toContainEqual(
      expect.stringMatching(/^trees_disagree: .*of the bridge itself/),
    );
  });

  it('of an erased person lack objects, and disagree in nothing', async () => {
    const erase = (_: OrgExport, { handoffs }: BridgeExport): void => {
      for (const handoff of handoffs) Object.assign(handoff, { erased: true, objects: [] });
    };
    expect(await find(erase)).toEqual([]);
  });
});

describe('is named:', () => {
  it('an offer without an answer', async () => {
    const planted = await find((o, b) => {
      drop(ofOrg(o, 'refused'), 'refuse');
      drop(ofBridge(b, 'refused'), 'refuse');
    });
    expect(planted).toEqual(['refused offer_without_answer']);
  });

  it('an accept without a result', async () => {
    const late = ['close', 'result', 'approval', 'result'];
    const planted = await find((o, b) => {
      drop(ofOrg(o, 'denied'), ...late);
      drop(ofBridge(b, 'denied'), ...late);
    });
    expect(planted).toEqual(['denied accept_without_result']);
  });

  it('a result that the org does not have', async () => {
    const planted = await find((o, b) => {
      drop(ofOrg(o, 'denied'), 'close', 'result');
      drop(ofBridge(b, 'denied'), 'close');
    });
    expect(planted).toEqual(['denied result_not_received']);
  });

  it('a result without a close', async () => {
    const planted = await find((o, b) => {
      drop(ofOrg(o, 'executed'), 'close');
      drop(ofBridge(b, 'executed'), 'close');
    });
    expect(planted).toEqual(['executed result_without_close']);
  });

  it('a close that the bridge does not know', async () => {
    const planted = await find((_, b) => {
      drop(ofBridge(b, 'executed'), 'close');
    });
    expect(planted).toEqual(['executed close_not_received']);
  });

  it('an answer that the bridge denies', async () => {
    const planted = await find((_, b) => {
      drop(ofBridge(b, 'executed'), 'close', 'result');
    });
    expect(planted).toEqual(['executed answer_unknown_to_bridge', 'executed close_not_received']);
  });

  it('an object that does not verify', async () => {
    const planted = await find((o) => {
      const refuse = must(ofOrg(o, 'refused').at(-1));
      const [header = '', claims = '', signature = ''] = refuse.envelope.split('.');
      refuse.envelope = [header, claims, signature.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))].join('.');
    });
    expect(planted).toEqual(['refused object_invalid', 'refused result_not_received']);
  });

  it('authority that was exceeded', async () => {
    const planted = await find((o) => {
      const row = must(o.effects.find(({ txn, object }) => txn === names.executed && object === 'Case'));
      row.fields = ['OwnerId', 'Status'];
    });
    expect(planted).toEqual([
      'executed authority_exceeded',
      'executed effect_without_receipt',
      'executed receipt_without_effect',
    ]);
  });

  it('a change without a receipt, also under the name of an undo', async () => {
    const again = await find((o) => {
      const row = must(o.effects.find(({ txn, object }) => txn === names.executed && object === 'Case'));
      o.effects.push({ ...row, key: 'another' });
    });
    expect(again).toEqual(['executed effect_without_receipt']);
    const unasked = await find((o, b) => {
      b.entries = b.entries.filter(({ event }) => !event.event.startsWith('revert.'));
      o.handoffs = o.handoffs.filter(({ txn }) => txn === names.reverted);
    });
    expect(unasked).toEqual(expect.arrayContaining(['reverted effect_without_receipt', 'reverted authority_exceeded']));
  });

  it('a receipt without a change', async () => {
    const planted = await find((o) => {
      o.effects = o.effects.filter(({ txn, object }) => txn !== names.executed || object !== 'Case');
    });
    expect(planted).toEqual(['executed receipt_without_effect']);
  });

  it('a log that has lost, changed or hidden something', async () => {
    const disagree = ['denied', 'executed', 'log', 'reverted'].map((name) => `${name} trees_disagree`);
    const without = (event: string, txn: string) => (_: OrgExport, b: BridgeExport) => {
      b.entries = b.entries.filter((entry) => entry.event.event !== event || entry.event.txn !== txn);
    };
    const undispatched = await find(without('act.dispatched', names.executed));
    expect(undispatched).toContain('executed effect_not_logged');
    expect(undispatched).toEqual(expect.arrayContaining(['executed trees_disagree', 'log trees_disagree']));
    expect(await find(without('answer.signed', names.executed))).toEqual(
      expect.arrayContaining(['executed result_not_logged', 'log trees_disagree']),
    );
    const changed = await find((_, b) => {
      const [first] = b.entries;
      must(first).event.actor = 'somebody else';
    });
    expect([...new Set(changed)]).toEqual(disagree);
    const cut = await find((_, b) => {
      b.entries = b.entries.slice(0, -1);
    });
    expect(cut).toContain('log trees_disagree');
  });
});
