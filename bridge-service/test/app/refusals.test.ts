import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { manifestSha256 } from '@agent-readiness/protocol';
import { answerOffer } from '../../src/app/custody/answer.ts';
import { receiveOffer } from '../../src/app/custody/receiveOffer.ts';
import { engageKillSwitch, releaseKillSwitch } from '../../src/app/operate/kill.ts';
import { describeOnBothDatabases } from '../support/databases.ts';
import { hangs } from '../support/fakeModel.ts';
import { handOff } from '../support/handOff.ts';
import { manifest, newOffer, refundGrants, type OfferOptions } from '../support/offers.ts';
import { orgParty, strangerSigner } from '../support/parties.ts';
import { openStore } from '../support/sqlStore.ts';
import { createTestBridge, policy, verifyAnswer, type TestBridge } from '../support/testBridge.ts';

describeOnBothDatabases('a handoff is not taken', (get) => {
  const open = (overrides: Partial<TestBridge> = {}): TestBridge =>
    createTestBridge(openStore(get().database), overrides);
  const offerTo = (bridge: TestBridge, options: Partial<OfferOptions> = {}) =>
    newOffer({ nowMs: bridge.clock.nowMs(), ...options });

  const refusal = async (bridge: TestBridge, options: Partial<OfferOptions>) => {
    const { offer, message } = await offerTo(bridge, options);
    const { answer: given } = await handOff(bridge, message);
    const { refuse } = await verifyAnswer(bridge, offer, given);
    return refuse?.claims.reason;
  };

  it('when nobody knows who sent it: nothing is kept', async () => {
    const bridge = open();
    const before = await bridge.store.transaction(({ audit }) => audit.head());
    const { message } = await offerTo(bridge, { signer: strangerSigner });
    expect((await handOff(bridge, message)).received).toEqual({ kind: 'unverified', code: 'issuer_unknown' });
    expect(await bridge.store.transaction(({ audit }) => audit.head())).toEqual(before);
  });

  it('when the payload, the authority or the task is not what was reviewed', async () => {
    const bridge = open();
    const { tctx, rctx } = (await offerTo(bridge)).offer.claims;
    const [create, update] = refundGrants;
    if (create === undefined || update === undefined) throw new Error('no grants');
    const widened = [create, { ...update, fields: ['Status', 'OwnerId'] }];
    expect(await refusal(bridge, { claims: { payload_sha256: '0'.repeat(64) } })).toBe('payload_mismatch');
    expect(await refusal(bridge, { claims: { authorization_details: widened } })).toBe('authority_exceeds_manifest');
    expect(await refusal(bridge, { claims: { rctx: { ...rctx, action: 'Other' } } })).toBe('action_not_in_manifest');
    expect(await refusal(bridge, { claims: { manifest: '0'.repeat(64) } })).toBe('manifest_mismatch');
    expect(await refusal(bridge, { claims: { tctx: { ...tctx, task_type: 'unheard-of' } } })).toBe('task_unknown');
    expect(await refusal(bridge, { claims: { authorization_details: [] } })).toBe('authority_missing');
    expect(await refusal(bridge, { payload: '{"case":{}}' })).toBe('input_invalid');
    expect(await refusal(bridge, { payload: '['.repeat(40) + ']'.repeat(40) })).toBe('input_invalid');
    expect(bridge.model.requests).toEqual([]);
  });

  it('beyond a budget: of many at once only as many as fit', async () => {
    const agent = `Agent_${randomUUID().slice(0, 8)}`;
    const reviewed = {
      ...manifest,
      actions: manifest.actions.map((action) => ({ ...action, agent })),
    };
    const bridge = open({
      manifest: reviewed,
      policy: { ...policy, budgets: { ...policy.budgets, agentPerDay: 250_000 } },
    });
    bridge.model.behaviours.push(hangs);
    const claims = { act: { sub: agent, version: 'v1' }, manifest: manifestSha256(reviewed) };
    const offers = await Promise.all(
      Array.from({ length: 12 }, () => offerTo(bridge, { task: 'case-summary', maxCostUsdMicros: 100_000, claims })),
    );
    const received = await Promise.all(offers.map(({ message }) => receiveOffer(bridge, message)));
    expect(received.filter(({ kind }) => kind === 'taken')).toHaveLength(2);
    const refused = received.findIndex(({ kind }) => kind === 'refused');
    const { offer } = offers[refused] ?? {};
    if (offer === undefined) throw new Error('none was refused');
    const given = await answerOffer(bridge, { org: orgParty, txn: offer.claims.txn }, offer.sha256);
    expect((await verifyAnswer(bridge, offer, given)).refuse?.claims).toMatchObject({ reason: 'budget' });
  });

  it('while somebody has stopped the agent', async () => {
    const bridge = open();
    const scope = { kind: 'agent', name: 'Order_Agent' } as const;
    await engageKillSwitch(bridge, { scope, by: 'operator', reason: 'drill' });
    expect(await refusal(bridge, {})).toBe('kill_switch');
    await releaseKillSwitch(bridge, scope, 'operator');
  });
});
