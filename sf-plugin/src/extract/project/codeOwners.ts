import ignore from 'ignore';
import { UnreadableError } from '../unreadable.ts';
import type { SourceReader } from './sourceReader.ts';

/** Where GitHub and GitLab look for the file; the first one counts. */
const places = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'];

/**
 * Who owns a file of the project, as its CODEOWNERS file says; nobody where there is none.
 *
 * A file above the project, in the repository that it is a part of, is not seen.
 *
 * @returns answers for a path relative to the project root
 */
export function readCodeOwners(reader: SourceReader): (path: string) => readonly string[] {
  const text = places.map((path) => readIfPossible(reader, path)).find((each) => each !== undefined);
  const rules = (text ?? '').split(/\r?\n/).flatMap((line) => {
    const [pattern, ...owners] = line
      .replace(/(?:^|\s)#.*$/, '')
      .trim()
      .split(/\s+/);
    // Sections of GitLab and negations name no files.
    if (pattern === undefined || pattern === '' || /^[![^]/.test(pattern)) return [];
    return { covers: ignore().add(pattern), owners };
  });
  // The last rule that covers a file wins, also one that names nobody.
  return (path) => rules.findLast(({ covers }) => covers.ignores(path))?.owners ?? [];
}

/** A file that cannot be read names nobody. */
function readIfPossible(reader: SourceReader, path: string): string | undefined {
  try {
    return reader.read(path);
  } catch (error) {
    if (error instanceof UnreadableError) return undefined;
    throw error;
  }
}
