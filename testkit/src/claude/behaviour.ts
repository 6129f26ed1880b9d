import type { FakeUsage } from './usage.ts';

/** Content of an answer. */
export type FakeBlock =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'tool_use'; readonly id: string; readonly name: string; readonly input: unknown };

export interface FakeAnswer {
  readonly content: readonly FakeBlock[];
  readonly stopReason?: string;
  readonly stopDetails?: { readonly type: 'refusal'; readonly category: string | null };
  readonly usage?: Partial<FakeUsage>;
  /** The model that says it answered; default is the one that was asked. */
  readonly model?: string;
}

/** How the wire behaves around an answer. Times are milliseconds. */
export interface FakeWire {
  /** Before the status line. */
  readonly headerDelayMs?: number;
  /** Before each event of a stream. */
  readonly eventDelayMs?: number;
  /** After so many bytes of the body, `end` it cleanly, `reset` the connection, or `stall` for good. */
  readonly cut?: { readonly afterBytes: number; readonly how: 'end' | 'reset' | 'stall' };
  /** An `error` event in place of the event with this index. */
  readonly errorEvent?: { readonly index: number; readonly type: string };
  /** Leaves the last event out. */
  readonly withoutMessageStop?: boolean;
}

export interface FakeError {
  readonly status: number;
  readonly type: string;
  readonly errorCode?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What the server does with one request. */
export type FakeBehaviour =
  | ({ readonly kind: 'answer' } & FakeAnswer & FakeWire)
  | ({ readonly kind: 'error' } & FakeError & Pick<FakeWire, 'headerDelayMs'>)
  | { readonly kind: 'reset' }
  | { readonly kind: 'raw'; readonly status: number; readonly contentType: string; readonly body: string };

export function text(value: string, more: Omit<FakeAnswer, 'content'> & FakeWire = {}): FakeBehaviour {
  return { kind: 'answer', content: [{ type: 'text', text: value }], ...more };
}

export function refusal(category: string | null, content: readonly FakeBlock[] = []): FakeBehaviour {
  return { kind: 'answer', content, stopReason: 'refusal', stopDetails: { type: 'refusal', category } };
}

export function overloaded(): FakeBehaviour {
  return { kind: 'error', status: 529, type: 'overloaded_error' };
}

export function rateLimited(retryAfter: string, errorCode?: string): FakeBehaviour {
  return {
    kind: 'error',
    status: 429,
    type: 'rate_limit_error',
    headers: { 'retry-after': retryAfter },
    ...(errorCode !== undefined && { errorCode }),
  };
}

export function serverError(status = 500): FakeBehaviour {
  return { kind: 'error', status, type: 'api_error' };
}
