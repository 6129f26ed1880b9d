import { digest } from '../../domain/digest.ts';
import { sha256Hex } from '../../domain/sha256.ts';
import { invertEffects } from '../../domain/task/invertEffects.ts';
import { recordChanged, type OrgOutcome, type OrgWrite } from '../../ports/org.ts';
import type { HandoffKey } from '../../ports/outbox.ts';
import type { Unit } from '../../ports/store.ts';
import type { Bridge } from '../bridge.ts';
import { dataKeyOf, openContent } from '../content.ts';
import { newEvent, type EventName } from '../events.ts';
import { actTimeoutMs, effectKeyOf } from '../run/act.ts';
import { askOrg } from '../run/askOrg.ts';

/** `unconfirmed`: sent, and the org did not say whether it happened; asked again, it happens once. */
export type Reverted =
  { readonly kind: 'reverted' | 'unconfirmed' } | { readonly kind: 'refused'; readonly code: RevertRefusal };

/** Why nothing is undone. Stable: callers see them. */
export const revertRefusals = {
  unknown_handoff: 'there is no such handoff',
  nothing_done: 'the handoff has changed nothing that is confirmed',
  not_reversible: 'it deleted something: see the recycle bin of the org',
  kill_switch: 'a person has stopped the bridge, this agent or this task',
  record_changed: 'somebody has changed a record since, and nothing was undone',
  org_rejected: 'the org refused, and nothing was undone',
  org_unavailable: 'the org could not be reached, and nothing was undone',
} as const satisfies Record<string, string>;
export type RevertRefusal = keyof typeof revertRefusals;

/**
 * Undoes what a handoff has done, from the images that were kept, as a decision of its own: it is written
 * to the log before the org is asked, with the person who wanted it. However often it is asked for, the
 * org does it once.
 *
 * @throws ErasedError
 */
export async function revertHandoff(bridge: Bridge, key: HandoffKey, by: string): Promise<Reverted> {
  const prepared = await bridge.store.transaction((unit) => prepare(bridge, unit, key, by));
  if ('code' in prepared) return prepared;
  const { signal, cancel } = bridge.clock.deadline(actTimeoutMs);
  try {
    const outcome = await askOrg(bridge, () => bridge.org.write(prepared, signal), signal);
    const { name, about, reverted } = judge(outcome);
    await bridge.store.transaction(({ audit }) => {
      audit.append(newEvent(bridge, name, { txn: key.txn, contentSha256: digest(about), actor: by }));
      return Promise.resolve();
    });
    return reverted;
  } finally {
    cancel();
  }
}

async function prepare(
  bridge: Bridge,
  { handoffs, killSwitch, keys, audit }: Unit,
  key: HandoffKey,
  by: string,
): Promise<OrgWrite | Extract<Reverted, { kind: 'refused' }>> {
  await handoffs.lock(key.org, key.txn);
  const handoff = await handoffs.find(key);
  if (handoff === undefined) return refused('unknown_handoff');
  const { effects = [], outcomes = [] } = openContent(bridge, await dataKeyOf({ keys }, handoff.keyId), handoff);
  if (handoff.state !== 'finished' || outcomes.length === 0) return refused('nothing_done');
  const inverse = invertEffects(effects, outcomes);
  if (inverse === undefined) return refused('not_reversible');
  if ((await killSwitch.stops(handoff.agent, handoff.taskType)) !== undefined) return refused('kill_switch');
  const about = { txn: key.txn, contentSha256: digest(inverse), actor: by };
  audit.append(newEvent(bridge, 'revert.dispatched', about));
  const planKey = effectKeyOf(key, handoff.planSha256 ?? '');
  const effectKey = sha256Hex(`${key.org} ${key.txn} ${handoff.planSha256 ?? ''} revert`);
  return { effectKey, earlierKeys: [planKey], ...key, effects: inverse };
}

function judge(outcome: OrgOutcome): {
  readonly name: EventName;
  readonly about: unknown;
  readonly reverted: Reverted;
} {
  switch (outcome.kind) {
    case 'confirmed':
      return { name: 'revert.confirmed', about: outcome.effects, reverted: { kind: 'reverted' } };
    case 'unknown':
      return { name: 'revert.unconfirmed', about: '', reverted: { kind: 'unconfirmed' } };
    case 'unavailable':
      return { name: 'revert.rejected', about: outcome.code, reverted: refused('org_unavailable') };
    case 'rejected': {
      const code = outcome.code === recordChanged ? 'record_changed' : 'org_rejected';
      return { name: 'revert.rejected', about: outcome.code, reverted: refused(code) };
    }
  }
}

function refused(code: RevertRefusal): Extract<Reverted, { kind: 'refused' }> {
  return { kind: 'refused', code };
}
