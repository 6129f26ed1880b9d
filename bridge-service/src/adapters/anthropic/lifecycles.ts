import type Anthropic from '@anthropic-ai/sdk';

export type Lifecycle = 'active' | 'deprecated' | 'retired' | 'unknown';

/**
 * Asks the Models API in which part of its life each model is. A date of retirement proves nothing: it may
 * be missing, or long past. `unknown` is what could not be found out; a release must not rely on it.
 */
export async function readLifecycles(
  client: Anthropic,
  models: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Lifecycle>> {
  const lifecycles = await Promise.all(models.map((model) => readLifecycle(client, model, signal)));
  return new Map(models.map((model, index) => [model, lifecycles[index] ?? 'unknown']));
}

async function readLifecycle(client: Anthropic, model: string, signal: AbortSignal): Promise<Lifecycle> {
  try {
    const { lifecycle } = await client.models.retrieve(model, {}, { signal, maxRetries: 0 });
    return ['active', 'deprecated', 'retired'].includes(lifecycle) ? lifecycle : 'unknown';
  } catch {
    return 'unknown';
  }
}
