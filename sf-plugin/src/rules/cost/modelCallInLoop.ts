import type { Operation } from '@agent-readiness/protocol';
import { effectRule } from '../effectRule.ts';

const asking: ReadonlySet<Operation> = new Set<Operation>(['call-model', 'invoke-agent']);

export const modelCallInLoop = effectRule({
  id: 'model-call-in-loop',
  category: 'cost',
  severity: 'medium',
  summary: 'One call of an action asks a model more than once.',
  matches: ({ operation, extent, reach }) => asking.has(operation) && extent !== 'one' && reach !== 'cascade',
  message: ({ operation, object, extent, extentLimit }, { action }) =>
    `${action.name} ${operation === 'call-model' ? 'asks a model' : 'calls an agent'} (${object}) ${extent === 'bounded' ? `up to ${extentLimit ?? ''} times` : 'once for each of any number of records'}.`,
  fix: () => 'Ask once for all of them, bound the number, or let a batch do it outside of the conversation.',
});
