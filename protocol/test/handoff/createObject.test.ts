import { describe, expect, it } from '@jest/globals';
import {
  createObject,
  custodyOf,
  loadSigner,
  planSha256,
  verifyAccept,
  verifyApproval,
  verifyClose,
  verifyObject,
  verifyOffer,
  verifyRefuse,
  verifyResult,
  type Signer,
} from '@agent-readiness/protocol/handoff';
import { ellipticCertificate, testKeys } from '../vectors/keys.ts';
import { resultClaims, updatedOrder } from '../vectors/objectCases.ts';
import {
  acceptClaims,
  approvalClaims,
  bridgeParty,
  closeClaims,
  ids,
  manifest,
  offerClaims,
  offerPayload,
  orgParty,
  plan,
  refuseClaims,
  resultPayload,
  sha256,
  start,
  uuid,
} from '../vectors/scenario.ts';
import { loadWorld, value } from '../vectors/verifyCase.ts';

const signerOf = async (role: 'org' | 'bridge'): Promise<Signer> =>
  value(await loadSigner({ issuer: role === 'org' ? orgParty : bridgeParty, role, ...testKeys[role] }));
const org = await signerOf('org');
const bridge = await signerOf('bridge');
const { trust, log } = await loadWorld();
const forBridge = { self: bridgeParty, trust, now: start + 5 };
const forOrg = { ...forBridge, self: orgParty };
const offer = value(await createObject('offer', offerClaims, org));

describe('a whole handoff', () => {
  it('passes from hand to hand, and somebody answers for it at every step', async () => {
    const received = value(await verifyOffer(offer.compact, forBridge, { payload: offerPayload, manifest }));
    expect(received).toEqual(offer);
    expect(custodyOf(received)).toEqual({ holder: 'org', owner: offerClaims.owner });

    const made = value(await createObject('accept', acceptClaims(received.sha256), bridge, received));
    const accept = value(await verifyAccept(made.compact, forOrg, offer));
    expect(custodyOf(accept)).toEqual({
      holder: 'bridge',
      owner: { person: 'Bridge duty officer', queue: 'bridge-duty' },
    });

    const over = planSha256(plan) ?? '';
    const yes = value(await createObject('approval', approvalClaims(accept.sha256, over), org, accept));
    const evidence = { plan, integrationUsers: [ids.integrationUser], wasUsed: false };
    const approval = value(await verifyApproval(yes.compact, forBridge, accept, evidence));
    expect(custodyOf(approval)).toMatchObject({ holder: 'bridge' });

    const claims = await resultClaims(approval.sha256, 4, { effects: [updatedOrder], approvals: [approval.sha256] });
    const done = value(await createObject('result', claims, bridge, approval));
    const later = { ...forOrg, now: start + 45 };
    const result = value(await verifyResult(done.compact, later, approval, { payload: resultPayload, log }));
    expect(custodyOf(result)).toMatchObject({ holder: 'bridge' });

    const end = value(await createObject('close', closeClaims(result.sha256, claims.log.checkpoint), org, result));
    const close = value(await verifyClose(end.compact, { ...forBridge, now: start + 55 }, result));
    expect(custodyOf(close)).toEqual({ holder: 'org', owner: { person: 'Head of Logistics', queue: 'Order_Desk' } });
  });

  it('stays with the org when it is refused', async () => {
    const made = value(await createObject('refuse', refuseClaims(offer.sha256), bridge, offer));
    const refuse = value(await verifyRefuse(made.compact, forOrg, offer));
    expect(custodyOf(refuse)).toEqual({ holder: 'org', owner: offerClaims.owner });
  });
});

