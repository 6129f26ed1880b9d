import { z } from 'zod';
import { effectSchema } from './effect.ts';
import { daySchema, findingSchema, fingerprintSchema, severitySchema } from './finding.ts';
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

/** The rules of the project that were applied; `ref` where they were read from a commit, not from the files. */
export const appliedPolicySchema = z.strictObject({ file: z.string().min(1), ref: z.string().min(1).optional() });
export type AppliedPolicy = z.infer<typeof appliedPolicySchema>;

/** A finding as a baseline remembers it. */
export const baselineEntrySchema = z.strictObject({
  fingerprint: fingerprintSchema,
  ruleId: z.string().min(1),
  severity: severitySchema,
  agent: z.string().min(1),
  action: z.string().min(1).optional(),
  effect: z.string().min(1).optional(),
});
export type BaselineEntry = z.infer<typeof baselineEntrySchema>;

/** The baseline that was compared, and what of it is not found any more. */
export const appliedBaselineSchema = z.strictObject({
  file: z.string().min(1),
  date: daySchema,
  owner: z.string().min(1),
  fixed: z.array(baselineEntrySchema),
});
export type AppliedBaseline = z.infer<typeof appliedBaselineSchema>;

/** The reviewed manifest that was compared. `signedBy` names the key that its signature was verified with. */
export const appliedLockSchema = z.strictObject({
  file: z.string().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  signedBy: z.string().min(1).optional(),
  exceeded: z.boolean(),
});
export type AppliedLock = z.infer<typeof appliedLockSchema>;

export const reportSchema = z.strictObject({
  schemaVersion: z.literal(reportSchemaVersion),
  project: z.strictObject({ name: z.string(), sourceDirs: z.array(z.string()) }),
  coverage: coverageSchema,
  agents: z.array(agentReportSchema),
  /** All of them; `counts` tells those that the verdict rests on. */
  findings: z.array(findingSchema),
  verdict: z.strictObject({
    status: verdictStatusSchema,
    failOn: severitySchema,
    /** How many count, by severity. */
    findings: z.record(severitySchema, z.int().min(0)),
    /** How many do not count, and why; absent where there are none. */
    excused: z.strictObject({ waived: z.int().min(0), baseline: z.int().min(0) }).optional(),
  }),
  policy: appliedPolicySchema.optional(),
  baseline: appliedBaselineSchema.optional(),
  lock: appliedLockSchema.optional(),
});
export type Report = z.infer<typeof reportSchema>;
