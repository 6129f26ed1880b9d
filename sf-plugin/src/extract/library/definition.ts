import type { CoverageLog } from '../coverage.ts';
import { definedTwice } from '../project/definedTwice.ts';
import type { MetadataKind } from '../project/metadataKinds.ts';
import type { SourceFile, SourceIndex } from '../project/sourceIndex.ts';

/** The file that defines something: the first one of its name. Other files of the name are logged as not seen. */
export function definition(
  index: SourceIndex,
  coverage: CoverageLog,
  kind: MetadataKind,
  name: string,
): SourceFile | undefined {
  const [first, ...others] = index.named(kind, name);
  if (!first) return undefined;
  for (const { path } of others) {
    coverage.failed({ file: path, line: 1, column: 1 }, definedTwice(first.name, first.path));
  }
  return first;
}
