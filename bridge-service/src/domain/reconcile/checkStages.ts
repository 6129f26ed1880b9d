import { canonicalJson } from '@agent-readiness/protocol';
import { nearest, type Verified } from '@agent-readiness/protocol/handoff';
import type { Inconsistency } from './inconsistency.ts';

export interface Sides {
  /** Verified objects of one handoff, from both sides. */
  readonly objects: readonly Verified[];
  /** Digests of what each side holds. */
  readonly atOrg: ReadonlySet<string>;
  readonly atBridge: ReadonlySet<string>;
  /** What the bridge held can no longer be read. */
  readonly erased: boolean;
  /** Seconds since the epoch. */
  readonly now: number;
}

/** How long a step may take before it counts as missing, in seconds. */
const grace = 900;

type Found = Omit<Inconsistency, 'txn'>;

/** Whether a handoff has come to its end, and both sides know it. */
export function checkStages({ objects, atOrg, atBridge, erased, now }: Sides): readonly Found[] {
  const of = (kind: Verified['kind']) => objects.filter((object) => object.kind === kind);
  const finals = objects.filter(isFinal);
  const accepts = of('accept');
  const found: Found[] = [];
  const isOld = ({ claims }: Verified): boolean => claims.exp + grace < now;
  const add = (code: Found['code'], about: Verified | undefined): void => {
    if (about !== undefined) found.push({ code, detail: `${about.kind} ${about.sha256.slice(0, 16)}` });
  };

  const offer = of('offer').at(-1);
  if (accepts.length === 0 && finals.length === 0 && offer !== undefined && isOld(offer)) {
    add('offer_without_answer', offer);
  }
  const accept = accepts.at(-1);
  if (finals.length === 0 && accept !== undefined && now > dueOf(accept) && !waits(objects, now)) {
    add('accept_without_result', accept);
  }
  if (finals.length > 0 && !finals.some(({ sha256 }) => atOrg.has(sha256))) add('result_not_received', finals.at(-1));
  if (new Set(finals.map(endOf)).size > 1) add('end_changed', finals.at(-1));
  const result = finals.findLast((object) => object.kind === 'result' && atOrg.has(object.sha256));
  if (of('close').length === 0 && result !== undefined && isOld(result)) add('result_without_close', result);
  if (erased) return found;
  for (const object of objects) {
    if (atBridge.has(object.sha256)) continue;
    if (object.kind === 'close') add('close_not_received', object);
    if (['accept', 'refuse', 'result'].includes(object.kind)) add('answer_unknown_to_bridge', object);
  }
  return found;
}

function isFinal(object: Verified): boolean {
  return object.kind === 'refuse' || (object.kind === 'result' && object.claims.disposition !== 'approval_required');
}

/** What must not change when an end is signed again. */
function endOf({ kind, claims }: Verified): string {
  return kind === 'result' ? canonicalJson([claims.disposition, claims.effects]) : kind;
}

/** The latest that a run may take, and some grace. */
function dueOf(accept: Verified): number {
  const { due } = nearest('offer', accept)?.claims.tctx ?? {};
  return Math.max(due ?? 0, accept.claims.exp + 3_600) + grace;
}

/** A plan may wait for a person for a week. */
function waits(objects: readonly Verified[], now: number): boolean {
  return objects.some(({ kind, claims }) => kind === 'result' && now < claims.iat + 7 * 86_400);
}
