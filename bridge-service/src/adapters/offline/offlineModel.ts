import type { Masked } from '../../domain/json.ts';
import type { ModelPort, Pricing } from '../../ports/model.ts';

const model = 'offline';

/**
 * Stands in where there is no key: answers each question with the first example of its output schema, and
 * is labelled as such in every result. Asks nobody, costs nothing, always answers the same.
 */
export const offlineModel: ModelPort = {
  kind: 'offline',
  async ask(request, run) {
    await run.onAttempt({ phase: 'started', model, attempt: 1 });
    const examples = request.outputSchema?.['examples'];
    const text = JSON.stringify(Array.isArray(examples) ? examples[0] : {}) as Masked<string>;
    run.onText?.({ block: 0, text });
    const outcome = {
      ok: true,
      answer: {
        model,
        messageId: 'offline',
        requestId: undefined,
        content: [{ type: 'text', text }],
        stopReason: 'end_turn',
        refusalCategory: undefined,
        usage: {},
      },
    } as const;
    await run.onAttempt({ phase: 'ended', model, attempt: 1, outcome });
    return outcome;
  },
};

export const offlinePricing: Pricing = {
  worstCaseUsdMicros: () => 0,
  costUsdMicros: () => 0,
};
