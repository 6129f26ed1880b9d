/** Everything in which two exports can disagree. Stable: reports and alarms are built on it. */
export const inconsistencies = {
  offer_without_answer: 'the org has offered, and there is neither an accept nor a refusal',
  accept_without_result: 'the bridge took custody, and its time is over without a result',
  result_not_received: 'the bridge has signed a final answer that the org does not have',
  end_changed: 'two final answers give one handoff different ends',
  result_without_close: 'the org has a final result and has not taken custody back',
  close_not_received: 'the org took custody back, and the bridge does not know',
  answer_unknown_to_bridge: 'the org holds an answer that the bridge says it never gave',
  object_invalid: 'a signed object that does not verify in its place; the detail is a code of the protocol',
  authority_exceeded: 'more was taken or done than was granted',
  effect_without_receipt: 'something was changed in the org that no result speaks of',
  receipt_without_effect: 'a result confirms a change that the org has no row of',
  effect_not_logged: 'something was changed before the log had it',
  result_not_logged: 'the log has no entry of a result',
  trees_disagree: 'the log is not the one that the org was shown',
} as const satisfies Record<string, string>;

export interface Inconsistency {
  readonly code: keyof typeof inconsistencies;
  /** Empty where it is about the log as a whole. */
  readonly txn: string;
  readonly detail: string;
}
