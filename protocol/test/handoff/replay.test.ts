import { describe, expect, it } from '@jest/globals';
import {
  createObject,
  decideReplay,
  loadSigner,
  offerContentSha256,
  type OfferClaims,
  type ReplayStore,
  type SeenOffer,
  type Verified,
} from '@agent-readiness/protocol/handoff';
import { testKeys } from '../vectors/keys.ts';
import { offerClaims, orgParty, sha256, start, uuid } from '../vectors/scenario.ts';
import { value } from '../vectors/verifyCase.ts';

const signer = value(await loadSigner({ issuer: orgParty, role: 'org', ...testKeys.org }));
const sign = async (change: Partial<OfferClaims> = {}): Promise<Verified<'offer'>> =>
  value(await createObject('offer', { ...offerClaims, ...change }, signer));

class FakeReplayStore implements ReplayStore {
  readonly #seen = new Map<string, SeenOffer>();

  keep({ claims, sha256: digest }: Verified<'offer'>, answer: string | undefined): void {
    const seen = { sha256: digest, contentSha256: offerContentSha256(claims), answer };
    this.#seen.set(`jti ${claims.iss} ${claims.jti}`, seen);
    this.#seen.set(`txn ${claims.iss} ${claims.txn}`, seen);
  }

  byJti(issuer: string, jti: string): Promise<SeenOffer | undefined> {
    return Promise.resolve(this.#seen.get(`jti ${issuer} ${jti}`));
  }

  byTxn(issuer: string, txn: string): Promise<SeenOffer | undefined> {
    return Promise.resolve(this.#seen.get(`txn ${issuer} ${txn}`));
  }
}

const first = await sign();
const retry = {
  iat: start + 60,
  nbf: start + 60,
  exp: start + 180,
  jti: uuid(900),
  att: 2,
  trace: '00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-00',
  rctx: { ...offerClaims.rctx, request_id: 'TID:another', quiddity: 'QUEUEABLE' },
};

describe('decideReplay', () => {
  const store = new FakeReplayStore();
  store.keep(first, 'the answer');

  it('runs what is new', async () => {
    expect(await decideReplay(first, new FakeReplayStore())).toEqual({ kind: 'fresh' });
    expect(await decideReplay(await sign({ jti: uuid(900), txn: uuid(901) }), store)).toEqual({ kind: 'fresh' });
  });

  it('answers the same object from the store', async () => {
    expect(await decideReplay(first, store)).toEqual({ kind: 'repeat', answer: 'the answer' });
  });

  it('answers a retry from the store, and says when there is no answer yet', async () => {
    expect(await decideReplay(await sign(retry), store)).toEqual({ kind: 'repeat', answer: 'the answer' });
    const running = new FakeReplayStore();
    running.keep(first, undefined);
    expect(await decideReplay(await sign(retry), running)).toEqual({ kind: 'repeat', answer: undefined });
  });

  it('raises the alarm when a jti comes back with another object', async () => {
    const other = await sign({ att: 2 });
    expect(await decideReplay(other, store)).toMatchObject({ kind: 'conflict', refusal: { code: 'jti_reused' } });
  });

  it.each<[string, Partial<OfferClaims>]>([
    ['payload', { payload_sha256: sha256('another') }],
    ['authority', { authorization_details: [] }],
    ['owner', { owner: { person: 'Somebody else', queue: 'Order_Desk' } }],
    ['cost', { tctx: { ...offerClaims.tctx, max_cost_usd_micros: 1 } }],
    ['action', { rctx: { ...retry.rctx, action: 'Cancel_Order' } }],
  ])('does not let a retry change the %s', async (_, change) => {
    const other = await sign({ ...retry, ...change });
    expect(await decideReplay(other, store)).toMatchObject({ kind: 'conflict', refusal: { code: 'txn_changed' } });
  });
});
