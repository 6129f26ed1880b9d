import { createHash } from 'node:crypto';
import type { Report } from '@agent-readiness/protocol';
import type { Project } from '../extract/project/openProject.ts';
import type { SourceReader } from '../extract/project/sourceReader.ts';
import type { TextCache } from '../extract/project/textCache.ts';
import { UnreadableError } from '../extract/unreadable.ts';

interface Remembered {
  /** Every file that the report was made from, and what was found there. */
  readonly reads: readonly (readonly [path: string, found: string])[];
  readonly report: Report;
}

/**
 * The report on a project, from the cache where nothing has changed that it was made from: the list of
 * files, the options, and the content of each file that was read. It follows from these alone.
 */
export async function rememberedReport(
  cache: TextCache,
  project: Project,
  options: object,
  make: (project: Project) => Promise<Report>,
): Promise<Report> {
  const { name, sourceDirs, sourceApiVersion, failed, index, reader } = project;
  const key = digest(JSON.stringify([name, sourceDirs, sourceApiVersion, failed, index.everything(), options]));
  const entry = cache.get(key);
  if (entry !== undefined) {
    const { reads, report } = JSON.parse(entry) as Remembered;
    if (reads.every(([path, found]) => foundAt(reader, path) === found)) return report;
  }
  const reads = new Map<string, string>();
  const report = await make({ ...project, reader: recordingReader(reader, reads) });
  cache.put(key, JSON.stringify({ reads: [...reads], report } satisfies Remembered));
  return report;
}

/** Notes what each read found when it was made: a file may change while the check runs. */
function recordingReader(reader: SourceReader, reads: Map<string, string>): SourceReader {
  return {
    read(path) {
      try {
        const text = reader.read(path);
        note(reads, path, identityOf(text));
        return text;
      } catch (error) {
        if (error instanceof UnreadableError) note(reads, path, error.message);
        throw error;
      }
    },
  };
}

/** A file that was found in two states never looks the same again. */
function note(reads: Map<string, string>, path: string, found: string): void {
  const before = reads.get(path) ?? found;
  reads.set(path, before === found ? found : 'changed during the check');
}

function foundAt(reader: SourceReader, path: string): string {
  try {
    return identityOf(reader.read(path));
  } catch (error) {
    if (error instanceof UnreadableError) return error.message;
    throw error;
  }
}

function identityOf(text: string | undefined): string {
  return text === undefined ? 'absent' : digest(text);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
