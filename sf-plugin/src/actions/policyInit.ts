import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findProjectRoot } from '../extract/project/openProject.ts';
import { policyFile } from '../policy/config/schema.ts';
import { startingPolicy } from '../policy/startingPolicy.ts';
import { printableText } from '../report/printable.ts';
import { extentWords, gateWords, identityWords } from '../report/words.ts';
import { runCheck, type CheckDependencies } from './check.ts';
import { ConfigurationError } from './errors.ts';
import { writeTextFile } from './textFiles.ts';

/** Where editors find the shape of the policy; the file of this name is part of the package. */
const schemaUrl = 'https://unpkg.com/@agent-readiness/sf-plugin/schemas/readiness-config.json';

/**
 * Writes the policy to begin with. An existing one is never overwritten.
 *
 * @returns the absolute path of the file
 * @throws ConfigurationError when there is one already, or nothing to begin from
 */
export async function runPolicyInit(dependencies: CheckDependencies, sourceDirs: readonly string[]): Promise<string> {
  const path = join(findProjectRoot(dependencies.startDir), policyFile);
  if (existsSync(path)) {
    throw new ConfigurationError(`There is a ${policyFile} already.`, ['Edit it, or remove it to begin anew.']);
  }
  const report = await runCheck(dependencies, { sourceDirs, agents: [], allVersions: false, failOn: 'high' });
  const text = startingPolicy(
    report,
    (effect) => {
      const unknown = effect.operation === 'unknown' ? [printableText(effect.path.at(-1)?.label ?? '')] : [];
      return [...unknown, extentWords(effect), identityWords[effect.identity], gateWords[effect.gate]].join(', ');
    },
    schemaUrl,
  );
  writeTextFile(path, text);
  return path;
}
