import { z } from 'zod';

/** How many items of which list are left out, because the answer would be too long. Empty: everything is there. */
export const omittedSchema = z.record(z.string(), z.int().min(1));
