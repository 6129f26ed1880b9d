import {
  createObject,
  type ApprovalClaims,
  type CloseClaims,
  type Message,
  type OfferClaims,
  type Verified,
} from '@agent-readiness/protocol/handoff';
import { sha256Hex } from '../../bridge-service/src/domain/sha256.ts';
import type { Answer } from '../../bridge-service/src/domain/answer.ts';
import { newApproval, newOffer, refundGrants } from '../../bridge-service/test/support/offers.ts';
import { bridgeParty, orgParty, orgSigner, valueOf } from '../../bridge-service/test/support/parties.ts';
import { verifyAnswer } from '../../bridge-service/test/support/testBridge.ts';
import { systemClock } from '../../bridge-service/src/adapters/system/systemClock.ts';
import { must } from '../../bridge-service/test/support/must.ts';
import type { FakeOrg } from '@agent-readiness/testkit';

/** A problem of the bridge's HTTP surface, as far as a caller decides by it. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly reason?: string;
}

/** What the org makes of an answer: verified objects, and what the payload says. */
export interface Verdict {
  readonly accept?: Verified<'accept'>;
  readonly refuse?: Verified<'refuse'>;
  readonly result?: Verified<'result'>;
  readonly said?: {
    readonly disposition: string;
    readonly reason: string;
    readonly plan?: unknown;
    readonly reads?: unknown;
  };
}

interface Offered {
  readonly offer: Verified<'offer'>;
  readonly message: Message;
}

/**
 * Plays the Apex of `force-app` in a fake org: it signs with the org's key, believes nothing that does not
 * verify, and keeps every signed object, as `HandoffExport` gives them out.
 */
export class OrgSide {
  readonly #org: FakeOrg;
  readonly #bridgeUrl: string;
  readonly #held = new Map<string, Verified[]>();
  /** Answers that the bridge has brought by itself. */
  readonly delivered: Answer[] = [];

  constructor(org: FakeOrg, bridgeUrl: string) {
    this.#org = org;
    this.#bridgeUrl = bridgeUrl;
    org.apexRest.on('POST', '/handoff/v1/results', ({ body }) => {
      this.delivered.push(JSON.parse(body) as Answer);
      return { status: 200, body: { status: 'taken' } };
    });
    org.apexRest.on('GET', '/handoff/v1/export', ({ query }) => ({
      status: 200,
      body: { org: orgParty, handoffs: query.get('after') === '' || !query.has('after') ? this.#export() : [] },
    }));
  }

  /** An offer about one case of the org; with what stands in it, unless the payload is given. */
  async offer(
    caseId: string,
    claims: Partial<OfferClaims> = {},
    payload: string = this.#payloadOf(caseId),
  ): Promise<Offered> {
    const [create, update] = refundGrants;
    const grants = [must(create), { ...must(update), recordIds: [caseId] }];
    const own = { authorization_details: grants, masking_hints: {} };
    return newOffer({ nowMs: Date.now(), payload, claims: { ...own, ...claims } });
  }

  #payloadOf(caseId: string): string {
    const record = must(this.#org.table('Case').get(caseId));
    return JSON.stringify({
      case: { id: caseId, subject: record['Subject'], description: record['Description'] },
      order: { id: must(this.#org.table('Order').all[0])['Id'] },
      policy: { id: must(this.#org.table('Knowledge__kav').all[0])['Id'] },
    });
  }

  async handOff({ offer, message }: Offered): Promise<Verdict | Problem> {
    this.#keep(offer);
    return this.#judge(offer, undefined, await this.#post('/v1/handoffs', message));
  }

  async decide(
    offer: Verified<'offer'>,
    asked: Verified<'result'>,
    claims: Partial<ApprovalClaims> = {},
  ): Promise<Verdict | Problem> {
    const envelope = await newApproval(asked, Date.now(), claims);
    const approval: Verified<'approval'> = {
      kind: 'approval',
      compact: envelope,
      sha256: sha256Hex(envelope),
      claims: JSON.parse(Buffer.from(envelope.split('.')[1] ?? '', 'base64url').toString()) as ApprovalClaims,
      previous: asked,
    };
    const response = await this.#post('/v1/approvals', { envelope });
    if (response.ok) this.#keep(approval);
    return this.#judge(offer, approval, response);
  }

  /** Takes custody back. */
  async close(result: Verified<'result'>, outcome: CloseClaims['outcome']): Promise<number> {
    const now = Math.floor(Date.now() / 1_000);
    const claims: CloseClaims = {
      iss: orgParty,
      aud: bridgeParty,
      iat: now,
      nbf: now,
      exp: now + 120,
      jti: crypto.randomUUID(),
      txn: result.claims.txn,
      prev: result.sha256,
      owner: { person: 'Head of Service', queue: 'Service_Desk' },
      outcome,
      record_ids: result.claims.effects.flatMap(({ record_id }) => record_id ?? []),
      checkpoint_sha256: sha256Hex(result.claims.log.checkpoint),
    };
    const close = valueOf(await createObject('close', claims, orgSigner, result));
    const { status } = await this.#post('/v1/closes', { envelope: close.compact });
    this.#keep(close);
    return status;
  }

  /** The kinds of the objects that the org holds of a handoff, oldest first. */
  kindsOf(txn: string): readonly string[] {
    return (this.#held.get(txn) ?? []).map(({ kind }) => kind);
  }

  async #judge(
    offer: Verified<'offer'>,
    previous: Verified<'approval'> | undefined,
    response: Response,
  ): Promise<Verdict | Problem> {
    const body = (await response.json()) as Answer & { readonly code: string; readonly reason?: string };
    if (!response.ok) {
      const { code, reason } = body;
      return { status: response.status, code, ...(reason === undefined ? {} : { reason }) };
    }
    const verdict = await verifyAnswer({ clock: { ...systemClock, move: () => undefined } }, offer, body, previous);
    for (const object of [verdict.refuse, verdict.accept, verdict.result]) if (object !== undefined) this.#keep(object);
    const said = body.payload === undefined ? undefined : (JSON.parse(body.payload) as Verdict['said']);
    return { ...verdict, ...(said === undefined ? {} : { said }) };
  }

  #keep(object: Verified): void {
    const { txn } = object.claims;
    const objects = this.#held.get(txn) ?? [];
    if (!objects.some(({ sha256 }) => sha256 === object.sha256)) objects.push(object);
    this.#held.set(txn, objects);
  }

  #export() {
    return [...this.#held].map(([txn, objects], index) => ({
      name: `H-${String(index + 1).padStart(6, '0')}`,
      txn,
      status: objects.at(-1)?.kind ?? '',
      objects: objects.map(({ kind, compact, claims }) => ({ kind, envelope: compact, at: claims.iat })),
    }));
  }

  #post(path: string, body: unknown): Promise<Response> {
    return fetch(`${this.#bridgeUrl}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }
}
