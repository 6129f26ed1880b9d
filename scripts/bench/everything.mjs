/**
 * Analyses a project as if an agent could reach all of it: every method of every class that is not a
 * test, every trigger on each of its events and every flow are called by one action. Or only the classes that
 * are named. For the benchmark alone; the check starts at the agents.
 *
 * Usage: node --conditions=source everything.mjs <project> [--key <key file of the caches>] [--classes A,B]
 */
import { parseArgs } from 'node:util';
import { openCaches } from '../../sf-plugin/src/actions/openCaches.ts';
import { rememberedReport } from '../../sf-plugin/src/actions/rememberedReport.ts';
import { createApexParser } from '../../sf-plugin/src/extract/apex/parser.ts';
import { CoverageLog } from '../../sf-plugin/src/extract/coverage.ts';
import { SourceLibrary } from '../../sf-plugin/src/extract/library/sourceLibrary.ts';
import { openProject } from '../../sf-plugin/src/extract/project/openProject.ts';
import { allEntries, classEntries, closeOverAll } from './entries.mjs';
import { grammar, measured } from './measured.mjs';

const { values, positionals } = parseArgs({
  options: { key: { type: 'string' }, classes: { type: 'string' } },
  allowPositionals: true,
});
const [folder] = positionals;

await measured(async (lap) => {
  const project = openProject(folder, []);
  const caches = values.key ? openCaches(project.root, grammar, values.key) : undefined;
  lap('open');
  if (!caches) return analyse(project, undefined, lap);
  return rememberedReport(caches.reports, project, {}, (recorded) => analyse(recorded, caches.summaries, lap));
});

async function analyse(project, cache, lap) {
  const coverage = new CoverageLog();
  const library = new SourceLibrary(project, coverage, await createApexParser(grammar), cache);
  const entries = values.classes ? classEntries(values.classes.split(','), library) : allEntries(project, library);
  lap('summarise');
  const { effects } = closeOverAll(library, entries);
  lap('analyse');
  return {
    files: coverage.filesParsed,
    failed: coverage.filesFailed.length,
    entries: entries.length,
    effects: effects.length,
  };
}
