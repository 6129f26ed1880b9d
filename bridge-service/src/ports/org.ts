import type { PlannedEffect, RecordImage } from '../domain/task/plannedEffect.ts';

/** Records that a plan would change, before there is a plan. */
export interface OrgRead {
  /** `iss` of the offer: which org. */
  readonly org: string;
  readonly effects: readonly PlannedEffect[];
}

/** In the order of the effects: what each of them would change, undefined for a create. */
export type OrgReading = { readonly kind: 'read'; readonly images: readonly (RecordImage | undefined)[] } | OrgRefusal;

/** Records to look at: those whose `where.field` holds the id `where.recordId`, the newest `limit` of them. */
export interface OrgQuery {
  readonly org: string;
  readonly object: string;
  readonly fields: readonly string[];
  readonly where: { readonly field: string; readonly recordId: string };
  readonly limit: number;
}

export interface OrgRecord {
  readonly id: string;
  /** The fields of the query. */
  readonly fields: RecordImage;
}

export type OrgRecords = { readonly kind: 'read'; readonly records: readonly OrgRecord[] } | OrgRefusal;

/**
 * What to do in the org, all of it or nothing, and only while the records are as the effects' `before`
 * says. `effectKey` is unique in the org: a second write under the same key changes nothing and answers
 * what the first one did.
 */
export interface OrgWrite extends OrgRead {
  readonly effectKey: string;
  readonly txn: string;
  /**
   * Effect keys of the same handoff that the org may know already. Under any other key, a plan was carried
   * out that the store does not know of, as after its restoration: {@link writtenBefore}.
   */
  readonly earlierKeys: readonly string[];
}

/** What happened to one effect, in the order of {@link OrgWrite.effects}. */
export interface EffectOutcome {
  readonly recordId: string;
  /** The fields of the effect as the org has them now; missing after a delete. */
  readonly after?: RecordImage;
}

/**
 * - `confirmed`: the org answered that everything happened
 * - `unknown`: sent, no answer; whether it happened is not known
 * - `rejected`: the org answered that nothing happened; `code` is its error code, never its message, or
 *   {@link recordChanged} or {@link writtenBefore}
 * - `unavailable`: nothing was done; it may be tried again
 */
export type OrgOutcome =
  | { readonly kind: 'confirmed'; readonly effects: readonly EffectOutcome[] }
  | { readonly kind: 'unknown' }
  | OrgRefusal;

export interface OrgRefusal {
  readonly kind: 'rejected' | 'unavailable';
  readonly code: string;
}

/** A record is no longer what the plan was made over: somebody has changed it since. */
export const recordChanged = 'RECORD_CHANGED';

/** The org has carried out another plan of this handoff; nothing was written. */
export const writtenBefore = 'WRITTEN_BEFORE';

/** The Salesforce org, seen as the integration user. */
export interface OrgPort {
  readonly kind: 'salesforce' | 'offline';
  read(read: OrgRead, signal: AbortSignal): Promise<OrgReading>;
  query(query: OrgQuery, signal: AbortSignal): Promise<OrgRecords>;
  /** Exactly once per `effectKey`, however often it is called and whoever dies in between. */
  write(write: OrgWrite, signal: AbortSignal): Promise<OrgOutcome>;
}
