import type { Answer } from '../domain/answer.ts';

/** Tells an org what became of its handoff, for those that did not wait. */
export interface Callback {
  /** Whether there is a way to tell this org anything; if not, it asks. */
  reaches(org: string): boolean;
  /** Rejects when the org did not take it: it is tried again later, so the org may get it more than once. */
  deliver(org: string, answer: Answer): Promise<void>;
}
