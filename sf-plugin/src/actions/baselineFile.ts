import { parseStrictJson } from '@agent-readiness/protocol';
import { baselineSchema, newBaseline, shrunk, type Baseline } from '../policy/baseline.ts';
import type { Finding } from '@agent-readiness/protocol';
import { ConfigurationError } from './errors.ts';
import { writeTextFile } from './textFiles.ts';

/** @throws ConfigurationError when the text is no baseline */
export function parseBaseline(path: string, text: string): Baseline {
  const parsed = baselineSchema.safeParse(parseStrictJson(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ConfigurationError(
    `"${path}" is no baseline: ${issue?.path.join('.') || 'the file'}: ${issue?.message ?? ''}.`,
    [
      'Restore it, or delete it and begin anew: sf readiness check --baseline <file> --write-baseline --baseline-owner <name>',
    ],
  );
}

/**
 * Writes the first baseline of a project, or the one there is without what is fixed.
 *
 * @param findings those of today, before they were compared with the baseline
 * @throws ConfigurationError when it cannot be written, or nobody answers for it
 */
export function writeBaseline(
  path: string,
  known: Baseline | undefined,
  findings: readonly Finding[],
  owner: string | undefined,
  today: string,
): Baseline {
  if (known === undefined && owner === undefined) {
    throw new ConfigurationError('A baseline needs somebody who answers for what it holds.', [
      'Name the owner: --baseline-owner <name or address>',
    ]);
  }
  const baseline = known ? shrunk(known, findings) : newBaseline(findings, owner ?? '', today);
  writeTextFile(path, `${JSON.stringify(owner === undefined ? baseline : { ...baseline, owner }, null, 2)}\n`);
  return baseline;
}
