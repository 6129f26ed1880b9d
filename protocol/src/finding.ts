import { z } from 'zod';
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
  fingerprint: z.string().regex(/^[0-9a-f]{16}$/),
});
export type Finding = z.infer<typeof findingSchema>;

/** Whether `severity` is at least as severe as `threshold`. */
export function atLeast(severity: Severity, threshold: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(threshold);
}
