import type { Place } from '@agent-readiness/protocol';
import type { ActionTarget } from '../../graph/agent.ts';
import type { Call, CallContext, Expansion } from '../model.ts';
import { reversibilityOf } from '../reversibility.ts';
import { leastTrusted } from '../standard/sourceless.ts';
import { targetToCallable } from './targetToCallable.ts';

/** What the expansion needs to know of a template: its active version's data providers. */
export interface PromptTemplate {
  readonly name: string;
  readonly place: Place;
  readonly providers: readonly {
    readonly target: Pick<ActionTarget, 'type' | 'name'>;
    readonly place: Place;
    readonly label: string;
  }[];
}

/** Expands a prompt template: it asks a model, and its data providers run before that. */
export function expandPromptTemplate(template: PromptTemplate, context: CallContext): Expansion {
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
