import { effectRule } from '../effectRule.ts';

export const privilegeWrite = effectRule({
  id: 'privilege-write',
  category: 'safety',
  severity: 'critical',
  summary: 'An action can change users, permissions, groups or sharing.',
  matches: ({ operation }) => operation === 'grant',
  message: ({ object, reach }, { action }) =>
    `${action.name} can change ${object} (${reach}), and with it what somebody may do.`,
  fix: () => 'Take it out of the agent; let it open a request that an administrator decides.',
});
