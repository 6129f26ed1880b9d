import type { JsonObject, Masked } from '../../domain/json.ts';
import type { ModelContent, ModelPort } from '../../ports/model.ts';
import type { EvalCase } from './evalCases.ts';

/**
 * In place of a model: reads everything that it may, then answers what a person would decide. It says nothing
 * about any model, and everything about what stands around one: whether the controls let the right answer
 * through, and stop what they are to stop.
 */
export function createReferenceModel({ expect }: EvalCase): ModelPort {
  return {
    kind: 'replay',
    async ask(request, run) {
      await run.onAttempt({ phase: 'started', model: 'reference', attempt: 1 });
      const reads = request.messages.length === 1 ? request.tools : [];
      const content: readonly ModelContent[] =
        reads.length > 0
          ? reads.map(({ name }) => ({ type: 'tool_use', id: name, name, input: {} as Masked<JsonObject> }))
          : [
              {
                type: 'text',
                text: JSON.stringify({ ...exampleOf(request.outputSchema), ...expect }) as Masked<string>,
              },
            ];
      return {
        ok: true,
        answer: {
          model: 'reference',
          messageId: 'reference',
          requestId: undefined,
          content,
          stopReason: reads.length > 0 ? 'tool_use' : 'end_turn',
          refusalCategory: undefined,
          usage: {},
        },
      };
    },
  };
}

function exampleOf(schema: JsonObject | undefined): object {
  const examples = schema?.['examples'];
  const example: unknown = Array.isArray(examples) ? examples[0] : undefined;
  return typeof example === 'object' && example !== null ? example : {};
}
