import { randomUUID } from 'node:crypto';
import type { ApprovalClaims, Message, OfferClaims, Verified } from '@agent-readiness/protocol/handoff';
import type { FakeOrg } from '@agent-readiness/testkit';
import type { Answer } from '../../../src/domain/answer.ts';
import type { BridgeProcess } from '../../process/bridgeProcess.ts';
import { must } from '../../support/must.ts';
import { newOffer } from '../../support/offers.ts';
import { createTestClock } from '../../support/testClock.ts';
import { verifyAnswer } from '../../support/testBridge.ts';
import { approve } from './approve.ts';
import type { Findings } from './findings.ts';
import { refundOf, summaryOf } from './refund.ts';
import { forEach, until } from './until.ts';

/** One handoff as the org sees it. */
export interface Custody {
  readonly txn: string;
  readonly caseId: string;
  readonly task: 'refund-review' | 'case-summary';
  /** What the person will say when asked. */
  readonly decision: ApprovalClaims['decision'];
  readonly payload: string;
  readonly claims: Partial<OfferClaims>;
  readonly maxCostUsdMicros: number;
  /** All offers so far: what the bridge brings by itself may follow an older one. */
  readonly offers: Verified<'offer'>[];
  offered: { readonly offer: Verified<'offer'>; readonly message: Message; readonly untilMs: number } | undefined;
  /** The results that asked for a person. */
  readonly asked: Verified<'result'>[];
  /** The person's decision, the last one in use: it is signed anew when its time is not that of the bridge. */
  readonly approvals: Verified<'approval'>[];
  /** Dispositions of all verified results that are an end, answered or brought. */
  readonly ends: Set<string>;
  final: Verified<'result'> | Verified<'refuse'> | undefined;
}

export interface CustodyOptions {
  readonly task: Custody['task'];
  readonly decision?: Custody['decision'];
  readonly claims?: Partial<OfferClaims>;
  readonly maxCostUsdMicros?: number;
}

/** Plays the org: repeats whatever it got no answer to, as often as it takes, and believes only what verifies. */
export class OrgDesk {
  readonly custodies: Custody[] = [];
  /** Txns whose plan a person has approved; a write of any other is a broken promise. */
  readonly approved = new Set<string>();
  readonly #org: FakeOrg;
  readonly #findings: Findings;
  readonly #nowMs: () => number;

  constructor(org: FakeOrg, findings: Findings, nowMs: () => number = Date.now) {
    this.#org = org;
    this.#findings = findings;
    this.#nowMs = nowMs;
    org.apexRest.on('POST', '/handoff/v1/results', async ({ body }) => {
      await this.#take(JSON.parse(body) as Answer);
      return { status: 200, body: { status: 'taken' } };
    });
    org.rules.add('Handoff_Effect__c', ({ record }) => {
      findings.require(this.approved.has(String(record['Txn__c'])), 'no write without an approval');
      return undefined;
    });
  }

  handOver({ task, decision = 'approved', claims = {}, maxCostUsdMicros = 250_000 }: CustodyOptions): Custody {
    const caseId = this.#org.table('Case').insert({ Subject: 'Lamp', Status: 'New' });
    const orders = this.#org.table('Order');
    const orderId = String(orders.all[0]?.['Id'] ?? orders.insert({ OrderNumber: '10023' }));
    const { payload, grants } = task === 'refund-review' ? refundOf(caseId, orderId) : summaryOf(caseId);
    const custody: Custody = {
      txn: randomUUID(),
      caseId,
      task,
      decision,
      payload,
      maxCostUsdMicros,
      claims: { authorization_details: grants, ...claims },
      offers: [],
      offered: undefined,
      asked: [],
      approvals: [],
      ends: new Set(),
      final: undefined,
    };
    this.custodies.push(custody);
    return custody;
  }

  get open(): readonly Custody[] {
    return this.custodies.filter(({ final }) => final === undefined);
  }

  /** Exchanges about everything that is open, until it has ended; false when it has not within `withinMs`. */
  async finish(bridge: () => Pick<BridgeProcess, 'url'>, withinMs: number): Promise<boolean> {
    return until(
      async () => {
        await forEach(this.open, 8, (custody) => this.step(custody, bridge()));
        return this.open.length === 0;
      },
      { withinMs, everyMs: 1_000 },
    );
  }

