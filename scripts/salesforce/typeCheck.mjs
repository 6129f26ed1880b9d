import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { here, runJava } from './java.mjs';
import { queryProbes } from './queryProbes.mjs';

const PROBE = 'QueryFieldProbes';
const META = `<?xml version="1.0" encoding="UTF-8"?>
<ApexClass xmlns="http://soap.sforce.com/2006/04/metadata"><apiVersion>65.0</apiVersion><status>Active</status></ApexClass>
`;

/**
 * Checks the types of all Apex of a project (apex-ls), and the fields that its queries name.
 *
 * @param {string} project folder with sfdx-project.json
 * @param {string[]} files classes and triggers, relative to it
 * @returns {import('./problem.mjs').Problem[]}
 */
export function typeCheck(project, files) {
  const copy = realpathSync(mkdtempSync(join(tmpdir(), 'type-check-')));
  try {
    const { packageDirectories } = JSON.parse(readFileSync(join(project, 'sfdx-project.json'), 'utf8'));
    for (const path of ['sfdx-project.json', ...packageDirectories.map(({ path }) => path)]) {
      cpSync(join(project, path), join(copy, path), { recursive: true });
    }
    const probes = files.flatMap((file) => probesOf(project, file));
    const folder = join(copy, packageDirectories[0].path);
    writeFileSync(join(folder, `${PROBE}.cls`), probeClass(probes));
    writeFileSync(join(folder, `${PROBE}.cls-meta.xml`), META);
    return issuesOf(copy).map(({ path, line, message }) => {
      const probe = path.endsWith(`${PROBE}.cls`) ? probes[line - 2] : undefined;
      if (probe) return { check: 'query', file: probe.file, line: probe.line, message };
      return { check: 'types', file: relative(copy, path), line, message };
    });
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** A file with a syntax error has no probes; the type check names the error. */
function probesOf(project, file) {
  const source = readFileSync(join(project, file), 'utf8');
  try {
    return queryProbes(source, file.endsWith('.trigger')).map((probe) => ({ file, ...probe }));
  } catch {
    return [];
  }
}

/** One method for each probe, one line for each method: the line of an issue says which probe it is. */
function probeClass(probes) {
  const methods = probes.map(
    ({ object, expression }, index) => `  void p${index}(${object} o) { Object x = ${expression}; }`,
  );
  return [`public class ${PROBE} {`, ...methods, '}', ''].join('\n');
}

function issuesOf(project) {
  const jars = join(here, 'node_modules/@salesforce/code-analyzer-pmd-engine/dist/java-lib/*');
  const main = 'io.github.apexdevtools.apexls.CheckForIssues';
  // Exit code 4 says that there are issues.
  const { stdout } = runJava(['-cp', jars, main, '-w', project, '-n', '-d', 'warnings', '-f', 'json'], [0, 4]);
  const { files } = JSON.parse(stdout);
  return files.flatMap(({ path, messages }) =>
    messages.map(({ start, message }) => ({ path, line: start.line, message })),
  );
}
