import { z } from 'zod';
import { apiNameSchema, pointerSchema } from './apiNames.ts';

/**
 * Records that the model may ask to see. Which ones is for the input to say, which the org wrote: a read
 * takes nothing from the model, so no text in a record can point it somewhere else.
 */
export const readTemplateSchema = z.strictObject({
  /** What the model calls it. */
  name: z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, { error: 'lower-case words joined by underscores' }),
  /** What the model is told about it. */
  description: z.string().min(1).max(1_000),
  object: apiNameSchema,
  fields: z.array(apiNameSchema).min(1).max(50),
  /** `Id` for one record, a lookup for those that point at it. */
  where: z.strictObject({ field: apiNameSchema, input: pointerSchema }),
  /** The newest so many. */
  limit: z.int().min(1).max(50).default(1),
});
export type ReadTemplate = z.infer<typeof readTemplateSchema>;
