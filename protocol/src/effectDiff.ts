import { z } from 'zod';
import { attributeChangeSchema } from './attributeChange.ts';
import { authoritySchema } from './manifest.ts';
import { hopSchema } from './place.ts';

/** The version of the `sf readiness diff --json` shape. */
export const diffSchemaVersion = 1;

/**
 * `added`: an operation on an object that the action did not have. `widened`: more than the same operation
 * on the same object allowed before. `narrowed` and `removed`: less.
 */
export const changeKindSchema = z.enum(['added', 'widened', 'narrowed', 'removed']);
export type ChangeKind = z.infer<typeof changeKindSchema>;

/** Whether a change gives an agent more than it had. */
export function isMore(kind: ChangeKind): boolean {
  return kind === 'added' || kind === 'widened';
}

const actionKey = {
  agent: z.string().min(1),
  topic: z.string(),
  action: z.string().min(1),
};

/** Another user in whose name an agent acts; empty where the metadata names none. */
export const runsAsChangeSchema = z.strictObject({ agent: z.string().min(1), from: z.string(), to: z.string() });
export type RunsAsChange = z.infer<typeof runsAsChangeSchema>;

export const effectChangeSchema = z.strictObject({
  kind: changeKindSchema,
  ...actionKey,
  /** What the action can do now; for `removed`, what it could do. */
  effect: authoritySchema,
  /** What differs from before; empty for `added` and `removed`. */
  attributes: z.array(attributeChangeSchema),
  /** From the agent to the effect, as it is now; empty for `removed`. */
  path: z.array(hopSchema),
});
export type EffectChange = z.infer<typeof effectChangeSchema>;

/** One side of a comparison: its name as the user knows it, and the digest of its manifest. */
export const diffSideSchema = z.strictObject({
  kind: z.enum(['manifest', 'ref', 'directory']),
  name: z.string().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Files that could not be read in full: what they do is missing on this side. */
  filesFailed: z.int().min(0),
});
export type DiffSide = z.infer<typeof diffSideSchema>;

/** `refused`: a change is of a kind that the policy refuses. `incomplete`: a file of now could not be read. */
export const diffStatusSchema = z.enum(['accepted', 'refused', 'incomplete']);
export type DiffStatus = z.infer<typeof diffStatusSchema>;

/** What a change lets agents do that they could not do before, and what they cannot do any more. */
export const effectDiffSchema = z.strictObject({
  schemaVersion: z.literal(diffSchemaVersion),
  base: diffSideSchema,
  head: diffSideSchema,
  /** Actions of one side only, whether or not they have effects. */
  actions: z.strictObject({
    added: z.array(z.strictObject(actionKey)),
    removed: z.array(z.strictObject(actionKey)),
  }),
  /** Of agents on both sides; each counts as `widened`. Empty where a manifest is compared, which names no users. */
  runsAs: z.array(runsAsChangeSchema),
  changes: z.array(effectChangeSchema),
  verdict: z.strictObject({ status: diffStatusSchema, failOn: z.array(changeKindSchema) }),
});
export type EffectDiff = z.infer<typeof effectDiffSchema>;
