import { dataOperations } from '@agent-readiness/protocol';
import { effectRule, phrase } from '../effectRule.ts';

export const anyObjectWrite = effectRule({
  id: 'any-object-write',
  category: 'safety',
  severity: 'critical',
  summary: 'An action can write records whose object is decided at run time.',
  matches: ({ operation, object }) => dataOperations.has(operation) && object === '*',
  message: (effect, { action }) =>
    `${action.name} can ${phrase(effect)}: the object is decided at run time${effect.chosenBy === 'model' ? ', by the model' : ''}.`,
  fix: () => 'Write one action per object, or check the object against a fixed list before the write.',
});
