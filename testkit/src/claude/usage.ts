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

/** What the cache does for one prompt, in tokens. */
export interface CacheUse {
  readonly read: number;
  readonly written: number;
}

/**
 * The prompt cache: a prompt is written up to the last block that asks for it, and read up to the longest
 * beginning that an earlier one has written, however many blocks follow.
 */
export class PromptCache {
  readonly #written = new Set<string>();

  use({ system, messages }: { readonly system: unknown; readonly messages: unknown }): CacheUse {
    const blocks = [...blocksOf(system), ...listOf(messages).flatMap((message) => blocksOf(message['content']))];
    const bare = blocks.map((block) => ({ ...block, cache_control: undefined }));
    const upTo = (length: number): string => JSON.stringify(bare.slice(0, length));
    const lengths = blocks.map((_, index) => index + 1);
    const known = lengths.findLast((length) => this.#written.has(upTo(length))) ?? 0;
    const marked = lengths.filter((length) => blocks[length - 1]?.['cache_control'] !== undefined);
    for (const length of marked) this.#written.add(upTo(length));
    const last = marked.at(-1) ?? 0;
    // Without a mark nothing is looked up either.
    const read = marked.length === 0 || known === 0 ? 0 : countTokens(upTo(known));
    return { read, written: last > known ? countTokens(upTo(last)) - read : 0 };
  }
}

type Block = Readonly<Record<string, unknown>>;

function listOf(value: unknown): readonly Block[] {
  return Array.isArray(value) ? (value as readonly Block[]) : [];
}

function blocksOf(value: unknown): readonly Block[] {
  return typeof value === 'string' ? [{ type: 'text', text: value }] : listOf(value);
}

export function usageOf(prompt: unknown, answer: unknown, { read, written }: CacheUse): FakeUsage {
  return {
    input_tokens: Math.max(1, countTokens(prompt) - read - written),
    output_tokens: countTokens(answer),
    cache_read_input_tokens: read,
    cache_creation_input_tokens: written,
    cache_creation: { ephemeral_5m_input_tokens: written, ephemeral_1h_input_tokens: 0 },
    service_tier: 'standard',
  };
}
