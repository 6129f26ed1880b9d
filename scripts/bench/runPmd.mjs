/**
 * Runs the PMD engine of Code Analyzer, with its recommended rules for Apex, over the classes and triggers of a
 * project. Needs Java 11 or later.
 *
 * Usage: node --conditions=source runPmd.mjs <project>
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import engineApi from '@salesforce/code-analyzer-engine-api';
import pmd from '@salesforce/code-analyzer-pmd-engine';
import { openProject } from '../../sf-plugin/src/extract/project/openProject.ts';
import { apexFiles, measured } from './measured.mjs';

const [folder] = process.argv.slice(2);
const workingFolder = mkdtempSync(join(tmpdir(), 'pmd-'));
try {
  await measured(run, childCpuMs);
} finally {
  rmSync(workingFolder, { recursive: true, force: true });
}

async function run() {
  const { index, root } = openProject(folder, []);
  const files = apexFiles(index).map(({ path }) => join(root, path));
  const workspace = new engineApi.Workspace('bench', files);
  const options = { logFolder: workingFolder, workingFolder, workspace };
  const plugin = pmd.createEnginePlugin();
  const extractor = new engineApi.ConfigValueExtractor({}, 'engines.pmd', workingFolder);
  const engine = await plugin.createEngine('pmd', await plugin.createEngineConfig('pmd', extractor));
  const rules = (await engine.describeRules(options)).filter(({ tags }) => {
    const own = tags.map((tag) => tag.toLowerCase());
    return own.includes('recommended') && own.includes('apex');
  });
  const { violations } = await engine.runRules(
    rules.map(({ name }) => name),
    options,
  );
  return { files: files.length, rules: rules.length, violations: violations.length, threads: availableParallelism() };
}

/** What the processes that this one started and waited for have used; Linux tells, others do not. */
function childCpuMs() {
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ');
    const ticks = Number(fields[13]) + Number(fields[14]);
    return ticks * 10;
  } catch {
    return 0;
  }
}
