import { classify } from '../../../src/extract/project/metadataKinds.ts';
import type { Project } from '../../../src/extract/project/openProject.ts';
import { SourceIndex } from '../../../src/extract/project/sourceIndex.ts';

/** A project that consists of texts, by path. */
export function projectOf(files: Readonly<Record<string, string>>): Project {
  const sources = Object.keys(files).flatMap((path) => {
    const found = classify(path.slice(path.lastIndexOf('/') + 1));
    return found ? [{ ...found, path }] : [];
  });
  return {
    name: 'test',
    root: '/project',
    sourceDirs: ['.'],
    sourceApiVersion: undefined,
    index: new SourceIndex(sources),
    reader: { read: (path) => files[path] },
    failed: [],
  };
}
