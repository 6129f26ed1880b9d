import type Anthropic from '@anthropic-ai/sdk';
import {
  type Breaker,
  type BreakerPolicy,
  answered,
  asked,
  closedBreaker,
  faulted,
  mayAsk,
  stateOf,
  undecided,
} from '../../domain/resilience/breaker.ts';
import type { ModelFailure } from '../../domain/resilience/failure.ts';
import { type RetryPolicy, isFault, nextStep } from '../../domain/resilience/nextStep.ts';
import { type Route, chooseRoute, takeOverAfterMs } from '../../domain/resilience/route.ts';
import type { Clock, Random } from '../../ports/clock.ts';
import type { ModelOutcome, ModelPort, ModelRequest, ModelRun, ModelTier, TextPiece } from '../../ports/model.ts';
import type { BreakerState } from '../../ports/watch.ts';
import { askOnce } from './askOnce.ts';

export interface AnthropicModelOptions {
  readonly client: Anthropic;
  /** First choice first. */
  readonly tiers: Readonly<Record<ModelTier, readonly Route[]>>;
  /** Whether a model may be asked at all: it is priced, and the provider has not retired it. */
  readonly usable: (model: string, nowMs: number) => boolean;
  readonly retry: RetryPolicy;
  readonly breaker: BreakerPolicy;
  readonly clock: Clock;
  readonly random: Random;
  /** Told each time that a breaker has changed. */
  readonly onBreaker: (model: string, state: BreakerState) => void;
}

/**
 * The Claude API. Retries, breakers and the fallback chain are decided in `domain/resilience`; here they
 * meet the clock and the wire. Breakers live as long as the process.
 */
export function createAnthropicModel(options: AnthropicModelOptions): ModelPort {
  const breakers = new Map<string, Breaker>();
  return {
    kind: 'anthropic',
    ask: (request, run) => new Question(options, breakers, request, run).answer(),
  };
}

/** One question on its way through the models of its tier. */
class Question {
  readonly #options: AnthropicModelOptions;
  readonly #breakers: Map<string, Breaker>;
  readonly #request: ModelRequest;
  readonly #run: ModelRun;
  #attempt = 0;
  #billable = 0;
  #shown = false;

  constructor(options: AnthropicModelOptions, breakers: Map<string, Breaker>, request: ModelRequest, run: ModelRun) {
    this.#options = options;
    this.#breakers = breakers;
    this.#request = request;
    this.#run = run;
  }

  async answer(): Promise<ModelOutcome> {
    let routes = this.#usableRoutes();
    let last: ModelFailure = noModel();
    for (;;) {
      const route = chooseRoute(routes, this.#remainingMs());
      if (!route) return { ok: false, failure: last };
      routes = routes.filter((other) => other !== route);
      const { outcome, giveUp } = await this.#askModel(route, routes);
      if (outcome.ok || giveUp) return outcome;
      last = outcome.failure;
    }
  }

  #usableRoutes(): readonly Route[] {
    const { tiers, usable, clock } = this.#options;
    const nowMs = clock.nowMs();
    const routes = tiers[this.#request.tier].filter(({ model }) => usable(model, nowMs));
    const allowed = this.#request.allowFallback ? routes : routes.slice(0, 1);
    return allowed.filter(({ model }) => this.#mayAsk(model, nowMs));
  }

  /** Asks one model until it answers or another one should take over. */
  async #askModel(route: Route, others: readonly Route[]): Promise<{ outcome: ModelOutcome; giveUp: boolean }> {
    const { clock, retry, random } = this.#options;
    for (let attempts = 1; ; attempts += 1) {
      const outcome = await this.#attemptOnce(route, others);
      if (outcome.ok) return { outcome, giveUp: false };
      const { failure } = outcome;
      if (failure.billed !== 'none') this.#billable += 1;
      const step = nextStep(
        {
          failure,
          attempts,
          billable: this.#billable,
          shown: this.#shown,
          remainingMs: this.#remainingMs(),
          expectedMs: route.expectedMs,
          random: fraction(random),
        },
        retry,
      );
      if (step.kind !== 'retry') return { outcome, giveUp: step.kind === 'give_up' };
      if (!this.#mayAsk(route.model, clock.nowMs() + step.waitMs)) return { outcome, giveUp: false };
      await clock.sleep(step.waitMs, this.#run.signal);
      // Another run may have begun to probe meanwhile.
      if (!this.#mayAsk(route.model, clock.nowMs())) return { outcome, giveUp: false };
    }
  }

  async #attemptOnce(route: Route, others: readonly Route[]): Promise<ModelOutcome> {
    const { client, clock } = this.#options;
    const { signal, onAttempt, onFirstText, onText } = this.#run;
    const { model } = route;
    const attempt = (this.#attempt += 1);
    await onAttempt({ phase: 'started', model, attempt });
    this.#setBreaker(model, asked(this.#breakerOf(model)));
    const takeOverMs = takeOverAfterMs(route, others, this.#remainingMs());
    const takeOver = takeOverMs === undefined ? undefined : clock.deadline(takeOverMs);
    const show =
      onText &&
      ((piece: TextPiece) => {
        if (!onText(piece)) return;
        this.#shown = true;
        // Half an answer stands on somebody's screen: no other model may take over now.
        takeOver?.cancel();
      });
    try {
      const limit = takeOver ? AbortSignal.any([signal, takeOver.signal]) : signal;
      const outcome = await askOnce(client, this.#request, model, limit, onFirstText, show);
      this.#record(model, outcome);
      await onAttempt({ phase: 'ended', model, attempt, outcome });
      return outcome;
    } finally {
      takeOver?.cancel();
    }
  }

  #record(model: string, outcome: ModelOutcome): void {
    const { breaker, clock } = this.#options;
    const before = this.#breakerOf(model);
    const nowMs = clock.nowMs();
    if (outcome.ok) this.#setBreaker(model, answered());
    else if (isFault(outcome.failure.kind) || this.#isLongLimit(outcome.failure)) {
      this.#setBreaker(model, faulted(before, breaker, nowMs));
    } else this.#setBreaker(model, undecided(before));
  }

  /** A rate limit that outlasts this run: others need not find out for themselves. */
  #isLongLimit({ kind, retryAfterMs }: ModelFailure): boolean {
    return kind === 'rate_limited' && retryAfterMs !== undefined && retryAfterMs > this.#remainingMs();
  }

  #setBreaker(model: string, next: Breaker): void {
    const state = stateOf(next);
    if (state !== stateOf(this.#breakerOf(model))) this.#options.onBreaker(model, state);
    this.#breakers.set(model, next);
  }

  #mayAsk(model: string, atMs: number): boolean {
    return mayAsk(this.#breakerOf(model), this.#options.breaker, atMs);
  }

  #breakerOf(model: string): Breaker {
    return this.#breakers.get(model) ?? closedBreaker;
  }

  #remainingMs(): number {
    return this.#run.signal.aborted ? 0 : this.#run.deadlineMs - this.#options.clock.nowMs();
  }
}

function noModel(): ModelFailure {
  return {
    kind: 'no_model',
    model: undefined,
    code: undefined,
    requestId: undefined,
    retryAfterMs: undefined,
    billed: 'none',
  };
}

/** 0 to 1, from four random bytes. */
function fraction(random: Random): number {
  const bytes = random.bytes(4);
  return new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0) / 2 ** 32;
}
