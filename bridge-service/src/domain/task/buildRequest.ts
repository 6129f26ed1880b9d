import { maskedText, type JsonValue } from '../json.ts';
import type { Masker } from '../safeguards.ts';
import type { ModelRequest } from '../../ports/model.ts';
import type { Task } from './task.ts';

/** An answer that has to be repaired, and what is wrong with it. */
export interface Repair {
  readonly answer: string;
  readonly problems: readonly string[];
}

/** The question that a task asks about its input: everything in it has been masked. */
export function buildRequest(task: Task, masker: Masker, input: JsonValue, repair: Repair | undefined): ModelRequest {
  const { model } = task.definition;
  const question = { role: 'user', content: [{ type: 'text', text: maskedText(masker.mask(input)) }] } as const;
  return {
    tier: model.tier,
    system: [{ text: masker.mask(task.prompt), stable: true }],
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
