import type { Operation } from '@agent-readiness/protocol';
import { effectRule } from '../effectRule.ts';

const what: Readonly<Partial<Record<Operation, string>>> = {
  callout: 'call',
  enqueue: 'enqueue',
  'publish-event': 'publish',
  'send-message': 'send',
};

export const actionFanOut = effectRule({
  id: 'action-fan-out',
  category: 'cost',
  severity: 'medium',
  summary: 'One call of an action starts any number of callouts, jobs, messages or events.',
  matches: ({ operation, extent, reach }) =>
    what[operation] !== undefined && extent === 'unbounded' && reach !== 'cascade',
  message: ({ operation, object }, { action }) =>
    `One call of ${action.name} can ${what[operation] ?? operation} ${object === '*' ? 'something' : object} any number of times.`,
  fix: () => 'Bound the records before the loop, or send one request, job, message or event for all of them.',
});
