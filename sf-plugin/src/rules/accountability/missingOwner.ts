import type { Rule } from '../rule.ts';

export const missingOwner: Rule = {
  id: 'missing-owner',
  category: 'accountability',
  severity: 'medium',
  summary: 'Nobody is named who answers for an agent.',
  check: ({ agents, codeOwners, policy }) =>
    agents
      .filter(({ name, place }) => policy?.ownerOf(name) === undefined && codeOwners(place.file).length === 0)
      .map((agent) => ({
        agent,
        message: `${agent.name} has no owner: neither the policy nor CODEOWNERS names one.`,
        fix: 'Name an owner for it in readiness.config.yaml, or for its folder in CODEOWNERS.',
      })),
};
