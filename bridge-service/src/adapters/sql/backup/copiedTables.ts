import type { Tables } from '../tables.ts';

/** The hashes of the log are computed anew from its entries, so that a restored tree cannot contradict them. */
type Computed = 'audit_node' | 'audit_head';

/** What a backup holds, in the order in which it holds it; with the columns that put the rows into an order. */
export const copiedTables: Readonly<Record<Exclude<keyof Tables, Computed>, readonly string[]>> = {
  handoff: ['org', 'txn'],
  handoff_object: ['sequence'],
  seen_jti: ['org', 'jti'],
  used_plan: ['plan_sha256'],
  model_answer: ['org', 'txn', 'question'],
  audit_entry: ['position'],
  budget: ['name'],
  budget_reservation: ['id'],
  kill_order: ['kind', 'name'],
  data_key: ['id'],
  vault_entry: ['key_id', 'token'],
};
