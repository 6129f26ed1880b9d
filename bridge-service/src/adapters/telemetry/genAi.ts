import type { Attributes } from '@opentelemetry/api';
import type { RawUsage } from '../../ports/model.ts';
import type { QuestionFacts, RunFacts } from '../../ports/watch.ts';

/**
 * Names of the OpenTelemetry conventions for generative AI, as of version 1.45.0 of the semantic conventions.
 * All of them are still in development upstream: they stand here and nowhere else. Metadata only; there is no
 * attribute for a message, a prompt or a tool's arguments.
 */
export const schemaUrl = 'https://opentelemetry.io/schemas/1.45.0';

const providers = { anthropic: 'anthropic', offline: 'offline', replay: 'replay' } as const;

export function runSpanName({ agent }: RunFacts): string {
  return `invoke_agent ${agent}`;
}

export function runAttributes(run: RunFacts): Attributes {
  return {
    'gen_ai.operation.name': 'invoke_agent',
    'gen_ai.agent.name': run.agent,
    'gen_ai.agent.version': run.agentVersion,
    'agent_readiness.txn': run.txn,
    'agent_readiness.task': run.task,
    'agent_readiness.state': run.state,
    'agent_readiness.disposition': run.disposition,
    'agent_readiness.reason': run.reason,
  };
}

export function questionSpanName({ model }: QuestionFacts): string {
  return `chat ${model}`.trim();
}

export function questionAttributes(question: QuestionFacts): Attributes {
  const { provider, model, messageId, stopReason, usage, outcome, attempts, costUsdMicros } = question;
  const { input, output, cacheRead, cacheWrite } = tokensOf(usage);
  const firstMs = timeToFirstMs(question);
  return {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': providers[provider],
    'gen_ai.request.model': model,
    'gen_ai.response.model': model,
    'gen_ai.response.id': messageId,
    'gen_ai.response.finish_reasons': stopReason === '' ? [] : [stopReason],
    // Here the convention counts what came from the cache in, and the API does not.
    'gen_ai.usage.input_tokens': input + cacheRead + cacheWrite,
    'gen_ai.usage.output_tokens': output,
    'gen_ai.usage.cache_read.input_tokens': cacheRead,
    'gen_ai.usage.cache_write.input_tokens': cacheWrite,
    ...(firstMs === undefined ? {} : { 'gen_ai.response.time_to_first_chunk': firstMs / 1_000 }),
    'agent_readiness.outcome': outcome,
    'agent_readiness.attempts': attempts,
    'agent_readiness.cost_usd_micros': costUsdMicros,
  };
}

type TokenKind = 'input' | 'output' | 'cacheRead' | 'cacheWrite';

/** Figures for people: money is counted from the usage itself. `input` is what neither came from a cache nor went into one. */
export function tokensOf(usage: RawUsage): Readonly<Record<TokenKind, number>> {
  const count = (name: string): number => {
    const value = usage[name];
    return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : 0;
  };
  return {
    input: count('input_tokens'),
    output: count('output_tokens'),
    cacheRead: count('cache_read_input_tokens'),
    cacheWrite: count('cache_creation_input_tokens'),
  };
}

/** Undefined where nothing came before the end. */
export function timeToFirstMs({ startedMs, firstTextMs }: QuestionFacts): number | undefined {
  return firstTextMs === undefined ? undefined : firstTextMs - startedMs;
}
