import type { Rule } from '../rule.ts';

export const conversationLogOff: Rule = {
  id: 'conversation-log-off',
  category: 'governance',
  severity: 'medium',
  summary: 'The log of the conversations of an agent is switched off.',
  check: ({ agents }) =>
    agents.flatMap((agent) => {
      const { name, conversationLog: log } = agent;
      if (!log || log.isOn) return [];
      return [
        {
          agent,
          path: [{ ...log.place, label: 'the log of conversations is switched off' }],
          message: `${name} does not log its conversations: nobody can find out afterwards why it acted.`,
          fix: 'Set logPrivateConversationData, or enable_enhanced_event_logs in Agent Script, to true.',
        },
      ];
    }),
};
