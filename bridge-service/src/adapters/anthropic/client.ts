import Anthropic from '@anthropic-ai/sdk';

export interface ClientOptions {
  readonly apiKey: string;
  /** Undefined for the provider's own address. */
  readonly baseUrl: string | undefined;
}

/**
 * The SDK, with everything off that the bridge decides itself or does not want: retries, its log, what it
 * would read from the environment, and the trace context it would send along (baggage may name people).
 */
export function createClient({ apiKey, baseUrl }: ClientOptions): Anthropic {
  return new Anthropic({
    apiKey,
    authToken: null,
    baseURL: baseUrl ?? 'https://api.anthropic.com',
    maxRetries: 0,
    logLevel: 'off',
    openTelemetry: { propagation: false, traces: false },
  });
}
