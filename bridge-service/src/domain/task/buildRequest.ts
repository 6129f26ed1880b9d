import type { ModelContent, ModelMessage, ModelRequest } from '../../ports/model.ts';
import { unwrapUntrusted, untrustedRule, wrapUntrusted } from '../guardrails/indirectInjection/wrapUntrusted.ts';
import { maskedText, type JsonValue, type Masked } from '../json.ts';
import type { Masker } from '../safeguards.ts';
import type { PlannedRead } from './planReads.ts';
import type { Task } from './task.ts';

/** What a run has said so far beyond its first question. */
export interface Conversation {
  /** 16 random bytes: what others wrote stands between delimiters that they cannot know. */
  readonly delimiter: Uint8Array;
  /** What the model may ask to see. */
  readonly reads: readonly PlannedRead[];
  readonly turns: readonly Turn[];
}

/** An answer that did not end the conversation, and what follows it. */
export type Turn =
  | { readonly kind: 'repair'; readonly answer: string; readonly problems: readonly string[] }
  | { readonly kind: 'read'; readonly answer: readonly ModelContent[]; readonly results: readonly ReadResult[] };

/** What the org said to a use of a read; without records there was none of that name, or no room for more. */
export interface ReadResult {
  readonly toolUseId: string;
  readonly read: PlannedRead | undefined;
  /** As the org sent them. */
  readonly records: readonly JsonValue[] | undefined;
}

/** The question that a task asks about its input. Everything in it has been masked; what others wrote is marked as data. */
export function buildRequest(task: Task, masker: Masker, input: JsonValue, conversation: Conversation): ModelRequest {
  const { model } = task.definition;
  const { delimiter, reads, turns } = conversation;
  const wrapped = wrapUntrusted(maskedText(masker.mask(input)), 'record', delimiter);
  // The delimiter adds no content, so what it is put around stays masked.
  const question: ModelMessage = { role: 'user', content: [{ type: 'text', text: wrapped as Masked<string> }] };
  return {
    tier: model.tier,
    system: [
      { text: masker.mask(task.prompt), stable: true },
      { text: untrustedRule(delimiter) as Masked<string>, stable: false },
    ],
    messages: [question, ...turns.flatMap((turn) => messagesOf(masker, turn, delimiter))],
    tools: reads.map(({ name, description }) => ({ name, description, inputSchema: takesNothing })),
    goesOn: reads.length > readsIn(turns),
    outputSchema: task.outputSchema,
    maxOutputTokens: model.maxOutputTokens,
    allowFallback: model.allowFallback,
  };
}

/**
 * The texts of a question that were made for this handoff. What it takes from the reviewed task, such as the schema of
 * the answer, and the words around data are the same for everybody: a customer called Text or Record leaks nothing by them.
 */
export function textsOf({ system, messages }: ModelRequest, { delimiter }: Conversation): JsonValue {
  const rule = untrustedRule(delimiter);
  const parts = messages.flatMap(({ content }) => content);
  const said = parts.flatMap((part) => Object.entries<JsonValue>(part).filter(([name]) => name !== 'type'));
  return [
    ...system.map(({ text }) => text).filter((text) => text !== rule),
    ...said.map(([, value]) => (typeof value === 'string' ? unwrapUntrusted(value, delimiter) : value)),
  ];
}

const takesNothing = { type: 'object', properties: {}, additionalProperties: false };

/** How often something was read in these turns. */
function readsIn(turns: readonly Turn[]): number {
  return turns.reduce((sum, turn) => sum + (turn.kind === 'read' ? turn.results.length : 0), 0);
}

function messagesOf(masker: Masker, turn: Turn, delimiter: Uint8Array): readonly ModelMessage[] {
  if (turn.kind === 'repair') {
    const wish = `Your answer cannot be used: ${turn.problems.join('; ')}. Answer again, in full.`;
    return [
      { role: 'assistant', content: [{ type: 'text', text: masker.mask(turn.answer, 'masked') }] },
      { role: 'user', content: [{ type: 'text', text: masker.mask(wish) }] },
    ];
  }
  return [
    { role: 'assistant', content: turn.answer.map((part) => maskAgain(masker, part)) },
    { role: 'user', content: turn.results.map((result) => resultOf(masker, result, delimiter)) },
  ];
}

/** What a model wrote goes back as it was, without the personal data that it may have come up with by itself. */
function maskAgain(masker: Masker, part: ModelContent): ModelContent {
  if (part.type === 'text') return { ...part, text: masker.mask<string>(part.text, 'masked') };
  return part.type === 'tool_use' ? { ...part, input: {} as typeof part.input } : part;
}

function resultOf(masker: Masker, { toolUseId, read, records }: ReadResult, delimiter: Uint8Array): ModelContent {
  if (read === undefined || records === undefined) {
    const content = masker.mask<string>('Nothing can be read under this name.');
    return { type: 'tool_result', toolUseId, content, isError: true };
  }
  // Under the name of the object, so that masking hints such as `Contact.Name` find their fields.
  const found = { [read.object]: records, ...(isCutOff(read, records) ? { more: 'may exist' } : {}) };
  const wrapped = wrapUntrusted(maskedText(masker.mask<JsonValue>(found)), read.name, delimiter);
  return { type: 'tool_result', toolUseId, content: wrapped as Masked<string>, isError: false };
}

function isCutOff({ where, limit }: PlannedRead, records: readonly JsonValue[]): boolean {
  return where.field !== 'Id' && records.length >= limit;
}
