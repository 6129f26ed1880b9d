import type { JsonValue } from '../domain/json.ts';
import type { PlannedEffect } from '../domain/task/plannedEffect.ts';

/**
 * What to do in the org, all of it or nothing. `effectKey` is unique in the org: a second write under the
 * same key changes nothing and answers what the first one did.
 */
export interface OrgWrite {
  readonly effectKey: string;
  /** `iss` of the offer: which org. */
  readonly org: string;
  readonly txn: string;
  readonly effects: readonly PlannedEffect[];
}

/** The fields of a record that an effect touches, before or after it. */
export type RecordImage = Readonly<Record<string, JsonValue>>;

/** What happened to one effect, in the order of {@link OrgWrite.effects}. */
export interface EffectOutcome {
  readonly recordId: string;
  /** Undefined for a create. */
  readonly before: RecordImage | undefined;
  /** Undefined after a delete, and where only the dispatch is known. */
  readonly after: RecordImage | undefined;
}

/**
 * - `confirmed`: the org answered that everything happened
 * - `unknown`: sent, no answer; `before` images are known, whether it happened is not
 * - `rejected`: the org answered that nothing happened; `code` is its error code, never its message
 * - `unavailable`: nothing was sent
 */
export type OrgOutcome =
  | { readonly kind: 'confirmed'; readonly effects: readonly EffectOutcome[] }
  | { readonly kind: 'unknown'; readonly effects: readonly EffectOutcome[] }
  | { readonly kind: 'rejected'; readonly code: string }
  | { readonly kind: 'unavailable'; readonly code: string };

/** The Salesforce org, seen as the integration user. */
export interface OrgPort {
  readonly kind: 'salesforce' | 'offline';
  /** Exactly once per `effectKey`, however often it is called and whoever dies in between. */
  write(write: OrgWrite, signal: AbortSignal): Promise<OrgOutcome>;
}
