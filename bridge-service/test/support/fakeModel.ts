import type { Masked } from '../../src/domain/json.ts';
import type { ModelAnswer, ModelOutcome, ModelPort, ModelRequest, ModelRun, Pricing } from '../../src/ports/model.ts';

export type Behaviour = (request: ModelRequest, run: ModelRun) => Promise<ModelOutcome>;

export interface FakeModel extends ModelPort {
  /** All that left, in order. */
  readonly requests: ModelRequest[];
  /** What comes next; the last one stays. */
  readonly behaviours: Behaviour[];
}

let messages = 0;

export function answer(text: string, overrides: Partial<ModelAnswer> = {}): Behaviour {
  return () => {
    messages += 1;
    return Promise.resolve({
      ok: true,
      answer: {
        model: 'fake',
        messageId: `msg_${String(messages)}`,
        requestId: undefined,
        content: [{ type: 'text', text: text as Masked<string> }],
        stopReason: 'end_turn',
        refusalCategory: undefined,
        usage: { cost: 1_000 },
        ...overrides,
      },
    });
  };
}

export const fails: Behaviour = () =>
  Promise.resolve({
    ok: false,
    failure: {
      kind: 'overloaded',
      model: 'fake',
      code: 'overloaded_error',
      requestId: undefined,
      retryAfterMs: undefined,
      billed: 'none',
    },
  });

/** Answers only when it is stopped. */
export const hangs: Behaviour = (_request, { signal }) =>
  new Promise((resolve) => {
    const end = (): void => {
      resolve({
        ok: false,
        failure: {
          kind: 'timeout',
          model: 'fake',
          code: undefined,
          requestId: undefined,
          retryAfterMs: undefined,
          billed: 'unknown',
        },
      });
    };
    if (signal.aborted) end();
    else signal.addEventListener('abort', end);
  });

export function createFakeModel(...behaviours: Behaviour[]): FakeModel {
  const requests: ModelRequest[] = [];
  const queue = [...behaviours];
  return {
    kind: 'replay',
    requests,
    behaviours: queue,
    async ask(request, run) {
      requests.push(request);
      const behaviour = queue.length > 1 ? queue.shift() : queue[0];
      if (behaviour === undefined) throw new Error('the fake model has nothing to say');
      await run.onAttempt({ phase: 'started', model: 'fake', attempt: 1 });
      return behaviour(request, run);
    },
  };
}

/** A question may cost 10,000; what it did cost stands in its usage. */
export const fakePricing: Pricing = {
  worstCaseUsdMicros: () => 10_000,
  costUsdMicros: (_model, usage) => (typeof usage['cost'] === 'number' ? usage['cost'] : undefined),
};
