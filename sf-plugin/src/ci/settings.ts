import { resolve } from 'node:path';
import { severities } from '@agent-readiness/protocol';
import { z } from 'zod';

const flag = z.enum(['true', 'false', '']).transform((value) => value === 'true');
const text = z.string().default('');

/** What the users of the action and of the template set; empty stands for not set. */
const settingsSchema = z.object({
  READINESS_PROJECT_DIR: text,
  READINESS_FAIL_ON: z.enum([...severities, '']).default(''),
  READINESS_BASELINE: text,
  READINESS_LOCKED: flag.default(false),
  READINESS_COMMENT: flag.default(true),
  /** Where the reports are written. */
  READINESS_REPORT_DIR: z.string().min(1),
});

export interface Settings {
  /** Relative to the root of the repository. */
  readonly projectDir: string;
  /** Absolute path. */
  readonly reportDir: string;
  readonly comment: boolean;
  /** Flags of `sf readiness check`. */
  readonly checkFlags: readonly string[];
}

/** @throws ZodError that names each variable that is wrong */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const given = settingsSchema.parse(env);
  const { READINESS_FAIL_ON: failOn, READINESS_BASELINE: baseline, READINESS_LOCKED: locked } = given;
  return {
    projectDir: given.READINESS_PROJECT_DIR || '.',
    reportDir: resolve(given.READINESS_REPORT_DIR),
    comment: given.READINESS_COMMENT,
    checkFlags: [
      ...(failOn === '' ? [] : ['--fail-on', failOn]),
      ...(baseline === '' ? [] : ['--baseline', baseline]),
      ...(locked ? ['--locked'] : []),
    ],
  };
}
