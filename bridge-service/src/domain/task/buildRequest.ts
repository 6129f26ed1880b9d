import type { ModelRequest } from '../../ports/model.ts';
import { wrapUntrusted } from '../guardrails/indirectInjection/wrapUntrusted.ts';
import { maskedText, type JsonValue, type Masked } from '../json.ts';
import type { Masker } from '../safeguards.ts';
import type { Task } from './task.ts';

/** An answer that has to be repaired, and what is wrong with it. */
export interface Repair {
  readonly answer: string;
  readonly problems: readonly string[];
}

/**
 * The question that a task asks about its input. Everything in it has been masked; the input is marked as
 * data by a delimiter of 16 `random` bytes, which whoever wrote it cannot know.
 */
export function buildRequest(
  task: Task,
  masker: Masker,
  input: JsonValue,
  random: Uint8Array,
  repair: Repair | undefined,
): ModelRequest {
  const { model } = task.definition;
  const { wrapped, rule } = wrapUntrusted(maskedText(masker.mask(input)), 'record', random);
  // The delimiter adds no content, so what it is put around stays masked.
  const question = { role: 'user', content: [{ type: 'text', text: wrapped as Masked<string> }] } as const;
  return {
    tier: model.tier,
    system: [
      { text: masker.mask(task.prompt), stable: true },
      { text: rule as Masked<string>, stable: false },
    ],
    messages: repair === undefined ? [question] : [question, ...repairTurns(masker, repair)],
    tools: [],
    outputSchema: task.outputSchema,
    maxOutputTokens: model.maxOutputTokens,
    allowFallback: model.allowFallback,
  };
}

function repairTurns(masker: Masker, { answer, problems }: Repair): ModelRequest['messages'] {
  const wish = `Your answer cannot be used: ${problems.join('; ')}. Answer again, in full.`;
  return [
    { role: 'assistant', content: [{ type: 'text', text: masker.mask(answer, 'masked') }] },
    { role: 'user', content: [{ type: 'text', text: masker.mask(wish) }] },
  ];
}
