import { z } from 'zod';

/** One attribute that differs, in the words of the effect: `gate` from `confirmed` to `none`. */
export const attributeChangeSchema = z.strictObject({
  attribute: z.enum(['fields', 'extent', 'identity', 'chosenBy', 'gate', 'reversibility']),
  from: z.string(),
  to: z.string(),
  wider: z.boolean(),
});
export type AttributeChange = z.infer<typeof attributeChangeSchema>;
