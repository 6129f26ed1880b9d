import type { Manifest } from '@agent-readiness/protocol';
import type { Owner, Signer, Trust } from '@agent-readiness/protocol/handoff';
import type { NoteSigner } from '@agent-readiness/protocol/log';
import type { BudgetPolicy } from '../domain/budget/budgetLimits.ts';
import type { CreateMasker, RunGuardrails } from '../domain/safeguards.ts';
import type { Task } from '../domain/task/task.ts';
import type { Callback } from '../ports/callback.ts';
import type { Cipher } from '../ports/cipher.ts';
import type { Clock, Random } from '../ports/clock.ts';
import type { ModelPort, Pricing } from '../ports/model.ts';
import type { OrgPort } from '../ports/org.ts';
import type { Store } from '../ports/store.ts';
import type { Watch } from '../ports/watch.ts';

/** What was reviewed and configured: the same on every replica. */
export interface Policy {
  /** Digest of everything in here; `policy` in accepts, plans and results. */
  readonly sha256: string;
  /** Who answers for the bridge while it has custody. */
  readonly owner: Owner;
  readonly budgets: BudgetPolicy;
  /** Users that machines log in as: they cannot approve. */
  readonly integrationUsers: readonly string[];
  /** How long masking tokens outlive the last run of their conversation. */
  readonly vaultRetentionMs: number;
}

/** Everything the use cases need, given by `main` or by a test. */
export interface Bridge {
  /** The party name of the bridge: `aud` of offers, `iss` of answers. */
  readonly party: string;
  /** Names this process among its replicas. */
  readonly replica: string;
  readonly policy: Policy;
  readonly manifest: Manifest;
  readonly tasks: ReadonlyMap<string, Task>;
  readonly trust: Trust;
  readonly signer: Signer;
  readonly log: { readonly origin: string; readonly signer: NoteSigner };
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly cipher: Cipher;
  readonly model: ModelPort;
  readonly pricing: Pricing;
  readonly org: OrgPort;
  readonly callback: Callback;
  readonly createMasker: CreateMasker;
  readonly runGuardrails: RunGuardrails;
  readonly watch: Watch;
}

/** Seconds since the epoch, as the protocol counts. */
export function nowSeconds({ clock }: Pick<Bridge, 'clock'>): number {
  return Math.floor(clock.nowMs() / 1_000);
}

/** Stands for the handoff in events that belong to none. */
export const noHandoff = '00000000-0000-0000-0000-000000000000';