describe('createObject', () => {
  it('signs the same bytes for the same claims', async () => {
    expect(value(await createObject('offer', offerClaims, org)).compact).toBe(offer.compact);
  });

  it.each([
    ['the side that may not', bridge, {}, 'issuer_role'],
    ['the name of another', org, { iss: 'https://other.example.com' }, 'issuer_mismatch'],
    ['no owner', org, { owner: { person: '', queue: '' } }, 'owner_missing'],
    ['a life of an hour', org, { exp: start + 3600 }, 'lifetime_too_long'],
    ['a claim that is not defined', org, { scope: 'all' }, 'claim_unknown'],
    ['a wrong shape', org, { txn: 'x' }, 'claim_invalid'],
  ])('refuses to sign for %s', async (_, signer, change, code) => {
    expect(await createObject('offer', { ...offerClaims, ...change }, signer)).toMatchObject({ ok: false, code });
  });

  it.each([
    ['another prev', acceptClaims(sha256('another')), 'prev_broken'],
    ['another txn', { ...acceptClaims(offer.sha256), txn: uuid(2) }, 'txn_mismatch'],
    ['another audience', { ...acceptClaims(offer.sha256), aud: 'https://other.example.com' }, 'party_mismatch'],
  ])('refuses to continue a chain with %s', async (_, claims, code) => {
    expect(await createObject('accept', claims, bridge, offer)).toMatchObject({ ok: false, code });
  });

  it('refuses what has nothing before it, or the wrong thing', async () => {
    const claims = acceptClaims(offer.sha256);
    expect(await createObject('accept', claims, bridge)).toMatchObject({ ok: false, code: 'order_wrong' });
    const accept = value(await createObject('accept', claims, bridge, offer));
    expect(await createObject('accept', acceptClaims(accept.sha256), bridge, accept)).toMatchObject({
      code: 'order_wrong',
    });
    const refuse = value(await createObject('refuse', refuseClaims(offer.sha256), bridge, offer));
    const late = await resultClaims(refuse.sha256, 4, {});
    expect(await createObject('result', late, bridge, refuse)).toMatchObject({ code: 'order_wrong' });
    const done = value(await createObject('result', await resultClaims(accept.sha256, 4, {}), bridge, accept));
    const again = await resultClaims(done.sha256, 5, {});
    expect(await createObject('result', again, bridge, done)).toMatchObject({ code: 'order_wrong' });
    const approval = approvalClaims(done.sha256, sha256('plan'));
    expect(await createObject('approval', approval, org, done)).toMatchObject({ code: 'order_wrong' });
  });

  it('does not close what still waits for an approval', async () => {
    const accept = value(await createObject('accept', acceptClaims(offer.sha256), bridge, offer));
    const claims = await resultClaims(accept.sha256, 2, {
      disposition: 'approval_required',
      plan_sha256: planSha256(plan) ?? '',
    });
    const waiting = value(await createObject('result', claims, bridge, accept));
    const close = closeClaims(waiting.sha256, claims.log.checkpoint);
    expect(await createObject('close', close, org, waiting)).toMatchObject({ ok: false, code: 'order_wrong' });
    const denied = await resultClaims(waiting.sha256, 4, { disposition: 'denied' });
    expect(await createObject('result', denied, bridge, waiting)).toMatchObject({ ok: false, code: 'order_wrong' });
    const undecided = await resultClaims(accept.sha256, 4, { disposition: 'denied' });
    expect((await createObject('result', undecided, bridge, accept)).ok).toBe(true);
  });
});

describe('loadSigner', () => {
  it.each([
    ['no key', { privateKey: 'hello', certificate: testKeys.org.certificate }],
    ['no certificate', { privateKey: testKeys.org.privateKey, certificate: 'hello' }],
    ['a certificate for a key', { privateKey: ellipticCertificate, certificate: ellipticCertificate }],
  ])('refuses %s', async (_, pair) => {
    const loaded = await loadSigner({ issuer: orgParty, role: 'org', ...pair });
    expect(loaded).toMatchObject({ ok: false, code: 'certificate_malformed' });
  });
});

describe('verifyObject', () => {
  it('does not look at what is too large', async () => {
    const large = 'A'.repeat(131_073);
    expect(await verifyObject('offer', large, forBridge)).toMatchObject({ ok: false, code: 'envelope_too_large' });
    expect(await verifyObject('offer', large.slice(1), forBridge)).toMatchObject({ code: 'envelope_malformed' });
  });

  it('allows 30 seconds between clocks unless told otherwise', async () => {
    const late = { ...forBridge, now: start + 149 };
    expect((await verifyObject('offer', offer.compact, late)).ok).toBe(true);
    expect(await verifyObject('offer', offer.compact, { ...late, skewSeconds: 0 })).toMatchObject({ code: 'expired' });
  });
});
