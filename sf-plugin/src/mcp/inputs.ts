import { z } from 'zod';

/** What several tools ask for, with the same words. */
export const sourceDirsInput = z
  .array(z.string())
  .default([])
  .describe('Folders with metadata, relative to the project; its package directories if empty.');

export const allVersionsInput = z
  .boolean()
  .default(false)
  .describe('Look at all versions of each agent instead of its latest one.');

export const configRefInput = z
  .string()
  .optional()
  .describe('Commit from which the policy is read, in place of the file: the target branch of a pull request.');
