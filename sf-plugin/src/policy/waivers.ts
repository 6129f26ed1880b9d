import type { Finding, Report } from '@agent-readiness/protocol';
import type { Policy, Waiver } from './config/policy.ts';
import { daysBetween } from './days.ts';
import { policyFinding } from './finding.ts';
import type { PolicyRuleId } from './policyRules.ts';
import { fits } from './wildcard.ts';

/** A waiver that ends within so many days is announced. */
const noticeDays = 14;

/** What is the matter with a waiver, if anything; `holds` says whether it excuses findings all the same. */
interface Defect {
  readonly id: PolicyRuleId;
  readonly message: string;
  readonly fix: string;
  readonly holds?: true;
}

export interface Waived {
  /** The findings given, those that a waiver excuses with the waiver. */
  readonly findings: readonly Finding[];
  /** What is the matter with the waivers themselves. */
  readonly defects: readonly Finding[];
}

/**
 * Excuses findings by the first waiver that fits and holds.
 *
 * @param today a day in UTC
 * @param isWhole whether the report is about all agents: if not, a waiver may fit one that was left out
 */
export function applyWaivers(
  findings: readonly Finding[],
  { agents }: Report,
  policy: Policy,
  today: string,
  isWhole: boolean,
): Waived {
  const judged = policy.waivers.map((waiver) => {
    const isUsed = findings.some((finding) => covers(waiver, finding));
    return { waiver, isUsed, defect: isUsed ? defectOf(waiver, policy, today) : unused };
  });
  const holding = judged.filter(({ defect }) => defect === undefined || defect.holds === true);
  return {
    findings: findings.map((finding) => {
      const waiver = holding.find((each) => covers(each.waiver, finding))?.waiver;
      return waiver?.owner === undefined ? finding : { ...finding, waivedBy: waivedBy(waiver, waiver.owner) };
    }),
    defects: judged.flatMap(({ waiver, isUsed, defect }) => {
      const isChecked = isWhole || agents.some(({ name }) => fits(waiver.agent, name));
      if (!defect || (!isUsed && !isChecked)) return [];
      const { id, message, fix } = defect;
      const { agent, action, effect, place, rule } = waiver;
      return [
        policyFinding(id, { agent, action, effect, about: rule, message: `${title(waiver)} ${message}`, fix, place }),
      ];
    }),
  };
}

function covers({ rule, agent, action, effect }: Waiver, finding: Finding): boolean {
  return (
    finding.ruleId === rule &&
    fits(agent, finding.agent) &&
    (action === undefined || fits(action, finding.action ?? '')) &&
    (effect === undefined || fits(effect, finding.effect ?? ''))
  );
}

const unused: Defect = {
  id: 'unused-waiver',
  message: 'matches no finding.',
  fix: 'Remove it: what it excused is gone, or was never there.',
};

function defectOf({ owner, expires }: Waiver, { waiverDays }: Policy, today: string): Defect | undefined {
  const left = daysBetween(today, expires);
  if (owner === undefined) {
    return {
      id: 'ownerless-waiver',
      message: 'has no owner and does not hold.',
      fix: 'Name who answers for the risk.',
    };
  }
  if (left < 0) {
    return {
      id: 'expired-waiver',
      message: `expired on ${expires} and holds no longer.`,
      fix: 'Fix what it excused, or have it approved anew with a later date.',
    };
  }
  if (left > waiverDays) {
    return {
      id: 'overlong-waiver',
      message: `expires on ${expires}, ${left} days from now; the policy permits ${waiverDays}. It does not hold.`,
      fix: 'Choose an earlier date.',
    };
  }
  if (left > noticeDays) return undefined;
  return {
    id: 'expiring-waiver',
    message: left === 0 ? 'expires today.' : `expires on ${expires}, in ${left} ${left === 1 ? 'day' : 'days'}.`,
    fix: 'Fix what it excuses, or have it approved anew before that day.',
    holds: true,
  };
}

function title({ rule, agent, action, effect }: Waiver): string {
  return `The waiver of ${rule} for ${[agent, action, effect].filter((part) => part !== undefined).join(' ')}`;
}

function waivedBy({ reason, approver, expires, place }: Waiver, owner: string): NonNullable<Finding['waivedBy']> {
  return { reason, owner, approver, expires, place };
}
