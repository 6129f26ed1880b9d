import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { manifestSchema, manifestSha256, type Manifest } from '@agent-readiness/protocol';
import type { Grant } from '@agent-readiness/protocol/handoff';
import { runDiff } from '../../sf-plugin/src/actions/diff.ts';
import { runGate } from '../../sf-plugin/src/actions/gate.ts';
import { silent } from '../../sf-plugin/src/actions/progress.ts';
import { refundGrants } from '../../bridge-service/test/support/offers.ts';
import { createRefundDesk, type RefundDesk } from './refundDesk.ts';
import { startStage, type Stage } from './stage.ts';

jest.setTimeout(120_000);

/** What the task grants: a second person in front of the refund, any record until the offer names one. */
const grants = refundGrants.map((grant): Grant => {
  const anyRecord = { ...grant, recordIds: undefined };
  return grant.operation === 'create' ? { ...anyRecord, gate: 'approval' } : anyRecord;
});
const widened = grants.map((grant): Grant => {
  return grant.operation === 'create' ? { ...grant, gate: 'none', fields: [...grant.fields, 'OwnerId'] } : grant;
});

let desk: RefundDesk;
let manifest: Manifest;
let stage: Stage;
beforeAll(async () => {
  desk = createRefundDesk(grants);
  const { written } = await runGate(
    { startDir: desk.root, progress: silent, today: '2026-11-24' },
    { sourceDirs: [], agents: [], allVersions: false, locked: false, writeManifest: true, writeBaseline: false },
  );
  expect(written).toEqual([join(desk.root, 'authority.lock.json')]);
  manifest = manifestSchema.parse(JSON.parse(readFileSync(join(desk.root, 'authority.lock.json'), 'utf8')));
  stage = await startStage(manifest);
}, 120_000);
afterAll(async () => {
  await stage.stop();
  desk.dispose();
});

/** What the manifest says of changes by the bridge, which acts as its own user; the journal runs in system mode. */
function byBridge(agent: string, action: string): readonly string[] {
  return manifest.actions
    .filter((entry) => entry.agent === agent && entry.action === action)
    .flatMap(({ effects }) => effects)
    .filter(({ object, identity }) => ['Case', 'Refund__c'].includes(object) && identity === 'user')
    .map(({ operation, object, fields, extent, gate }) => [operation, object, fields, extent, gate].join(' '));
}

/** Why the bridge does not take on an offer with these grants; `undefined` if it does. */
async function refusalOf(granted: readonly Grant[]): Promise<string | undefined> {
  const caseId = stage.org.table('Case').insert({ Subject: 'Lamp arrived broken', Description: 'Cracked.' });
  const { rctx } = (await stage.orgSide.offer(caseId)).offer.claims;
  const offered = await stage.orgSide.offer(caseId, {
    act: { sub: 'Refund_Desk', version: 'v1' },
    rctx: { ...rctx, topic: 'case_work', action: 'review_refund' },
    authorization_details: granted.map((grant) =>
      grant.object === 'Case' ? { ...grant, recordIds: [caseId] } : { ...grant },
    ),
    manifest: manifestSha256(manifest),
  });
  const answer = await stage.orgSide.handOff(offered);
  if ('code' in answer) throw new Error(`the bridge said ${answer.code}`);
  expect((answer.accept ?? answer.refuse)?.claims.txn).toBe(offered.offer.claims.txn);
  return answer.refuse?.claims.reason;
}

describe('what a task grants', () => {
  it('stands in the manifest, under the action that hands it off and under no other', () => {
    expect(byBridge('Refund_Desk', 'review_refund')).toEqual([
      'create Refund__c Amount__c,Order__c,Reason__c,Status__c one approval',
      'update Case Status one none',
    ]);
    expect(byBridge('Refund_Desk', 'check_handoff')).toEqual([]);
    expect(byBridge('Handoff_Desk', 'summarise_case')).toEqual([]);
  });

  it('is taken on by a bridge that goes by that manifest', async () => {
    expect(await refusalOf(grants)).toBeUndefined();
  });

  it('shows in the difference when it is widened, and is refused until that is reviewed', async () => {
    desk.grant(widened);
    const difference = await runDiff({ startDir: desk.root, progress: silent }, { sourceDirs: [], allVersions: false });
    expect(difference.verdict.status).toBe('refused');
    const changes = difference.changes.map(({ kind, agent, action, effect, path }) => {
      const { operation, object, fields, gate } = effect;
      return [kind, agent, action, operation, object, fields, gate, path.at(-1)?.file.split('/').at(-1)].join(' ');
    });
    expect(changes).toEqual([
      'widened Refund_Desk review_refund create Refund__c Amount__c,Order__c,OwnerId,Reason__c,Status__c none ' +
        'Handoff_Task.Refund_Review.md-meta.xml',
    ]);
    expect(await refusalOf(widened)).toBe('authority_exceeds_manifest');
  });
});
