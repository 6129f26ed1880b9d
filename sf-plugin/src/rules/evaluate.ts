import { severities, type Finding } from '@agent-readiness/protocol';
import { effectName } from './effectRule.ts';
import { fingerprint } from './fingerprint.ts';
import type { Rule, RuleInput, Violation } from './rule.ts';

/** Runs every rule and returns the findings, most severe first, in a stable order. */
export function evaluate(rules: readonly Rule[], input: RuleInput): Finding[] {
  return inOrder(rules.flatMap((rule) => rule.check(input).map((violation) => toFinding(rule, violation))));
}

/** Most severe first, then by agent, action and rule; no two with the same fingerprint. */
export function inOrder(unordered: readonly Finding[]): Finding[] {
  const findings = unordered
    .map((finding) => ({ finding, key: sortKey(finding) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ finding }) => finding);
  return withDistinctFingerprints(findings);
}

/** Two versions of an agent may have the same finding; the later one is numbered. */
function withDistinctFingerprints(findings: readonly Finding[]): Finding[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const times = seen.get(finding.fingerprint) ?? 0;
    seen.set(finding.fingerprint, times + 1);
    return times === 0 ? finding : { ...finding, fingerprint: fingerprint([finding.fingerprint, String(times)]) };
  });
}

function toFinding(rule: Rule, violation: Violation): Finding {
  const { agent, action, effect, message, fix } = violation;
  const path = [...(violation.path ?? effect?.path ?? [])];
  const { file, line, column } = path.at(-1) ?? (action ?? agent).place;
  return {
    ruleId: rule.id,
    category: rule.category,
    severity: rule.severity,
    message,
    agent: agent.name,
    ...(action && { action: action.name }),
    ...(effect && { effect: effectName(effect) }),
    place: { file, line, column },
    path,
    fix,
    fingerprint: fingerprint([
      rule.id,
      agent.name,
      action?.topic ?? '',
      action?.name ?? '',
      effect ? effectName(effect) : '',
    ]),
  };
}

function sortKey({ severity, agent, action, ruleId, effect, fingerprint: last, place }: Finding): string {
  return JSON.stringify([severities.indexOf(severity), agent, action, ruleId, effect ?? '', last, place]);
}
