/**
 * Checks the Salesforce sources of projects as far as that goes without an org, and prints what is wrong with its place.
 * Ends with 1 if anything is. Needs a Java development kit (17 or later).
 *
 * Usage: node scripts/salesforce/checkSalesforce.mjs [project ...], without one the kit's own and the sample agent
 */
import { globSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { compilerCheck } from './compilerCheck.mjs';
import { filterCheck } from './filterCheck.mjs';
import { formatCheck } from './formatCheck.mjs';
import { here } from './java.mjs';
import { createMetadataCheck } from './metadataCheck.mjs';
import { pmdCheck } from './pmdCheck.mjs';
import { formatProblem } from './problem.mjs';
import { referenceCheck } from './referenceCheck.mjs';
import { typeCheck } from './typeCheck.mjs';

/** The sample agent does deliberately what PMD warns of. */
const NOT_FOR_PMD = /\/orderCare\//;

/**
 * @param {string} project folder with sfdx-project.json
 * @returns {Promise<import('./problem.mjs').Problem[]>} sorted by place
 */
export async function checkSalesforce(project) {
  const apex = globSync('force-app/**/*.{cls,trigger}', { cwd: project }).sort();
  const problems = [
    ...typeCheck(project, apex),
    ...compilerCheck(
      project,
      apex.filter((file) => file.endsWith('.cls')),
    ),
    ...filterCheck(project, apex),
    ...checkMetadata(project),
    ...(await formatCheck(project, apex)),
    ...(await pmdCheck(
      project,
      apex.filter((file) => !NOT_FOR_PMD.test(file)),
    )),
  ];
  return problems.sort(
    (a, b) => a.file.localeCompare(b.file, 'en') || a.line - b.line || (a.message < b.message ? -1 : 1),
  );
}

/**
 * The part that needs no Java.
 *
 * @param {string} project folder with sfdx-project.json
 * @returns {import('./problem.mjs').Problem[]}
 */
export function checkMetadata(project) {
  const metadata = globSync('force-app/**/*-meta.xml', { cwd: project }).sort();
  const metadataCheck = createMetadataCheck();
  return [...referenceCheck(project), ...metadata.flatMap((file) => metadataCheck(project, file))];
}

if (process.argv[1] && resolve(process.argv[1]) === join(here, 'checkSalesforce.mjs')) {
  const root = dirname(dirname(here));
  const projects = process.argv.length > 2 ? process.argv.slice(2) : [root, join(root, 'examples/order-care')];
  for (const project of projects) {
    const problems = await checkSalesforce(resolve(project));
    for (const { file, ...rest } of problems) {
      console.log(formatProblem({ file: relative(process.cwd(), join(resolve(project), file)), ...rest }));
    }
    if (problems.length > 0) process.exitCode = 1;
  }
}
