import { z } from 'zod';

/**
 * A position in a source file, as the parser of that file gave it.
 *
 * `file` is relative to the project root with forward slashes; `line` and `column` are 1-based and
 * count UTF-16 code units, so that editors and GitHub agree with us.
 */
export const placeSchema = z.strictObject({
  file: z.string().min(1),
  line: z.int().min(1),
  column: z.int().min(1),
});
export type Place = z.infer<typeof placeSchema>;

/** One step of an evidence path: where it stands and, in a few words, what happens there. */
export const hopSchema = placeSchema.extend({ label: z.string().min(1) });
export type Hop = z.infer<typeof hopSchema>;
