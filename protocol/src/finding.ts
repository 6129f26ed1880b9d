import { z } from 'zod';
import { attributeChangeSchema } from './attributeChange.ts';
import { hopSchema, placeSchema } from './place.ts';

/** Ordered from most to least severe; comparisons use the position in this list. */
export const severities = ['critical', 'high', 'medium', 'low'] as const;
export const severitySchema = z.enum(severities);
export type Severity = z.infer<typeof severitySchema>;

export const categorySchema = z.enum([
  'cost',
  'latency',
  'safety',
  'governance',
  'reliability',
  'accountability',
  'evaluation',
]);
export type Category = z.infer<typeof categorySchema>;

/** Names a finding by rule, agent, topic, action and effect: 16 hexadecimal digits. */
export const fingerprintSchema = z.string().regex(/^[0-9a-f]{16}$/);

/** A day of the calendar in UTC, `2026-11-30`. */
export const daySchema = z.iso.date();

/** Why a finding does not count: somebody answers for it until a day. `place` is that of the waiver. */
export const waivedBySchema = z.strictObject({
  reason: z.string().min(1),
  owner: z.string().min(1),
  approver: z.string().min(1),
  /** The last day on which the waiver holds. */
  expires: daySchema,
  place: placeSchema,
});
export type WaivedBy = z.infer<typeof waivedBySchema>;

/** As SARIF says it: `unchanged` was there when the baseline was written. */
export const baselineStateSchema = z.enum(['new', 'unchanged']);
export type BaselineState = z.infer<typeof baselineStateSchema>;

/** One rule's verdict on one action, with the evidence path and the next step. */
export const findingSchema = z.strictObject({
  ruleId: z.string().regex(/^[a-z]+(-[a-z]+)*$/),
  category: categorySchema,
  severity: severitySchema,
  message: z.string().min(1),
  agent: z.string().min(1),
  action: z.string().min(1).optional(),
  /** `operation:object` of the effect the finding is about. */
  effect: z.string().min(1).optional(),
  place: placeSchema,
  path: z.array(hopSchema),
  /** What to do about it, in one sentence. */
  fix: z.string().min(1),
  /** Stable under line shifts, reformatting and file moves. */
  fingerprint: fingerprintSchema,
  /** How the effect differs from the closest that a budget or a manifest allows. */
  exceeds: z.array(attributeChangeSchema).optional(),
  waivedBy: waivedBySchema.optional(),
  /** Absent where no baseline was compared. */
  baseline: baselineStateSchema.optional(),
});
export type Finding = z.infer<typeof findingSchema>;

/** Whether a finding counts for the verdict: nobody waived it, and the baseline does not hold it. */
export function counts({ waivedBy, baseline }: Pick<Finding, 'waivedBy' | 'baseline'>): boolean {
  return waivedBy === undefined && baseline !== 'unchanged';
}

/** Whether `severity` is at least as severe as `threshold`. */
export function atLeast(severity: Severity, threshold: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(threshold);
}
