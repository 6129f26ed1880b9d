/**
 * Parses and summarises the classes and triggers of a project, or takes the summaries from the cache.
 *
 * Usage: node --conditions=source summarise.mjs <project> [key file of the cache]
 */
import { openCaches } from '../../sf-plugin/src/actions/openCaches.ts';
import { createApexParser } from '../../sf-plugin/src/extract/apex/parser.ts';
import { cachedSummary } from '../../sf-plugin/src/extract/apex/summaryCache.ts';
import { summarizeApex } from '../../sf-plugin/src/extract/apex/summarizeApex.ts';
import { openProject } from '../../sf-plugin/src/extract/project/openProject.ts';
import { apexFiles, grammar, measured } from './measured.mjs';

const [folder, secretFile] = process.argv.slice(2);

await measured(async () => {
  const { index, reader, root } = openProject(folder, []);
  const caches = secretFile ? openCaches(root, grammar, secretFile) : undefined;
  const parser = await createApexParser(grammar);
  const files = apexFiles(index);
  let failed = 0;
  for (const { path } of files) {
    const text = reader.read(path);
    const unit = cachedSummary(caches?.summaries, text, () => summarizeApex(parser, path, text));
    if (unit.syntaxErrors.length > 0) failed += 1;
  }
  return { files: files.length, failed };
});
