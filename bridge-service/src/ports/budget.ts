/** One ceiling. `name` holds its period, so that a new day is a new row: `agent:Order_Agent:2027-01-15`. */
export interface BudgetLimit {
  readonly name: string;
  readonly limitUsdMicros: number;
}

export interface BudgetUse extends BudgetLimit {
  readonly spentUsdMicros: number;
  readonly reservedUsdMicros: number;
}

export type ReserveOutcome = { readonly ok: true } | { readonly ok: false; readonly exhausted: string };

/**
 * Money that may be spent. At every instant and on every replica, spent + reserved ≤ limit for each
 * ceiling. What a crash leaves reserved counts as spent once it expires: nobody knows that it was not.
 */
export interface BudgetLedger {
  /** Reserves under all limits or under none; `exhausted` names the first one without room. */
  reserve(reservation: Reservation): Promise<ReserveOutcome>;
  /** Replaces the reservation, also one that has expired, by what was spent. A second call changes nothing. */
  settle(id: string, spentUsdMicros: number): Promise<void>;
  /** Settles at the full amount what expired before `nowMs`; returns how many. */
  expire(nowMs: number): Promise<number>;
  use(names: readonly string[]): Promise<readonly BudgetUse[]>;
}

export interface Reservation {
  /** Unique: one per question to a model. */
  readonly id: string;
  readonly amountUsdMicros: number;
  readonly limits: readonly BudgetLimit[];
  /** Milliseconds since the epoch. */
  readonly expiresMs: number;
}
