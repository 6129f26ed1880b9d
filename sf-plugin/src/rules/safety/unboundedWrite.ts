import { dataOperations } from '@agent-readiness/protocol';
import { effectRule, phrase } from '../effectRule.ts';

export const unboundedWrite = effectRule({
  id: 'unbounded-write',
  category: 'safety',
  severity: 'high',
  summary: 'One call of an action can write any number of records.',
  matches: ({ operation, extent, reach }) =>
    dataOperations.has(operation) && extent === 'unbounded' && reach !== 'cascade',
  message: (effect, { action }) =>
    `${action.name} can ${phrase(effect)} without a limit: neither an id nor a LIMIT bounds the records.`,
  fix: () => 'Select the record by an id bound to the session, or add a LIMIT that a person would accept.',
});
