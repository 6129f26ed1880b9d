import type Anthropic from '@anthropic-ai/sdk';
import type { ModelFailureKind } from '../../domain/resilience/failure.ts';
import { failureOf } from './failure.ts';

export type Lifecycle = 'active' | 'deprecated' | 'retired' | 'unknown';

/**
 * Asks the Models API in which part of its life each model is, or tells why it did not say. A date of retirement
 * proves nothing: it may be missing, or long past.
 */
export async function readLifecycles(
  client: Anthropic,
  models: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Lifecycle | ModelFailureKind>> {
  const lifecycles = models.map(async (model) => [model, await readLifecycle(client, model, signal)] as const);
  return new Map(await Promise.all(lifecycles));
}

async function readLifecycle(
  client: Anthropic,
  model: string,
  signal: AbortSignal,
): Promise<Lifecycle | ModelFailureKind> {
  try {
    const { lifecycle } = await client.models.retrieve(model, {}, { signal, maxRetries: 0 });
    return ['active', 'deprecated', 'retired'].includes(lifecycle) ? lifecycle : 'unknown';
  } catch (error) {
    return signal.aborted ? 'timeout' : failureOf(error, model, false).kind;
  }
}
