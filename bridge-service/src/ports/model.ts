import type { JsonObject, Masked } from '../domain/json.ts';
import type { ModelFailure } from '../domain/resilience/failure.ts';

/** Part of a message. `toolUseId` of a result names the `id` of the use that it answers. */
export type ModelContent =
  | { readonly type: 'text'; readonly text: Masked<string> }
  | { readonly type: 'tool_use'; readonly id: string; readonly name: string; readonly input: Masked<JsonObject> }
  | {
      readonly type: 'tool_result';
      readonly toolUseId: string;
      readonly content: Masked<string>;
      readonly isError: boolean;
    };

export interface ModelMessage {
  readonly role: 'user' | 'assistant';
  readonly content: readonly ModelContent[];
}

/** Part of the system prompt. `stable` text is the same for every run of a release, so it may be cached. */
export interface SystemPart {
  readonly text: Masked<string>;
  readonly stable: boolean;
}

/** A tool that the model may ask for. The description and the schema come from the task, never from data. */
export interface ModelTool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: JsonObject;
}

/** How strong a model a task needs; which models these are is configuration. */
export type ModelTier = 'small' | 'medium' | 'large';

/** One question to a model. Nothing in it is unmasked, nothing in it came from an environment. */
export interface ModelRequest {
  readonly tier: ModelTier;
  readonly system: readonly SystemPart[];
  readonly messages: readonly ModelMessage[];
  readonly tools: readonly ModelTool[];
  /** Whether another question over these messages is likely to follow, so that caching them pays. */
  readonly goesOn: boolean;
  /** JSON Schema of the structured output; undefined for free text. */
  readonly outputSchema: JsonObject | undefined;
  readonly maxOutputTokens: number;
  /** Whether another model may answer when the first one cannot. */
  readonly allowFallback: boolean;
}

/** `usage` exactly as the API sent it; pricing reads it, nothing else does. */
export type RawUsage = JsonObject;

/** As the Messages API spells them. A stream without one is not an answer but the failure `truncated`. */
export type StopReason =
  'end_turn' | 'max_tokens' | 'stop_sequence' | 'tool_use' | 'pause_turn' | 'refusal' | 'model_context_window_exceeded';

/**
 * What a model answered. A refusal is an answer too (`stopReason` `refusal`): it is recorded and paid for,
 * and no error of the service.
 */
export interface ModelAnswer {
  /** The model that answered, which after a fallback is not the first one of the tier. */
  readonly model: string;
  readonly messageId: string;
  /** For the provider's support; undefined where there is no provider. */
  readonly requestId: string | undefined;
  readonly content: readonly ModelContent[];
  readonly stopReason: StopReason;
  readonly refusalCategory: string | undefined;
  readonly usage: RawUsage;
}

export type ModelOutcome =
  { readonly ok: true; readonly answer: ModelAnswer } | { readonly ok: false; readonly failure: ModelFailure };

/** Told to the caller for each request that goes on the wire: first that it starts, then how it ended. */
export type ModelAttempt =
  | { readonly phase: 'started'; readonly model: string; readonly attempt: number }
  | { readonly phase: 'ended'; readonly model: string; readonly attempt: number; readonly outcome: ModelOutcome };

/** Text of a content block, which its index tells from the next. */
export interface TextPiece {
  readonly block: number;
  readonly text: Masked<string>;
}

/** The run that a question belongs to. */
export interface ModelRun {
  /** The only deadline: when it fires, the call ends within a few milliseconds, whatever the socket does. */
  readonly signal: AbortSignal;
  /** Milliseconds since the epoch at which `signal` fires: retries that cannot end before are not begun. */
  readonly deadlineMs: number;
  /** Awaited: a request is not sent before its `started` has been recorded. */
  readonly onAttempt: (attempt: ModelAttempt) => Promise<void>;
  /**
   * Receives the text as it comes, still masked, and returns whether somebody has seen any of it: then no other
   * answer may begin. Undefined when nobody waits for it.
   */
  readonly onText: ((piece: TextPiece) => boolean) | undefined;
  /** Called when the first piece of an answer is there, whether or not anybody reads along. */
  readonly onFirstText: () => void;
}

/**
 * Asks a model. Adapters: `anthropic` (production), `offline` (no key, labelled), `replay` (recorded
 * answers). Failures are values; it throws only for bugs.
 */
export interface ModelPort {
  /** Shown in every answer and in readiness, so that an offline answer cannot pass for a model's. */
  readonly kind: 'anthropic' | 'offline' | 'replay';
  ask(request: ModelRequest, run: ModelRun): Promise<ModelOutcome>;
  /** For questions that may wait; undefined where the provider has none, or the settings allow none. */
  readonly batches?: BatchPort;
}

/** Questions at half the price, answered within a day. The provider keeps them for a while: no zero retention. */
export interface BatchPort {
  /** @param id unique, and the same when it is collected */
  submit(
    request: ModelRequest,
    id: string,
    signal: AbortSignal,
  ): Promise<{ readonly ok: true; readonly batch: string } | { readonly ok: false; readonly failure: ModelFailure }>;
  /** `pending` also when it could not be found out. */
  collect(batch: string, id: string, signal: AbortSignal): Promise<ModelOutcome | 'pending'>;
  /** Whether the provider took it: what it has not begun with it then leaves undone, and does not charge. */
  cancel(batch: string, signal: AbortSignal): Promise<boolean>;
}

/** What calls cost, in whole millionths of a US dollar; undefined where no row prices the model: refuse. */
export interface Pricing {
  /** The dearest that {@link ModelPort.ask} can become: all retries and fallback hops, uncached, in the high band. */
  worstCaseUsdMicros(request: ModelRequest, nowMs: number, way: 'direct' | 'batch'): number | undefined;
  costUsdMicros(model: string, usage: RawUsage, nowMs: number): number | undefined;
}
