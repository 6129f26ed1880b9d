import type Anthropic from '@anthropic-ai/sdk';
import type { JsonObject, Masked } from '../../domain/json.ts';
import type { ModelFailure } from '../../domain/resilience/failure.ts';
import type { ModelAnswer, ModelContent, ModelOutcome, ModelRequest, TextPiece } from '../../ports/model.ts';
import { failureOf } from './failure.ts';
import { requestBody } from './requestBody.ts';

/**
 * One request on the wire, streamed.
 *
 * @param signal the only deadline: the SDK's own time-out bounds neither a stalled body nor a stalled stream
 * @param onFirstText called when the first piece of content is there
 * @param onText called with each piece of text, as it comes
 */
export async function askOnce(
  client: Anthropic,
  request: ModelRequest,
  model: string,
  signal: AbortSignal,
  onFirstText: () => void,
  onText: ((piece: TextPiece) => void) | undefined,
): Promise<ModelOutcome> {
  const aborted = whenAborted(signal);
  if (aborted.now()) return { ok: false, failure: timedOut(model, 'none') };
  const seen = { start: false, stop: false };
  try {
    const stream = client.messages.stream(requestBody(request, model), { signal, maxRetries: 0 });
    stream.on('streamEvent', (event) => {
      seen.start ||= event.type === 'message_start';
      seen.stop ||= event.type === 'message_stop';
      if (event.type !== 'content_block_delta') return;
      onFirstText();
      const { index: block, delta } = event;
      if (delta.type === 'text_delta') onText?.({ block, text: delta.text as Masked<string> });
    });
    // An abort is recognised by its signal, not by an exception: after one the SDK may also end normally, or never.
    const message = await Promise.race([stream.finalMessage(), aborted.promise]);
    if (message === undefined) return { ok: false, failure: timedOut(model, 'unknown') };
    const answer = seen.stop ? answerOf(message, stream.request_id ?? undefined) : undefined;
    return answer ? { ok: true, answer } : { ok: false, failure: failureOf(undefined, model, seen.start) };
  } catch (error) {
    if (aborted.now()) return { ok: false, failure: timedOut(model, 'unknown') };
    return { ok: false, failure: failureOf(error, model, seen.start) };
  } finally {
    aborted.forget();
  }
}

interface Aborted {
  readonly now: () => boolean;
  readonly promise: Promise<undefined>;
  readonly forget: () => void;
}

function whenAborted(signal: AbortSignal): Aborted {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const listener = () => {
    resolve(undefined);
  };
  signal.addEventListener('abort', listener, { once: true });
  return {
    now: () => signal.aborted,
    promise,
    forget: () => {
      signal.removeEventListener('abort', listener);
    },
  };
}

function timedOut(model: string, billed: 'none' | 'unknown'): ModelFailure {
  return { kind: 'timeout', model, code: undefined, requestId: undefined, retryAfterMs: undefined, billed };
}

/** Undefined for a message without a reason to stop: it is not complete. */
export function answerOf(message: Anthropic.Message, requestId: string | undefined): ModelAnswer | undefined {
  const { stop_reason: stopReason } = message;
  if (stopReason === null) return undefined;
  return {
    model: message.model,
    messageId: message.id,
    requestId,
    content: message.content.flatMap(contentOf),
    stopReason,
    refusalCategory: message.stop_details?.category ?? undefined,
    usage: message.usage as unknown as JsonObject,
  };
}

/** What the model wrote was made from masked text only, so it is masked too. */
function contentOf(block: Anthropic.ContentBlock): readonly ModelContent[] {
  if (block.type === 'text') return [{ type: 'text', text: block.text as Masked<string> }];
  if (block.type !== 'tool_use') return [];
  return [{ type: 'tool_use', id: block.id, name: block.name, input: block.input as Masked<JsonObject> }];
}
