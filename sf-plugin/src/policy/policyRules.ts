import type { Category, Severity } from '@agent-readiness/protocol';

interface PolicyRule {
  readonly id: string;
  readonly category: Category;
  readonly severity: Severity;
  /** One sentence: what the rule reports. */
  readonly summary: string;
  /** Whether a waiver or a baseline may excuse it. */
  readonly waivable: boolean;
}

/** What is judged by comparing the agents with what people laid down. Each has a page, as other rules have. */
export const policyRules = [
  {
    id: 'over-budget',
    category: 'safety',
    severity: 'high',
    summary: 'An action can change something that its effect budget does not allow.',
    waivable: true,
  },
  {
    id: 'exceeds-lock',
    category: 'safety',
    severity: 'critical',
    summary: 'An action can do more than the reviewed authority manifest says.',
    waivable: false,
  },
  {
    id: 'unused-authority',
    category: 'safety',
    severity: 'low',
    summary: 'The reviewed authority manifest allows what no code needs any more.',
    waivable: false,
  },
  {
    id: 'stale-policy-entry',
    category: 'accountability',
    severity: 'high',
    summary: 'The policy names an agent or action that does not exist, so that it protects nothing.',
    waivable: false,
  },
  {
    id: 'expired-waiver',
    category: 'accountability',
    severity: 'high',
    summary: 'A waiver has run out and holds no longer.',
    waivable: false,
  },
  {
    id: 'ownerless-waiver',
    category: 'accountability',
    severity: 'high',
    summary: 'A waiver names nobody who answers for the risk, so it does not hold.',
    waivable: false,
  },
  {
    id: 'overlong-waiver',
    category: 'accountability',
    severity: 'high',
    summary: 'A waiver runs longer than the policy permits, so it does not hold.',
    waivable: false,
  },
  {
    id: 'unused-waiver',
    category: 'accountability',
    severity: 'medium',
    summary: 'A waiver matches no finding.',
    waivable: false,
  },
  {
    id: 'expiring-waiver',
    category: 'accountability',
    severity: 'low',
    summary: 'A waiver runs out within 14 days.',
    waivable: false,
  },
] as const satisfies readonly PolicyRule[];

export type PolicyRuleId = (typeof policyRules)[number]['id'];
