import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createFileReader } from '../../src/extract/project/fileReader.ts';
import type { Project } from '../../src/extract/project/openProject.ts';
import { SourceIndex, type SourceFile } from '../../src/extract/project/sourceIndex.ts';
import { walk } from '../../src/extract/project/walk.ts';
import { readVerdicts, type Verdict } from './verdict.ts';

const casesFolder = join(import.meta.dirname, 'cases');
const skeletonFolder = join(import.meta.dirname, 'skeleton');

/** Kinds of files that make an agent by themselves. */
const agentKinds: ReadonlySet<string> = new Set([
  'agentDefinition',
  'agentDefinitionVersion',
  'agentScript',
  'bot',
  'planner',
  'plannerBundle',
]);

/** One construct: the files of a small project, and what they say must be reported. */
export interface CorpusCase {
  /** `area/construct`. */
  readonly name: string;
  readonly files: readonly CaseFile[];
  readonly verdicts: readonly Verdict[];
}

/** `path` as the project lists it, `text` as it is stored. */
export interface CaseFile {
  readonly path: string;
  readonly text: string;
  /** Absent for companions, which are found by the path of what they accompany. */
  readonly source?: SourceFile;
}

/** Every folder of an area, sorted. A case without an agent has the one of the skeleton, whose action is the flow Act. */
export function readCases(): CorpusCase[] {
  return folders(casesFolder).flatMap((area) =>
    folders(join(casesFolder, area)).map((construct) => readCase(`${area}/${construct}`)),
  );
}

function folders(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

function readCase(name: string): CorpusCase {
  const own = readFolder(join(casesFolder, name));
  const hasAgent = own.some(({ source }) => source !== undefined && agentKinds.has(source.kind));
  const files = hasAgent ? own : [...own, ...readFolder(skeletonFolder)];
  return { name, files, verdicts: files.flatMap(({ path, text }) => readVerdicts(path, text)) };
}

function readFolder(folder: string): CaseFile[] {
  const sources = new Map(walk(folder, '', () => false).files.map((source) => [source.path, source]));
  const reader = createFileReader(folder);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort()
    .map((path) => {
      const source = sources.get(path);
      return { path, text: reader.read(path) ?? '', ...(source && { source }) };
    });
}

/** The files as the check sees them: listed in the order given, read from memory. */
export function toProject(files: readonly CaseFile[]): Project {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  return {
    name: 'corpus',
    root: casesFolder,
    sourceDirs: ['.'],
    sourceApiVersion: '66.0',
    index: new SourceIndex(files.flatMap(({ source }) => source ?? [])),
    reader: { read: (path) => texts.get(path) },
    failed: [],
  };
}
