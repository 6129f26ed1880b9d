import {
  actionReportSchema,
  agentReportSchema,
  coverageSchema,
  effectSchema,
  gateSchema,
  hopSchema,
  placeSchema,
} from '@agent-readiness/protocol';
import { z } from 'zod';

/** The version of the `--json` shape. A change that removes or renames anything raises it. */
export const explanationSchemaVersion = 1;

/**
 * A line of a source file, safe to print: asterisks for what looks like a secret, `\u{…}` for control
 * characters, two spaces for a tab. `column` is that of the first character of `text`: 1, except
 * where a long line is cut at its start.
 */
const sourceLineSchema = z.strictObject({
  line: z.int().min(1),
  column: z.int().min(1),
  text: z.string(),
});
export type SourceLine = z.infer<typeof sourceLineSchema>;

/** `source` holds the line of the hop and up to two around it; empty where the file cannot be read. */
const explainedHopSchema = hopSchema.extend({ source: z.array(sourceLineSchema) });
export type ExplainedHop = z.infer<typeof explainedHopSchema>;

const explainedEffectSchema = effectSchema.safeExtend({ path: z.array(explainedHopSchema).min(1) });
export type ExplainedEffect = z.infer<typeof explainedEffectSchema>;

/** One way in which the agent can call the action; `deterministic` calls are not chosen by the model. */
const actionCallSchema = placeSchema.extend({
  invocation: z.enum(['model', 'deterministic']),
  gate: gateSchema,
});

/** Why one action can do what the check says it can. */
export const explanationSchema = z.strictObject({
  schemaVersion: z.literal(explanationSchemaVersion),
  agent: agentReportSchema.omit({ actions: true }),
  action: actionReportSchema.omit({ effects: true }).extend({ calls: z.array(actionCallSchema) }),
  /** Worst first. */
  effects: z.array(explainedEffectSchema),
  /** How many effects of the action `--effect` leaves out. */
  otherEffects: z.int().min(0),
  /** What was read for this action, what could not be, and what it reaches that is not in source. */
  coverage: coverageSchema,
});
export type Explanation = z.infer<typeof explanationSchema>;
