/**
 * Looks for classes that together reach a given number of classes of a project, and prints their names. Those
 * that reach too much by themselves are passed over.
 *
 * Usage: node --conditions=source chooseClasses.mjs <project> <number of classes>
 */
import { createApexParser } from '../../sf-plugin/src/extract/apex/parser.ts';
import { CoverageLog } from '../../sf-plugin/src/extract/coverage.ts';
import { SourceLibrary } from '../../sf-plugin/src/extract/library/sourceLibrary.ts';
import { openProject } from '../../sf-plugin/src/extract/project/openProject.ts';
import { classEntries, closeOverAll } from './entries.mjs';
import { grammar } from './measured.mjs';

const [folder, wanted] = process.argv.slice(2);
const parser = await createApexParser(grammar);
const project = openProject(folder, []);
const chosen = [];
let reached = new Set();
for (const { name } of project.index.all('apexClass')) {
  const more = reachOf([...chosen, name]);
  if (!more || more.size === reached.size) continue;
  chosen.push(name);
  reached = more;
  if (reached.size === Number(wanted)) break;
}
process.stdout.write(JSON.stringify({ classes: chosen, reached: reached.size }));

/** The classes that are parsed; `undefined` where they are too many. */
function reachOf(names) {
  const parsed = new Set();
  const tooMany = new Error('too many');
  const coverage = new CoverageLog();
  coverage.parsed = (file) => {
    if (file.endsWith('.cls')) parsed.add(file);
    if (parsed.size > Number(wanted)) throw tooMany;
  };
  const library = new SourceLibrary(project, coverage, parser);
  try {
    const entries = classEntries(names, library);
    closeOverAll(library, entries);
    // Of interfaces and tests there is nothing to call.
    return classEntries(names.slice(-1), library).length > 0 ? parsed : undefined;
  } catch (error) {
    if (error !== tooMany) throw error;
    return undefined;
  }
}
