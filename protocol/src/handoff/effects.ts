import type { EffectReceipt, ResultClaims } from './answerClaims.ts';
import { capacity, targetContains, type Grant } from './authority.ts';
import type { Verified } from './kinds.ts';
import { refused, type Refusal } from './outcome.ts';

/**
 * Whether everything a result says was done lies within the accepted grants: each effect is covered,
 * no set of grants is used for more records than it allows, and what needed an approval has one in
 * the chain. Undefined if so, else `effect_outside_authority` or `effect_without_approval`.
 */
export function checkEffects(
  { effects, approvals }: Pick<ResultClaims, 'effects' | 'approvals'>,
  grants: readonly Grant[],
  previous: Verified,
): Refusal | undefined {
  const approved = approvalsIn(previous);
  if (!approvals.every((digest) => approved.has(digest))) return refused('effect_without_approval', 'approvals');
  const usable = grants.filter(({ gate }) => gate !== 'approval' || approvals.length > 0);
  const covered = effects.map((effect) => ({ effect, grants: coveringGrants(effect, usable) }));
  for (const { effect, grants: covering } of covered) {
    if (covering.length === 0) {
      const wasGranted = coveringGrants(effect, grants).length > 0;
      return refused(wasGranted ? 'effect_without_approval' : 'effect_outside_authority', 'effects');
    }
    // Hall's condition: effects that can only lie under these grants must fit into them together.
    const sharing = covered.filter((other) => other.grants.every((grant) => covering.includes(grant)));
    const room = covering.reduce((sum, grant) => sum + capacity(grant), 0);
    if (countRecords(sharing.map((other) => other.effect)) > room) {
      return refused('effect_outside_authority', 'effects');
    }
  }
  return undefined;
}

/** Digests of the approvals in a chain that say yes. */
function approvalsIn(last: Verified): ReadonlySet<string> {
  const digests = new Set<string>();
  for (let object: Verified | undefined = last; object !== undefined; object = object.previous) {
    if (object.kind === 'approval' && object.claims.decision === 'approved') digests.add(object.sha256);
  }
  return digests;
}

function coveringGrants(effect: EffectReceipt, grants: readonly Grant[]): Grant[] {
  return grants.filter((grant) => {
    const { recordIds } = grant;
    const isItsRecord =
      recordIds === undefined || (effect.record_id !== undefined && recordIds.includes(effect.record_id));
    return isItsRecord && targetContains(grant, effect);
  });
}

/** Effects without a record (a message, a callout) count one each. */
function countRecords(effects: readonly EffectReceipt[]): number {
  const records = new Set(effects.flatMap(({ record_id }) => record_id ?? []));
  return records.size + effects.filter(({ record_id }) => record_id === undefined).length;
}
