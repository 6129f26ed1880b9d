import { z } from 'zod';
import { entityTypeSchema } from './entityTypes.ts';

const typesSchema = z.array(entityTypeSchema);

/**
 * A task's masking policy. `keep`: types that the model may read, because the task needs them; a value that the
 * org names in `masking_hints` is masked all the same. `unmask`: what each sink may see; a sink that is not
 * named sees tokens.
 */
export const maskingPolicySchema = z.strictObject({
  keep: typesSchema.default([]),
  unmask: z
    .strictObject({
      result: z.union([z.literal('all'), typesSchema]).default([]),
      org: z.union([z.literal('all'), typesSchema]).default([]),
    })
    .default({ result: [], org: [] }),
});
export type MaskingPolicy = z.infer<typeof maskingPolicySchema>;
