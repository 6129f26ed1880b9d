import type { AuditEvent } from '@agent-readiness/protocol/handoff';
import { nowSeconds, type Bridge } from './bridge.ts';

/** Every decision that the bridge records: stage and verdict, with what the digest beside it is of. */
export const eventNames = {
  'verify.accepted': 'the offer',
  'verify.conflict': 'the offer that reuses a jti or changes a txn; an alarm',
  'verify.repeated': 'the offer that asks again for what was answered',
  'authorise.refused': 'the offer',
  'authorise.accepted': 'the offer; custody is taken with the next accept',
  'reserve.refused': 'the offer',
  'reserve.made': 'the offer',
  'guard_in.passed': 'the findings',
  'guard_in.blocked': 'the findings',
  'mask.done': 'the request to the model, as it leaves',
  'mask.leaked': 'the types that were still readable; nothing left',
  'think.dispatched': 'the request to the model',
  'think.batched':
    'the request to the model, by a batch: the provider keeps it for a while, so not with zero retention',
  'think.canceled': 'the request to the model, whose batch the provider was told to cancel',
  'think.retried': 'the request to the model',
  'think.answered': 'the answer, as it came',
  'think.failed': 'the kind of failure',
  'think.refused': 'the answer, as it came',
  'read.dispatched': 'the questions to the org',
  'read.done': 'what the org answered',
  'read.blocked': 'the findings in what the org answered',
  'read.rejected': 'the code of the org',
  'guard_out.passed': 'the findings',
  'guard_out.blocked': 'the findings',
  'guard_out.repaired': 'the findings that the model was asked to repair',
  'unmask.done': 'the answer with its values back',
  'unmask.streamed': 'the request whose answer is shown while it comes, with its values back',
  'unmask.unknown': 'the tokens that nobody issued',
  'gate.allowed': 'the plan',
  'gate.blocked': 'the plan',
  'gate.approval_required': 'the plan',
  'gate.approved': 'the approval',
  'gate.denied': 'the approval',
  'gate.refused': 'the approval that does not hold',
  'gate.escalated': 'the plan that nobody has decided on after half of its time',
  'gate.expired': 'the plan',
  'act.dispatched': 'the plan',
  'act.confirmed': 'the effects',
  'act.unconfirmed': 'the effects, of which nobody knows whether they happened',
  'act.rejected': 'the code of the org',
  'revert.dispatched': 'the effects that undo those of the handoff',
  'revert.confirmed': 'the effects',
  'revert.unconfirmed': 'nothing: nobody knows whether it happened',
  'revert.rejected': 'the code of the org',
  'run.timed_out': 'the offer',
  'run.stopped': 'the order that stopped it',
  'answer.signed': 'the result, as the protocol digests it',
  'close.received': 'the close',
  'kill.engaged': 'the order',
  'kill.released': 'the scope',
  'erase.done': 'the person, keyed',
  'keys.rotated': 'how many keys of persons were wrapped anew',
  'restore.done': 'the checkpoint of the backup; what is not in the log after it was lost',
  'restore.ended': 'the offer of a handoff that was open in the backup',
} as const satisfies Record<string, string>;

export type EventName = keyof typeof eventNames;

/** A decision to record: its name and the digest of what it is about. */
export interface Decision {
  readonly name: EventName;
  readonly contentSha256: string;
  readonly actor?: string;
}

/** One decision. `actor` is the bridge, or the person or party who decided. */
export function newEvent(
  bridge: Pick<Bridge, 'party' | 'clock'>,
  name: EventName,
  { txn, contentSha256, actor = 'bridge' }: { txn: string; contentSha256: string; actor?: string },
): AuditEvent {
  return {
    version: 1,
    txn,
    party: bridge.party,
    at: nowSeconds(bridge),
    event: name,
    actor,
    content_sha256: contentSha256,
  };
}
