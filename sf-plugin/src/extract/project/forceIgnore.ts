import ignore from 'ignore';
import type { FailedFile } from '@agent-readiness/protocol';
import type { SourceReader } from './sourceReader.ts';

/** By this file the CLI knows what not to deploy. */
export const ignoreFile = '.forceignore';

/** Whether a path relative to the project is ignored; folders end in `/`. */
export type IgnoreRules = (path: string) => boolean;

/** What the CLI adds before the rules of the file. Without a file it ignores nothing, hidden folders neither. */
const ofTheCli = ['**/.*', '!.sf'];

/** `.forceignore` follows the rules of `.gitignore`. */
export function readForceIgnore(reader: SourceReader): IgnoreRules {
  const text = reader.read(ignoreFile);
  if (text === undefined) return () => false;
  const rules = ignore().add(ofTheCli).add(text);
  return (path) => rules.ignores(path);
}

/** The CLI obeys the file that is nearest to the folder it deploys. Ours is the one of the project. */
export function secondIgnoreFile(file: string): FailedFile {
  return {
    file,
    line: 1,
    column: 1,
    reason: `is a second ${ignoreFile}: which of them holds depends on the folder that is deployed`,
  };
}
