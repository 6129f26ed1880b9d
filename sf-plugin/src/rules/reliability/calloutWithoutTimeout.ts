import { nameSome } from '../nameSome.ts';
import type { Rule } from '../rule.ts';

export const calloutWithoutTimeout: Rule = {
  id: 'callout-without-timeout',
  category: 'reliability',
  severity: 'low',
  summary: 'A callout of an action sets no timeout.',
  check: ({ capabilities }) =>
    capabilities.flatMap(({ agent, action, occurrences }) => {
      const open = occurrences.filter(({ manner }) => manner.hasDefaultTimeout === true);
      const [first] = open;
      if (!first) return [];
      const objects = [
        ...new Set(open.map(({ object }) => (object === '*' ? 'an address decided at run time' : object))),
      ];
      return [
        {
          agent,
          action,
          path: first.path,
          message: `${action.name} calls ${nameSome(objects.sort())} without a timeout: the default of the platform decides, which is 10 seconds.`,
          fix: 'Call setTimeout with what the conversation can wait for, and handle the CalloutException.',
        },
      ];
    }),
};