  /** One exchange about a handoff. What was lost on the way is tried again by the next one. */
  async step(custody: Custody, bridge: Pick<BridgeProcess, 'url'>, prefer = 'respond-async'): Promise<void> {
    try {
      if (custody.approvals.length > 0) await this.#decide(custody, bridge);
      await this.#offer(custody, bridge, prefer);
    } catch (error) {
      // `fetch` fails so when there is no answer, half of one, or none in time.
      const isLost = error instanceof TypeError || error instanceof SyntaxError || error instanceof DOMException;
      if (!isLost) throw error;
      this.#findings.count('exchanges lost');
    }
  }

  async #offer(custody: Custody, bridge: Pick<BridgeProcess, 'url'>, prefer: string): Promise<void> {
    const nowMs = this.#nowMs();
    if (custody.offered === undefined || Math.abs(nowMs - custody.offered.untilMs) > 100_000) {
      custody.offered = { ...(await this.#sign(custody, nowMs)), untilMs: nowMs };
      custody.offers.push(custody.offered.offer);
    }
    const { offer, message } = custody.offered;
    const answer = await this.#post(bridge, '/v1/handoffs', message, prefer);
    if (answer === undefined || answer.status === 'accepted') return;
    const { refuse, result } = await this.#verify(custody, offer, answer);
    if (answer.status !== 'approval_required') {
      custody.final = must(refuse ?? result);
      return;
    }
    custody.asked.push(must(result));
    if (custody.approvals.length === 0) await this.#decide(custody, bridge);
  }

  /** What the bridge brings by itself, to whoever asks again all the same: it must not tell another story. */
  async #take(answer: Answer): Promise<void> {
    const custody = this.custodies.find(({ txn }) => txn === answer.txn);
    // Which offer it follows, its accept says; a clock that was set meanwhile spoils it.
    for (const offer of custody?.offers ?? []) await this.#verify(must(custody), offer, answer).catch(() => undefined);
  }

  /** Believes what follows the offer, or what a person has said; nothing else of the bridge was ever kept. */
  async #verify(custody: Custody, offer: Verified<'offer'>, answer: Answer) {
    const clock = { ...createTestClock(), nowMs: this.#nowMs };
    const verified = await verifyAnswer({ clock }, offer, answer, decisionBefore(custody, answer));
    const disposition = verified.result?.claims.disposition ?? 'approval_required';
    if (disposition !== 'approval_required') custody.ends.add(disposition);
    return verified;
  }

  async #sign(custody: Custody, nowMs: number) {
    const { txn, claims, task, payload, maxCostUsdMicros } = custody;
    const first = custody.offered?.offer.claims;
    // A retry says the same about everything but itself.
    const same = first === undefined ? {} : { rctx: first.rctx, tctx: first.tctx, att: first.att + 1 };
    return newOffer({ nowMs, task, payload, maxCostUsdMicros, claims: { txn, masking_hints: {}, ...claims, ...same } });
  }

  async #decide(custody: Custody, bridge: Pick<BridgeProcess, 'url'>): Promise<void> {
    const nowMs = this.#nowMs();
    const { txn, decision, approvals, asked } = custody;
    const last = approvals.at(-1);
    if (last === undefined || Math.abs(last.claims.iat * 1_000 - nowMs) > 600_000) {
      approvals.push(await approve(must(asked[0]), nowMs, decision));
      if (decision === 'approved') this.approved.add(txn);
    }
    await this.#post(bridge, '/v1/approvals', { envelope: must(approvals.at(-1)).compact }, '');
  }

  /** The answer; undefined for a problem, which is counted, and judged when it is a fault of the bridge. */
  async #post(
    bridge: Pick<BridgeProcess, 'url'>,
    path: string,
    body: unknown,
    prefer: string,
  ): Promise<Answer | undefined> {
    const headers = { 'content-type': 'application/json', ...(prefer === '' ? {} : { prefer }) };
    const response = await fetch(`${bridge.url}${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    });
    const answer = (await response.json()) as Answer & { readonly code?: string; readonly reason?: string };
    if (response.ok) return answer;
    const { code = '', reason = '' } = answer;
    this.#findings.count(`answers ${String(response.status)} ${code} ${reason}`.trimEnd());
    this.#findings.require(
      response.status < 500 || deliberate.includes(code),
      `no accidental ${String(response.status)} ${code}`,
    );
    return undefined;
  }
}

/** The decision that a result follows; undefined when it follows the accept beside it. */
function decisionBefore({ approvals }: Custody, { result = '' }: Answer): Verified<'approval'> | undefined {
  const body = Buffer.from(result.split('.')[1] ?? '', 'base64url').toString();
  return approvals.find(({ sha256 }) => body.includes(`"prev":"${sha256}"`));
}

/** What a bridge says when it will not, for now. */
const deliberate: readonly string[] = ['overloaded', 'draining', 'store_unavailable', 'busy'];
