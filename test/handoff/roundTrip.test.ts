import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { OfferClaims, Verified } from '@agent-readiness/protocol/handoff';
import { refusal, text, type FakeBehaviour } from '@agent-readiness/testkit/claude';
import { ids, refundGrants } from '../../bridge-service/test/support/offers.ts';
import { orgParty } from '../../bridge-service/test/support/parties.ts';
import { must } from '../../bridge-service/test/support/must.ts';
import type { Problem, Verdict } from './orgSide.ts';
import { proposal, startStage, type Stage } from './stage.ts';

jest.setTimeout(60_000);

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
}, 120_000);
afterAll(() => stage.stop());
afterEach(() => {
  expect(stage.failures).toEqual([]);
  stage.org.faults.clear();
  stage.claude.reset();
  stage.claude.respondWith(() => text(JSON.stringify(proposal)));
});

const newCase = (): string =>
  stage.org.table('Case').insert({
    Subject: 'Lamp arrived broken',
    Description: 'My name is Maria Lopez, maria.lopez@example.com. The foot of the lamp is cracked.',
    Status: 'New',
  });
const statusOf = (caseId: string): unknown => must(stage.org.table('Case').get(caseId))['Status'];
const effectsOf = (txn: string) =>
  stage.org
    .table('Handoff_Effect__c')
    .all.filter(({ Txn__c }) => Txn__c === txn)
    .map(({ Operation__c, Object__c }) => `${String(Operation__c)} ${String(Object__c)}`);

function settled(answer: Verdict | Problem): Verdict {
  if ('code' in answer) throw new Error(`${answer.code} ${answer.reason ?? ''}`);
  return answer;
}

/** An offer up to the plan that waits for a person. */
async function asked(claims: Partial<OfferClaims> = {}) {
  const caseId = newCase();
  const offered = await stage.orgSide.offer(caseId, claims);
  const { result, said } = settled(await stage.orgSide.handOff(offered));
  return { caseId, offer: offered.offer, txn: offered.offer.claims.txn, result: must(result), said };
}

describe('a handoff from the org through the bridge', () => {
  it('goes offer, accept, plan, approval, result, close', async () => {
    const { caseId, offer, txn, result, said } = await asked();
    expect(said).toMatchObject({ disposition: 'approval_required', reason: 'task_always_asks' });
    expect([statusOf(caseId), effectsOf(txn)]).toEqual(['New', []]);

    const final = settled(await stage.orgSide.decide(offer, result));
    expect(final.said).toMatchObject({ disposition: 'executed', reason: '' });
    expect(final.result?.claims.effects).toMatchObject([
      { operation: 'create', object: 'Refund__c', status: 'confirmed' },
      { operation: 'update', object: 'Case', record_id: caseId, status: 'confirmed' },
    ]);
    expect([statusOf(caseId), effectsOf(txn)]).toEqual(['Refund approved', ['create Refund__c', 'update Case']]);

    expect(await stage.orgSide.close(must(final.result), 'applied')).toBe(204);
    expect(stage.orgSide.kindsOf(txn)).toEqual(['offer', 'accept', 'result', 'approval', 'result', 'close']);
  });

  it('shows Claude no name and no address, and writes what Claude has said in its words', async () => {
    const { caseId, txn } = await asked();
    const questions = stage.claude.asked.map(({ raw }) => raw).join('\n');
    expect(questions).toContain('cracked');
    expect(questions).not.toMatch(/Maria|Lopez|maria\.lopez/);
    expect([statusOf(caseId), effectsOf(txn)]).toEqual(['New', []]);
  });

  it('is brought back to the org when nobody waited for it', async () => {
    const { txn, offer, result } = await asked();
    await stage.orgSide.decide(offer, result);
    const deadline = Date.now() + 20_000;
    const arrived = () => stage.orgSide.delivered.filter((answer) => answer.txn === txn).at(-1)?.status;
    while (arrived() !== 'finished' && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 100));
    expect(arrived()).toBe('finished');
  });

  it('runs once, also when the org repeats itself and the write is not answered', async () => {
    const caseId = newCase();
    const offered = await stage.orgSide.offer(caseId);
    const before = stage.claude.asked.length;
    const first = settled(await stage.orgSide.handOff(offered));
    expect(settled(await stage.orgSide.handOff(offered)).result?.sha256).toBe(first.result?.sha256);
    expect(stage.claude.asked.length - before).toBe(1);
    stage.org.faults.next({ kind: 'latency', ms: 0 }, { path: '/composite' });
    stage.org.faults.next({ kind: 'reset', when: 'after' }, { path: '/composite' });
    const final = settled(await stage.orgSide.decide(offered.offer, must(first.result)));
    expect(final.said).toMatchObject({ disposition: 'executed' });
    expect(effectsOf(offered.offer.claims.txn)).toEqual(['create Refund__c', 'update Case']);
  });
});

