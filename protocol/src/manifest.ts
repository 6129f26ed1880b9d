import { z } from 'zod';
import { effectSchema } from './effect.ts';

/** The version of the `authority.lock.json` shape. */
export const manifestSchemaVersion = 1;

/** An effect as authority: what may happen, without the evidence that it can. */
export const authoritySchema = z.strictObject({
  operation: effectSchema.shape.operation,
  object: effectSchema.shape.object,
  fields: effectSchema.shape.fields,
  extent: effectSchema.shape.extent,
  extentLimit: effectSchema.shape.extentLimit,
  identity: effectSchema.shape.identity,
  gate: effectSchema.shape.gate,
  reversibility: effectSchema.shape.reversibility,
  certainty: effectSchema.shape.certainty,
});
export type Authority = z.infer<typeof authoritySchema>;

/**
 * The reviewed blast radius: per agent and action, what it may change. Written by
 * `sf readiness check --write-manifest`, approved in a pull request, loaded by the bridge.
 */
export const manifestSchema = z.strictObject({
  schemaVersion: z.literal(manifestSchemaVersion),
  actions: z.array(
    z.strictObject({
      agent: z.string().min(1),
      topic: z.string(),
      action: z.string().min(1),
      effects: z.array(authoritySchema),
    }),
  ),
});
export type Manifest = z.infer<typeof manifestSchema>;
