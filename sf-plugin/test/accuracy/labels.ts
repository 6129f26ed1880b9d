import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { extentSchema, identitySchema, operationSchema, reachSchema } from '@agent-readiness/protocol';
import { parse } from 'yaml';
import { z } from 'zod';

/** An effect that the source of a project proves, read there by hand. */
const labelledEffectSchema = z.strictObject({
  operation: operationSchema,
  object: z.string().min(1),
  reach: reachSchema,
  /** Only where the source leaves no doubt. */
  identity: identitySchema.optional(),
  extent: extentSchema.optional(),
  /** `file:line` in the Salesforce project. */
  evidence: z.string().regex(/^\S.*:\d+$/),
  why: z.string().min(1),
});
export type LabelledEffect = z.infer<typeof labelledEffectSchema>;

/**
 * Effects that a report may or may not hold. An attribute that is absent stands for any value; the object `standard` is
 * any that is not custom.
 */
const patternSchema = z.strictObject({
  operation: operationSchema.optional(),
  object: z.string().min(1).optional(),
  reach: reachSchema.optional(),
  /** Ends of `file` or `file:line`, one of which the path of the effect passes. */
  via: z.array(z.string().min(1)).optional(),
  why: z.string().min(1),
});
export type Pattern = z.infer<typeof patternSchema>;

const labelledActionSchema = z.strictObject({
  action: z.string().min(1),
  topic: z.string().default(''),
  reachable: z.boolean().default(true),
  /** What the action of a wired agent invokes, such as `apex://ResolveCase`. */
  target: z.string().min(1).optional(),
  effects: z.array(labelledEffectSchema),
  /** What the platform does by itself: no source proves it or rules it out. */
  platform: z.array(patternSchema).default([]),
  /** What the code could do, but never does with the values that it has there. */
  ruledOut: z.array(patternSchema).default([]),
});
export type LabelledAction = z.infer<typeof labelledActionSchema>;

const labelledAgentSchema = z.strictObject({
  agent: z.string().min(1),
  /** For an agent that the project does not have: the folder of the package that the measure wires it in. */
  wired: z.string().min(1).optional(),
  actions: z.array(labelledActionSchema),
});
export type LabelledAgent = z.infer<typeof labelledAgentSchema>;

const labelsSchema = z.strictObject({
  /** `owner/name` on GitHub; the checkout is expected in a folder called `name`. */
  project: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  commit: z.string().regex(/^[0-9a-f]{40}$/),
  /** Where the Salesforce project is in its repository, if not at the root. */
  folder: z.string().min(1).optional(),
  /** Agents of the project that are not here were not read, and are not measured. */
  agents: z.array(labelledAgentSchema),
});
export type Labels = z.infer<typeof labelsSchema>;

/** The labels of every project, in the order of their files' names. */
export function readLabels(folder: string): Labels[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => {
      const labels = labelsSchema.safeParse(parse(readFileSync(join(folder, file), 'utf8')));
      if (!labels.success) throw new Error(`${basename(file)}: ${z.prettifyError(labels.error)}`);
      return labels.data;
    });
}
