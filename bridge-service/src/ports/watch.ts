import type { ModelFailure } from '../domain/resilience/failure.ts';
import type { HandoffState } from './handoffs.ts';
import type { ModelPort, RawUsage } from './model.ts';

/** A question to a model, in figures. Times are milliseconds since the epoch. */
export interface QuestionFacts {
  readonly provider: ModelPort['kind'];
  /** The model that answered, or the last one that failed; empty where none was asked. */
  readonly model: string;
  readonly outcome: 'answered' | 'refused' | ModelFailure['kind'];
  readonly stopReason: string;
  readonly messageId: string;
  /** Requests on the wire, retries and other models included. */
  readonly attempts: number;
  readonly startedMs: number;
  /** Undefined where the model does not stream. */
  readonly firstTextMs: number | undefined;
  readonly endedMs: number;
  readonly usage: RawUsage;
  readonly costUsdMicros: number;
}

/** What one replica did for a handoff in one go, in names and figures. */
export interface RunFacts {
  readonly txn: string;
  readonly agent: string;
  readonly agentVersion: string;
  readonly task: string;
  /** `traceparent` of the offer: the trace of the org, which this run is a part of. */
  readonly trace: string;
  readonly state: HandoffState;
  /** Empty while it is not decided. */
  readonly disposition: string;
  readonly reason: string;
  readonly startedMs: number;
  /** When somebody who reads along was shown the first text; undefined where nobody does, or none was shown. */
  readonly firstShownMs: number | undefined;
  readonly endedMs: number;
  readonly questions: readonly QuestionFacts[];
}

/** `probing`: one request finds out whether the model answers again. */
export type BreakerState = 'closed' | 'open' | 'probing';

/**
 * What the bridge tells about itself while it runs: to metrics, spans and logs. Names and figures only;
 * an adapter cannot leak content that it never gets.
 */
export interface Watch {
  /** A decision, as it stands in the audit log. */
  decided(event: { readonly name: string; readonly txn: string; readonly agent: string; readonly task: string }): void;
  /** What became of something that came in; `code` is stable, and empty where the outcome says it all. */
  received(what: 'offer' | 'approval', outcome: string, code: string): void;
  /** A run has ended, or was left to another replica. */
  ran(run: RunFacts): void;
  /** A breaker of this process has changed. */
  breaker(model: string, state: BreakerState): void;
  /** Somebody should look: `code` is stable, `where` a place in the program. */
  alarm(code: string, txn: string | undefined): void;
  /** A bug. Only its name and stack are recorded: messages may quote values. */
  failed(where: string, error: unknown): void;
}

const nothing = (): void => undefined;

/** Tells nobody. */
export const silentWatch: Watch = {
  decided: nothing,
  received: nothing,
  ran: nothing,
  breaker: nothing,
  alarm: nothing,
  failed: nothing,
};

/** Tells all of them, in this order. */
export function watchAll(...watches: readonly Watch[]): Watch {
  return {
    decided: (event) => {
      for (const watch of watches) watch.decided(event);
    },
    received: (what, outcome, code) => {
      for (const watch of watches) watch.received(what, outcome, code);
    },
    ran: (run) => {
      for (const watch of watches) watch.ran(run);
    },
    breaker: (model, state) => {
      for (const watch of watches) watch.breaker(model, state);
    },
    alarm: (code, txn) => {
      for (const watch of watches) watch.alarm(code, txn);
    },
    failed: (where, error) => {
      for (const watch of watches) watch.failed(where, error);
    },
  };
}
