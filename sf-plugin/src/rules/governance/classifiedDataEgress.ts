import type { Effect, Operation } from '@agent-readiness/protocol';
import type { ClassifiedField } from '../../effects/classifiedFields.ts';
import { nameSome } from '../nameSome.ts';
import type { Rule } from '../rule.ts';

const ways: Readonly<Partial<Record<Operation, string>>> = {
  'call-model': 'asks a model',
  'invoke-agent': 'calls another agent',
  'send-message': 'sends a message',
  callout: 'calls another system',
};

export const classifiedDataEgress: Rule = {
  id: 'classified-data-egress',
  category: 'governance',
  severity: 'medium',
  summary: 'An action reads fields with a classification and sends something out.',
  check: ({ capabilities }) =>
    capabilities.flatMap(({ agent, action, effects, classifiedFields }) => {
      const way = effects.find(({ operation, reach }) => ways[operation] !== undefined && reach !== 'cascade');
      const proven = classifiedFields.filter(({ certainty }) => certainty === 'proven');
      const [first] = proven.length > 0 ? proven : classifiedFields;
      if (!way || !first) return [];
      return [
        {
          agent,
          action,
          path: first.path,
          message:
            proven.length > 0 ? putsIntoPrompt(action.name, proven) : mayCarry(action.name, classifiedFields, way),
          fix: 'Leave the field out, mask it, or send it only through a service that governs what it receives.',
        },
      ];
    }),
};

function putsIntoPrompt(action: string, fields: readonly ClassifiedField[]): string {
  return `${action} puts ${listed(fields)} into a prompt.`;
}

function mayCarry(action: string, fields: readonly ClassifiedField[], { operation, object }: Effect): string {
  const way = `${ways[operation] ?? operation} (${object === '*' ? 'not known which' : object})`;
  return `${action} reads ${listed(fields)} and ${way}; whether the value goes along is not known.`;
}

function listed(fields: readonly ClassifiedField[]): string {
  return nameSome(fields.map(({ name, classification }) => `${name} (${classification})`));
}
