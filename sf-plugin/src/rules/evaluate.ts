import { createHash } from 'node:crypto';
import { severities, type Finding } from '@agent-readiness/protocol';
import { effectName } from './effectRule.ts';
import type { Rule, RuleInput, Violation } from './rule.ts';

/** Runs every rule and returns the findings, most severe first, in a stable order. */
export function evaluate(rules: readonly Rule[], input: RuleInput): Finding[] {
  const findings = rules
    .flatMap((rule) => rule.check(input).map((violation) => toFinding(rule, violation)))
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

function toFinding(rule: Rule, { capability, effect, message, fix }: Violation): Finding {
  const { agent, action } = capability;
  const path = effect?.path ?? [];
  const { file, line, column } = path.at(-1) ?? action.place;
  return {
    ruleId: rule.id,
    category: rule.category,
    severity: rule.severity,
    message,
    agent: agent.name,
    action: action.name,
    ...(effect && { effect: effectName(effect) }),
    place: { file, line, column },
    path,
    fix,
    fingerprint: fingerprint([rule.id, agent.name, action.topic, action.name, effect ? effectName(effect) : '']),
  };
}

/** Names only, no places: the same finding keeps its fingerprint when lines shift and files move. */
function fingerprint(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}

function sortKey({ severity, agent, action, ruleId, effect, fingerprint: last, place }: Finding): string {
  return JSON.stringify([severities.indexOf(severity), agent, action, ruleId, effect ?? '', last, place]);
}
