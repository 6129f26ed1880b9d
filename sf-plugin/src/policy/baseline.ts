import {
  atLeast,
  baselineEntrySchema,
  counts,
  daySchema,
  type AppliedBaseline,
  type BaselineEntry,
  type Finding,
} from '@agent-readiness/protocol';
import { z } from 'zod';
import { policyRules } from './policyRules.ts';

/** The shape of a baseline file: what was found when the project began to be checked. */
export const baselineSchema = z.strictObject({
  schemaVersion: z.literal(1),
  date: daySchema,
  owner: z.string().min(1),
  findings: z.array(baselineEntrySchema),
});
export type Baseline = z.infer<typeof baselineSchema>;

/**
 * Marks each finding that may stand in a baseline as known or new; a known one that became more severe is new, and so
 * is one that has only the fingerprint in common: whoever chooses both names can make two that meet.
 */
export function compareBaseline(findings: readonly Finding[], baseline: Baseline): Finding[] {
  const known = new Map(baseline.findings.map((entry) => [entry.fingerprint, entry]));
  return findings.map((finding) => {
    if (!mayBeKnown(finding)) return finding;
    const entry = known.get(finding.fingerprint);
    const isKnown = entry !== undefined && isSame(entry, finding) && atLeast(entry.severity, finding.severity);
    return { ...finding, baseline: isKnown ? 'unchanged' : 'new' };
  });
}

/**
 * What a report says about the baseline that was compared.
 *
 * @param wasChecked whether the report is about an agent: of others nothing is known to be fixed
 */
export function appliedBaseline(
  findings: readonly Finding[],
  { date, owner, findings: entries }: Baseline,
  file: string,
  wasChecked: (agent: string) => boolean,
): AppliedBaseline {
  const found = new Set(findings.map(({ fingerprint }) => fingerprint));
  const fixed = entries.filter(({ fingerprint, agent }) => !found.has(fingerprint) && wasChecked(agent));
  return { file, date, owner, fixed };
}

/** The first baseline of a project: everything that counts today. */
export function newBaseline(findings: readonly Finding[], owner: string, today: string): Baseline {
  return { schemaVersion: 1, date: today, owner, findings: toEntries(findings.filter((each) => counts(each))) };
}

/** A baseline without what is fixed. What is new is never added: that would wave it through. */
export function shrunk(baseline: Baseline, findings: readonly Finding[]): Baseline {
  const found = new Set(findings.map(({ fingerprint }) => fingerprint));
  return { ...baseline, findings: baseline.findings.filter(({ fingerprint }) => found.has(fingerprint)) };
}

function toEntries(findings: readonly Finding[]): BaselineEntry[] {
  return findings
    .filter(mayBeKnown)
    .map(({ fingerprint, ruleId, severity, agent, action, effect }) => ({
      fingerprint,
      ruleId,
      severity,
      agent,
      ...(action !== undefined && { action }),
      ...(effect !== undefined && { effect }),
    }))
    .sort((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1));
}

function isSame(entry: BaselineEntry, finding: Finding): boolean {
  const names = ['ruleId', 'agent', 'action', 'effect'] as const;
  return names.every((name) => entry[name] === finding[name]);
}

/** A policy that is not kept, or a manifest that is exceeded, is never old news. */
function mayBeKnown({ ruleId }: Finding): boolean {
  return policyRules.every(({ id, waivable }) => id !== ruleId || waivable);
}
