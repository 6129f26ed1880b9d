/** Why the bridge does not take custody, beside the codes of the protocol. Stable: they are in receipts. */
export const refusalReasons = {
  task_unknown: 'no such task type in this release',
  input_invalid: 'the payload does not fit the input schema of the task',
  authority_missing: 'the task can read or change something, and the offer grants none of it',
  kill_switch: 'a person has stopped the bridge, this agent or this task',
  budget: 'a budget has no room for the most that this run may cost',
} as const satisfies Record<string, string>;

/** Why a run did not end in what was asked for. Stable: they are in results. */
export const outcomeReasons = {
  guard_in: 'a guardrail blocked the input',
  leak: 'masking left something readable, so nothing was sent',
  release_changed: 'the task was changed after the bridge took it on',
  price_unknown: 'no price is known for a model that might answer',
  run_budget: 'the question may cost more than the run has left',
  model_unavailable: 'no model answered',
  model_refused: 'the model declined',
  reads_exhausted: 'the model went on asking to read when nothing was left to read',
  output_incomplete: 'the answer was cut off',
  output_invalid: 'the answer does not fit the output schema of the task',
  guard_out: 'a guardrail blocked the answer',
  token_unknown: 'the answer holds a masking token that was never issued',
  plan_incomplete: 'the answer lacks a value that the task writes',
  effect_outside_authority: 'the plan reaches beyond what was granted',
  approval_expired: 'nobody decided in time',
  approval_rejected: 'a person said no',
  kill_switch: 'a person has stopped the bridge, this agent or this task',
  deadline: 'the time of the run was up',
  record_changed: 'somebody has changed a record since the plan was made, and nothing was written',
  written_before:
    'a plan of this handoff was carried out that the bridge does not know of, and nothing was written again',
  restored: 'the store was restored from a backup, and what has happened since is not known here',
  org_rejected: 'the org refused the change, and nothing was changed',
  org_unavailable: 'the org could not be reached, and nothing was sent',
  org_unconfirmed: 'the change was sent, and the org did not say whether it happened',
} as const satisfies Record<string, string>;

export type OutcomeReason = keyof typeof outcomeReasons;
