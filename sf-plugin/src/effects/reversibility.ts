import type { Operation, Reversibility } from '@agent-readiness/protocol';

/** Whether an operation can be taken back, for the ordinary form of that operation. */
const ordinary: Readonly<Record<Operation, Reversibility>> = {
  create: 'reversible',
  update: 'reversible',
  upsert: 'reversible',
  undelete: 'reversible',
  grant: 'reversible',
  enqueue: 'reversible',
  'call-model': 'reversible',
  delete: 'recoverable',
  merge: 'irreversible',
  convert: 'irreversible',
  'send-message': 'irreversible',
  callout: 'irreversible',
  'publish-event': 'irreversible',
  'invoke-agent': 'irreversible',
  unknown: 'irreversible',
};

/**
 * Whether an effect can be taken back.
 *
 * @param form `hard`: a delete that skips the recycle bin; `read-only`: a callout that only reads (GET, HEAD)
 */
export function reversibilityOf(operation: Operation, form?: 'hard' | 'read-only'): Reversibility {
  if (form === 'hard') return 'irreversible';
  if (form === 'read-only') return 'reversible';
  return ordinary[operation];
}
