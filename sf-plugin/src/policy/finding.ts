import type { AttributeChange, Finding, Hop, Place } from '@agent-readiness/protocol';
import { fingerprint } from '../rules/fingerprint.ts';
import { policyRules, type PolicyRuleId } from './policyRules.ts';

interface PolicyViolation {
  readonly agent: string;
  readonly topic?: string;
  readonly action?: string | undefined;
  /** `operation:object`. */
  readonly effect?: string | undefined;
  /** What else tells it from findings of the same rule on the same effect. */
  readonly about?: string;
  /** How the effect differs from what is allowed. */
  readonly exceeds?: readonly AttributeChange[];
  readonly message: string;
  readonly fix: string;
  /** Where it stands, if not at the end of the path. */
  readonly place: Place;
  readonly path?: readonly Hop[];
}

/** A finding of one of the rules that compare agents with what was laid down. */
export function policyFinding(id: PolicyRuleId, violation: PolicyViolation): Finding {
  const { agent, topic = '', action, effect, about, exceeds = [], message, fix, place, path = [] } = violation;
  const rule = policyRules.find((each) => each.id === id);
  if (!rule) throw new Error(`no such rule: ${id}`);
  const parts = [id, agent, topic, action ?? '', effect ?? '', ...(about === undefined ? [] : [about])];
  const { file, line, column } = path.at(-1) ?? place;
  return {
    ruleId: id,
    category: rule.category,
    severity: rule.severity,
    message,
    agent,
    ...(action !== undefined && { action }),
    ...(effect !== undefined && { effect }),
    place: { file, line, column },
    path: [...path],
    fix,
    fingerprint: fingerprint(parts),
    ...(exceeds.length > 0 && { exceeds: [...exceeds] }),
  };
}
