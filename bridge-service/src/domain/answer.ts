/** What the org gets to see of a handoff: signed objects, and the payload that the result speaks of. */
export interface Answer {
  readonly txn: string;
  readonly status: 'refused' | 'accepted' | 'approval_required' | 'finished';
  readonly refuse?: string;
  readonly accept?: string;
  readonly result?: string;
  readonly payload?: string;
}
