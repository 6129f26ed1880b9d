import { z } from 'zod';
import { effectSchema } from './effect.ts';
import { findingSchema, severitySchema } from './finding.ts';
import { placeSchema } from './place.ts';

/** The version of the `--json` shape. A change that removes or renames anything raises it. */
export const reportSchemaVersion = 1;

export const generationSchema = z.enum([
  'bot',
  'planner',
  'planner-bundle-global',
  'planner-bundle-local',
  'planner-bundle-compiled',
  'agent-script',
  'agent-definition',
]);
export type Generation = z.infer<typeof generationSchema>;

/** What the action itself declares: `declared-only` compiles but is not enforced at run time. */
export const confirmationSchema = z.enum(['none', 'declared-only', 'confirmed']);
export type Confirmation = z.infer<typeof confirmationSchema>;

/** A branch that the action's bindings rule out, so that its effects are not counted. */
export const prunedBranchSchema = placeSchema.extend({ reason: z.string().min(1) });
export type PrunedBranch = z.infer<typeof prunedBranchSchema>;

export const actionReportSchema = z.strictObject({
  name: z.string().min(1),
  /** The topic (subagent) that offers the action; empty for actions of the planner itself. */
  topic: z.string(),
  /** `type` as in `invocationTargetType` or the Agent Script scheme; `name` is empty where none is given. */
  target: z.strictObject({ type: z.string().min(1), name: z.string() }),
  place: placeSchema,
  reachable: z.boolean(),
  confirmation: confirmationSchema,
  effects: z.array(effectSchema),
  pruned: z.array(prunedBranchSchema),
});
export type ActionReport = z.infer<typeof actionReportSchema>;

export const agentReportSchema = z.strictObject({
  name: z.string().min(1),
  generation: generationSchema,
  file: z.string().min(1),
  version: z.string(),
  /** The user the agent runs as, where the metadata names one. */
  runsAs: z.string().optional(),
  actions: z.array(actionReportSchema),
});
export type AgentReport = z.infer<typeof agentReportSchema>;

/** A file that could not be read in full: everything in it may be missing from the report. */
export const failedFileSchema = placeSchema.extend({ reason: z.string().min(1) });
export type FailedFile = z.infer<typeof failedFileSchema>;

export const opaqueTargetSchema = placeSchema.extend({
  type: z.string().min(1),
  name: z.string(),
  reason: z.string().min(1),
  /** Things in the project with a similar name, for a definition without a target. */
  candidates: z.array(z.string()),
});
export type OpaqueTarget = z.infer<typeof opaqueTargetSchema>;

export const coverageSchema = z.strictObject({
  filesParsed: z.int().min(0),
  filesFailed: z.array(failedFileSchema),
  opaqueTargets: z.array(opaqueTargetSchema),
});
export type Coverage = z.infer<typeof coverageSchema>;

/** `incomplete`: a file that an action reaches could not be read, so "ready" cannot be said. */
export const verdictStatusSchema = z.enum(['ready', 'not-ready', 'incomplete']);
export type VerdictStatus = z.infer<typeof verdictStatusSchema>;

export const reportSchema = z.strictObject({
  schemaVersion: z.literal(reportSchemaVersion),
  project: z.strictObject({ name: z.string(), sourceDirs: z.array(z.string()) }),
  coverage: coverageSchema,
  agents: z.array(agentReportSchema),
  findings: z.array(findingSchema),
  verdict: z.strictObject({
    status: verdictStatusSchema,
    failOn: severitySchema,
    findings: z.record(severitySchema, z.int().min(0)),
  }),
});
export type Report = z.infer<typeof reportSchema>;
