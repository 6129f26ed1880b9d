import type { AuditLog } from './audit.ts';
import type { BudgetLedger } from './budget.ts';
import type { HandoffStore } from './handoffs.ts';
import type { KillSwitch } from './killSwitch.ts';
import type { Outbox } from './outbox.ts';
import type { KeyStore, VaultStore } from './vault.ts';

/** All state, within one transaction. */
export interface Unit {
  readonly handoffs: HandoffStore;
  readonly audit: AuditLog;
  readonly budget: BudgetLedger;
  readonly killSwitch: KillSwitch;
  readonly keys: KeyStore;
  readonly vault: VaultStore;
  readonly outbox: Outbox;
}

/**
 * The one store of the bridge. Everything in `work` happens or nothing does, durable when the promise
 * resolves. `work` must use nothing outside: it may run again after a serialization failure.
 */
export interface Store {
  transaction<T>(work: (unit: Unit) => Promise<T>): Promise<T>;
}

/** The store cannot be reached: nothing was done, or nobody knows whether it was. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError';
}