describe('what was done', () => {
  it('is undone when an operator asks for it, once, and not over a newer change', async () => {
    const revert = async (txn: string) => {
      const headers = { authorization: `Bearer ${stage.operatorToken}`, 'content-type': 'application/json' };
      const body = JSON.stringify({ org: orgParty, txn });
      const response = await fetch(`${stage.service.url}/v1/reverts`, { method: 'POST', headers, body });
      const { status, reason } = (await response.json()) as { status: string | number; reason?: string };
      return [response.status, reason ?? status];
    };
    const { caseId, offer, txn, result } = await asked();
    expect(await revert(txn)).toEqual([409, 'nothing_done']);
    await stage.orgSide.decide(offer, result);
    expect(await revert(txn)).toEqual([200, 'reverted']);
    expect(await revert(txn)).toEqual([200, 'reverted']);
    expect(statusOf(caseId)).toBe('New');
    expect(effectsOf(txn)).toEqual(['create Refund__c', 'update Case', 'update Case', 'delete Refund__c']);

    const newer = await asked();
    await stage.orgSide.decide(newer.offer, newer.result);
    stage.org.table('Case').update(newer.caseId, { Status: 'Closed' });
    expect(await revert(newer.txn)).toEqual([409, 'record_changed']);
    expect(statusOf(newer.caseId)).toBe('Closed');
  });
});

describe('is not taken on', () => {
  const reasonOf = async (claims: Partial<OfferClaims>): Promise<string | undefined> => {
    const offered = await stage.orgSide.offer(newCase(), claims);
    return settled(await stage.orgSide.handOff(offered)).refuse?.claims.reason;
  };

  it('without an owner: no such offer can be signed', async () => {
    await expect(stage.orgSide.offer(newCase(), { owner: { person: ' ', queue: 'q' } })).rejects.toThrow(
      'owner_missing',
    );
  });

  it('beyond what was reviewed, granted or allowed to this person', async () => {
    const { rctx, tctx, prov } = (await stage.orgSide.offer(newCase())).offer.claims;
    const [create] = refundGrants;
    const wider = [{ ...must(create), fields: [...must(create).fields, 'OwnerId'] }];
    const before = stage.claude.asked.length;
    expect(await reasonOf({ authorization_details: wider })).toBe('authority_exceeds_manifest');
    expect(await reasonOf({ rctx: { ...rctx, action: 'Close_Account' } })).toBe('action_not_in_manifest');
    expect(await reasonOf({ manifest: '0'.repeat(64) })).toBe('manifest_mismatch');
    expect(await reasonOf({ payload_sha256: '0'.repeat(64) })).toBe('payload_mismatch');
    expect(await reasonOf({ prov: { ...prov, authorization_details: 'model' } })).toBe('provenance_model');
    expect(await reasonOf({ sub_kind: 'contact', sub: '0035g00000CoNtAAAV', sub_auth: 'unverified' })).toBe(
      'subject_read_only',
    );
    expect(await reasonOf({ tctx: { ...tctx, task_type: 'unheard-of' } })).toBe('task_unknown');
    expect(stage.claude.asked.length).toBe(before);
  });

  it('a second time with other content', async () => {
    const { offer } = await asked();
    const { jti, txn } = offer.claims;
    const other = await stage.orgSide.offer(newCase(), { jti });
    expect(await stage.orgSide.handOff(other)).toEqual({ status: 409, code: 'offer_conflict', reason: 'jti_reused' });
    const changed = await stage.orgSide.offer(newCase(), { txn });
    expect(await stage.orgSide.handOff(changed)).toMatchObject({ status: 409, reason: 'txn_changed' });
    expect(stage.alarms).toEqual(expect.arrayContaining(['jti_reused', 'txn_changed']));
  });

  it('when it was tampered with', async () => {
    const { offer, message } = await stage.orgSide.offer(newCase());
    const [header = '', , signature = ''] = message.envelope.split('.');
    const claims = Buffer.from(JSON.stringify({ ...offer.claims, run_as: ids.approver })).toString('base64url');
    const envelope = [header, claims, signature].join('.');
    expect(await stage.orgSide.handOff({ offer, message: { ...message, envelope } })).toMatchObject({
      status: 401,
      reason: 'signature_invalid',
    });
  });

  it('while the bridge is stopped', async () => {
    const order = async (method: string, body: unknown) => {
      const headers = { authorization: `Bearer ${stage.operatorToken}`, 'content-type': 'application/json' };
      const { status } = await fetch(`${stage.service.url}/v1/kill-switch`, {
        method,
        headers,
        body: JSON.stringify(body),
      });
      expect(status).toBe(204);
    };
    const scope = { kind: 'global' };
    await order('PUT', { scope, reason: 'drill' });
    expect(await reasonOf({})).toBe('kill_switch');
    await order('DELETE', { scope });
    expect(await reasonOf({})).toBeUndefined();
  });
});

