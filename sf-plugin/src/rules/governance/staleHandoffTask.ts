import type { Rule } from '../rule.ts';

export const staleHandoffTask: Rule = {
  id: 'stale-handoff-task',
  category: 'governance',
  severity: 'medium',
  summary:
    'A task for the bridge names an action that its agent does not have, so that every handoff of it is refused.',
  check: ({ agents, capabilities, handoffTasks }) =>
    handoffTasks.flatMap(({ name, by }) => {
      // The bridge compares names as they are written, with those of the manifest.
      const agent = agents.find((each) => each.name === by.agent);
      const isThere = capabilities.some(
        (each) => each.agent.name === by.agent && each.action.topic === by.topic && each.action.name === by.action,
      );
      if (agent === undefined || isThere) return [];
      const place = by.topic === '' ? 'outside of its topics' : `in the topic ${by.topic}`;
      return [
        {
          agent,
          path: [{ ...by.place, label: `the task ${name} is of ${by.action}` }],
          message: `The task ${name} is of ${by.action} ${place}, which ${agent.name} does not have: the bridge refuses it.`,
          fix: 'Name the agent, the topic and the action as the manifest has them, or switch the task off.',
        },
      ];
    }),
};
