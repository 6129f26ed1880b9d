import { planSha256, kinds, type Kind, type ResultClaims } from '@agent-readiness/protocol/handoff';
import { signJws, testKeys, type TestKey } from './keys.ts';
import {
  acceptClaims,
  approvalClaims,
  closeClaims,
  common,
  ids,
  manifest,
  offerClaims,
  offerPayload,
  plan,
  refuseClaims,
  resultPayload,
  sha256,
  start,
} from './scenario.ts';
import { logWith } from './testLog.ts';
import { manifestSha256 } from '@agent-readiness/protocol';

/** One golden vector: an envelope, what is known beside it, and the verdict. */
export interface ObjectCase {
  readonly name: string;
  readonly kind: Kind;
  /** `ok` or a code of `refusalCodes`. */
  readonly expect: string;
  /** Clock of the verifier, in seconds. */
  readonly now: number;
  readonly envelope: string;
  /** Name of the vector that stands before it in the chain. */
  readonly previous?: string;
  readonly payload?: string;
  readonly plan?: unknown;
  readonly wasUsed?: boolean;
}

/** How a case differs from the valid object of its kind. */
export interface Forgery {
  readonly claims?: object;
  /** Claims to leave out. */
  readonly without?: readonly string[];
  /** The claims as text, for what no object can express. */
  readonly text?: (valid: string) => string;
  readonly header?: object;
  readonly key?: TestKey;
  readonly mangle?: (compact: string) => string;
  readonly case?: Partial<ObjectCase>;
}

const keyOf: Readonly<Record<Kind, TestKey>> = {
  offer: testKeys.org,
  accept: testKeys.bridge,
  refuse: testKeys.bridge,
  approval: testKeys.org,
  result: testKeys.bridge,
  close: testKeys.org,
};

/** Signs the claims of a valid object, changed as the forgery says. */
export function forge(kind: Kind, valid: object, forgery: Forgery = {}): string {
  const { claims = {}, without = [], text, header = {}, key = keyOf[kind], mangle } = forgery;
  const changed = Object.entries({ ...valid, ...claims }).filter(([name]) => !without.includes(name));
  const object = Object.fromEntries(changed);
  const compact = signJws({
    header: { alg: 'RS256', typ: kinds[kind].typ, 'x5t#S256': key.thumbprint, ...header },
    claims: text === undefined ? object : text(JSON.stringify(object)),
    privateKey: key.privateKey,
  });
  return mangle?.(compact) ?? compact;
}

/** The valid chain, object by object, with what stands beside each. */
export async function validChain(): Promise<Record<string, { valid: object; case: ObjectCase }>> {
  const chain: Record<string, { valid: object; case: ObjectCase }> = {};
  const add = (name: string, kind: Kind, valid: object, beside: Partial<ObjectCase>): string => {
    const envelope = forge(kind, valid);
    const iat = 'iat' in valid && typeof valid.iat === 'number' ? valid.iat : start;
    chain[name] = { valid, case: { name, kind, expect: 'ok', now: iat + 2, envelope, ...beside } };
    return sha256(envelope);
  };

  const offer = add('offer', 'offer', offerClaims, { payload: offerPayload });
  add('refuse', 'refuse', refuseClaims(offer), { previous: 'offer' });
  const accept = add('accept', 'accept', acceptClaims(offer), { previous: 'offer' });

  const over = planSha256(plan) ?? '';
  const waiting = await resultClaims(accept, 2, { disposition: 'approval_required', plan_sha256: over });
  const wait = add('waiting-result', 'result', waiting, { previous: 'accept', payload: resultPayload });
  const approval = add('approval', 'approval', approvalClaims(wait, over), { previous: 'waiting-result', plan });
  const done = await resultClaims(approval, 4, {
    disposition: 'executed',
    approvals: [approval],
    effects: [updatedOrder],
  });
  const result = add('result', 'result', done, { previous: 'approval', payload: resultPayload });
  add('close', 'close', closeClaims(result, done.log.checkpoint), { previous: 'result' });
  return chain;
}

export const updatedOrder: ResultClaims['effects'][number] = {
  operation: 'update',
  object: 'Order',
  fields: ['Delivery_Date__c'],
  record_id: ids.order,
  status: 'confirmed',
  at: start + 39,
  before_sha256: sha256('before'),
  after_sha256: sha256('after'),
};

/** A result that the log knows: its entry is made of the other claims, so it is always written anew. */
export async function resultClaims(prev: string, step: number, changes: Partial<ResultClaims>): Promise<ResultClaims> {
  const claims = {
    ...common(step, 'bridge'),
    prev,
    owner: { person: 'Bridge duty officer', queue: 'bridge-duty' },
    disposition: 'executed' as const,
    effects: [],
    approvals: [],
    model_responses: ['msg_test_1'],
    cost_usd_micros: 1_234,
    digests: { policy: sha256('bridge policy'), manifest: manifestSha256(manifest), release: sha256('release') },
    payload_sha256: sha256(resultPayload),
    ...changes,
  };
  return { ...claims, log: await logWith(claims, step + 1, step + 3) };
}
