import { policyRules } from '../policy/policyRules.ts';
import type { RuleDescription } from '../report/reportFormat.ts';
import { pages } from '../rules/pages.ts';
import { rules } from '../rules/registry.ts';

/** What reports say of the rules, those of the policy included. */
export const ruleDescriptions: readonly RuleDescription[] = [...rules, ...policyRules].map(
  ({ id, category, severity, summary }) => {
    const page = pages.get(id);
    return { id, category, severity, summary, ...(page !== undefined && { page }) };
  },
);
