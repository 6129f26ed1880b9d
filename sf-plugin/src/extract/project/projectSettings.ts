import type { FailedFile } from '@agent-readiness/protocol';
import ignore from 'ignore';
import { z } from 'zod';
import { UnreadableError } from '../unreadable.ts';
import type { SourceFile, SourceIndex } from './sourceIndex.ts';
import type { SourceReader } from './sourceReader.ts';

/** What makes a folder a project. */
export const projectFile = 'sfdx-project.json';

const replacementSchema = z.object({
  filename: z.string().optional(),
  glob: z.string().optional(),
  stringToReplace: z.string().optional(),
  replaceWithEnv: z.string().optional(),
});
type Replacement = z.infer<typeof replacementSchema>;

/** What the analysis needs to know of the project file. */
export const projectSchema = z.object({
  name: z.string().optional(),
  packageDirectories: z.array(z.object({ path: z.string().min(1) })).min(1),
  sourceApiVersion: z.string().optional(),
  replacements: z.array(replacementSchema).optional(),
  registryCustomizations: z.unknown().optional(),
  sourceBehaviorOptions: z.array(z.string()).optional(),
  registryPresets: z.array(z.string()).optional(),
});
export type ProjectSettings = z.infer<typeof projectSchema>;

/** Options under which only kinds that the analysis does not read lie in other files. */
const harmlessOptions = /^decompose(?:CustomLabels|PermissionSet|SharingRules)Beta\d*$/;

/** Where the CLI deploys something else than what stands in the files that are read here. */
export function notAsDeployed(settings: ProjectSettings, index: SourceIndex, reader: SourceReader): FailedFile[] {
  const { replacements = [], registryCustomizations, sourceBehaviorOptions = [], registryPresets = [] } = settings;
  const otherOptions = [...sourceBehaviorOptions, ...registryPresets].filter((name) => !harmlessOptions.test(name));
  return [
    ...(registryCustomizations === undefined
      ? []
      : [failure(projectFile, 'registryCustomizations change which files are metadata; that is not followed')]),
    ...otherOptions.map((name) =>
      failure(projectFile, `${name} changes in which files metadata stands; it is not known`),
    ),
    ...(replacements.length === 0 ? [] : index.everything())
      // Beside a class or trigger stands whether it is active, and in which version.
      .flatMap(({ kind, path }) => [path, `${path}-meta.xml`].map((each) => ({ kind, path: each })))
      .filter((file) => replacements.some((replacement) => changes(replacement, file, reader)))
      .map(({ path }) => failure(path, `${projectFile} replaces text in it, so that something else is deployed`)),
  ];
}

/** Where a pattern says what to replace, any file that it covers counts: it is somebody else's, and may never end. */
function changes(
  replacement: Replacement,
  { kind, path }: Pick<SourceFile, 'kind' | 'path'>,
  reader: SourceReader,
): boolean {
  const { stringToReplace, replaceWithEnv } = replacement;
  // An address that each org has its own of: which one is not said here, and nothing else is read of the file.
  if (kind === 'namedCredential' && replaceWithEnv !== undefined) return false;
  if (!covers(replacement, path)) return false;
  try {
    const text = reader.read(path);
    return text !== undefined && (stringToReplace === undefined || text.includes(stringToReplace));
  } catch (error) {
    // Whoever needs the file says that it cannot be read.
    if (error instanceof UnreadableError) return false;
    throw error;
  }
}

/** What the simple patterns of both kinds share; any other is taken to cover everything. */
const simpleGlob = /^[\w./* -]+$/;

function covers({ filename, glob }: Replacement, path: string): boolean {
  if (filename !== undefined && path.endsWith(filename)) return true;
  if (glob === undefined) return false;
  return !simpleGlob.test(glob) || ignore().add(`**/${glob}`).ignores(path);
}

function failure(file: string, reason: string): FailedFile {
  return { file, line: 1, column: 1, reason };
}
