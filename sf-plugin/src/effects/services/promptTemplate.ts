import type { PromptTemplateFacts } from '../../extract/metadata/promptTemplate.ts';
import type { Call, CallContext, Expansion } from '../model.ts';
import { reversibilityOf } from '../reversibility.ts';
import { leastTrusted } from '../standard/sourceless.ts';
import { targetToCallable } from './targetToCallable.ts';

/** Expands a prompt template: it asks a model, and its data providers run before that. */
export function expandPromptTemplate(template: PromptTemplateFacts, context: CallContext): Expansion {
  const chosenBy = leastTrusted(context);
  return {
    effects: [
      {
        operation: 'call-model',
        object: template.name,
        fields: [],
        extent: 'one',
        identity: context.identity,
        chosenBy,
        reversibility: reversibilityOf('call-model'),
        certainty: 'proven',
        place: template.place,
        label: `prompt template ${template.name}`,
      },
    ],
    calls: template.providers.map(({ target, place, label }): Call => ({
      callee: targetToCallable(target),
      // The platform starts a provider by itself, so an Apex class is entered, not called.
      context: { identity: context.identity, isEntry: true, inputs: {}, otherInputs: chosenBy },
      cause: 'call',
      certainty: 'proven',
      place,
      label,
    })),
    pruned: [],
  };
}