describe('ends without a change', () => {
  const decided = async (
    result: Verified<'result'>,
    offer: Verified<'offer'>,
    claims: Parameters<Stage['orgSide']['decide']>[2] = {},
  ) => {
    const answer = await stage.orgSide.decide(offer, result, claims);
    return 'code' in answer ? answer.reason : answer.said?.reason;
  };

  it('when a person says no, or may not say yes', async () => {
    const { caseId, offer, txn, result } = await asked();
    expect(await decided(result, offer, { sub: ids.requester })).toBe('approver_is_requester');
    expect(await decided(result, offer, { sub: ids.agentUser })).toBe('approver_is_agent');
    expect(await decided(result, offer, { sub: ids.integrationUser })).toBe('approver_is_integration_user');
    expect(await decided(result, offer, { over: '0'.repeat(64) })).toBe('approval_plan_mismatch');
    expect(await decided(result, offer, { decision: 'rejected' })).toBe('approval_rejected');
    expect(await decided(result, offer)).toBe('approval_reused');
    expect([statusOf(caseId), effectsOf(txn)]).toEqual(['New', []]);
  });

  it('when the case has moved on, or the org refuses', async () => {
    const moved = await asked();
    stage.org.table('Case').update(moved.caseId, { Status: 'Working' });
    expect(await decided(moved.result, moved.offer)).toBe('record_changed');
    expect([statusOf(moved.caseId), effectsOf(moved.txn)]).toEqual(['Working', []]);

    stage.org.rules.add('Refund__c', ({ record }) => (record['Amount__c'] === 13 ? 'Never thirteen' : undefined));
    stage.claude.respondWith(() => text(JSON.stringify({ ...proposal, amount: 13 })));
    const refused = await asked();
    expect(await decided(refused.result, refused.offer)).toBe('org_rejected');
    expect([statusOf(refused.caseId), effectsOf(refused.txn)]).toEqual(['New', []]);
  });

  it('when Claude declines, breaks off or answers something else', async () => {
    const endOf = async (...behaviours: readonly FakeBehaviour[]) => {
      stage.claude.enqueue(...behaviours);
      const { txn, said } = await asked();
      expect(effectsOf(txn)).toEqual([]);
      return [said?.disposition, said?.reason];
    };
    expect(await endOf(refusal('cyber'))).toEqual(['refused', 'model_refused']);
    expect(await endOf(text('{', { stopReason: 'max_tokens' }))).toEqual(['errored', 'output_incomplete']);
    expect(await endOf(text('no JSON'), text('again none'))).toEqual(['errored', 'output_invalid']);
  });

  it('when Claude proposes nothing', async () => {
    stage.claude.respondWith(() => text(JSON.stringify({ ...proposal, decision: 'reject', amount: 0 })));
    const { caseId, txn, said } = await asked();
    expect(said).toMatchObject({ disposition: 'executed', reason: '' });
    expect([statusOf(caseId), effectsOf(txn)]).toEqual(['New', []]);
  });
});
