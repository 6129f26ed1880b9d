import type Anthropic from '@anthropic-ai/sdk';
import type { ModelFailure } from '../../domain/resilience/failure.ts';
import type { Route } from '../../domain/resilience/route.ts';
import type { Clock } from '../../ports/clock.ts';
import type { BatchPort, ModelOutcome, ModelTier } from '../../ports/model.ts';
import { answerOf } from './askOnce.ts';
import { failureOf } from './failure.ts';
import { requestBody } from './requestBody.ts';

export interface BatchesOptions {
  readonly client: Anthropic;
  readonly tiers: Readonly<Record<ModelTier, readonly Route[]>>;
  /** Whether a model may be asked at all. */
  readonly usable: (model: string, nowMs: number) => boolean;
  readonly clock: Clock;
}

/** The Message Batches API, one question each: they belong to different people and end at different times. */
export function createBatches({ client, tiers, usable, clock }: BatchesOptions): BatchPort {
  return {
    async submit(request, id, signal) {
      const route = tiers[request.tier].find(({ model }) => usable(model, clock.nowMs()));
      if (route === undefined) return { ok: false, failure: { ...unanswered, kind: 'no_model' } };
      try {
        const params = requestBody(request, route.model);
        const { id: batch } = await client.messages.batches.create(
          { requests: [{ custom_id: id, params }] },
          { signal, maxRetries: 0 },
        );
        return { ok: true, batch };
      } catch (error) {
        return { ok: false, failure: failureOf(error, route.model, false) };
      }
    },
    async collect(batch, id, signal) {
      try {
        const { processing_status: status } = await client.messages.batches.retrieve(
          batch,
          {},
          { signal, maxRetries: 0 },
        );
        if (status !== 'ended') return 'pending';
        for await (const { custom_id: found, result } of await client.messages.batches.results(
          batch,
          {},
          { signal, maxRetries: 0 },
        )) {
          if (found === id) return outcomeOf(result);
        }
        return 'pending';
      } catch {
        return 'pending';
      }
    },
    async cancel(batch, signal) {
      return client.messages.batches.cancel(batch, {}, { signal, maxRetries: 0 }).then(
        () => true,
        () => false,
      );
    },
  };
}

/** What was not answered was not charged. */
const unanswered: ModelFailure = {
  kind: 'unavailable',
  model: undefined,
  code: undefined,
  requestId: undefined,
  retryAfterMs: undefined,
  billed: 'none',
};

function outcomeOf(result: Anthropic.Messages.MessageBatchResult): ModelOutcome {
  if (result.type !== 'succeeded') {
    const code = result.type === 'errored' ? result.error.error.type : `batch_${result.type}`;
    return { ok: false, failure: { ...unanswered, code } };
  }
  const answer = answerOf(result.message, undefined);
  return answer
    ? { ok: true, answer }
    : { ok: false, failure: { ...unanswered, kind: 'truncated', billed: 'unknown' } };
}
