/** `usage` as the Messages API spells it. */
export interface FakeUsage {
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cache_read_input_tokens: number;
  readonly cache_creation_input_tokens: number;
  readonly cache_creation: {
    readonly ephemeral_5m_input_tokens: number;
    readonly ephemeral_1h_input_tokens: number;
  } | null;
  readonly service_tier: string;
}

/** A stand-in for a tokenizer: four bytes a token, at least one. Stable, and never more tokens than bytes. */
export function countTokens(value: unknown): number {
  return Math.max(1, Math.ceil(Buffer.byteLength(JSON.stringify(value ?? null)) / 4));
}

/** The prompt up to and including the last block that asks to be cached, or nothing. */
export function cacheablePrefix(system: unknown): string | undefined {
  if (!Array.isArray(system)) return undefined;
  const last = system.findLastIndex(
    (block: unknown) => typeof block === 'object' && block !== null && 'cache_control' in block,
  );
  return last === -1 ? undefined : JSON.stringify(system.slice(0, last + 1));
}

export function usageOf(
  prompt: unknown,
  answer: unknown,
  prefix: { tokens: number; hit: boolean } | undefined,
): FakeUsage {
  const cached = prefix?.tokens ?? 0;
  return {
    input_tokens: Math.max(1, countTokens(prompt) - cached),
    output_tokens: countTokens(answer),
    cache_read_input_tokens: prefix?.hit ? cached : 0,
    cache_creation_input_tokens: prefix && !prefix.hit ? cached : 0,
    cache_creation: {
      ephemeral_5m_input_tokens: prefix && !prefix.hit ? cached : 0,
      ephemeral_1h_input_tokens: 0,
    },
    service_tier: 'standard',
  };
}
