/**
 * Plants mistakes in a copy of the Salesforce sources and says which of them the checks catch. Ends with 1 when one is
 * not caught that should be. Takes two minutes and needs a Java development kit; `metadata` plants only those in
 * metadata, takes seconds, and needs none.
 */
import { ensureInstalled, root } from '../shared/install.mjs';

ensureInstalled('scripts/salesforce', { ignoreScripts: true });
const { checkMetadata, checkSalesforce } = await import('../salesforce/checkSalesforce.mjs');
const { formatProblem } = await import('../salesforce/problem.mjs');
const { mistakes: all } = await import('../salesforce/planted/mistakes.mjs');
const { withMistakes } = await import('../salesforce/planted/plant.mjs');

const isPart = process.argv[2] === 'metadata';
const mistakes = all.filter(({ file }) => !isPart || file.endsWith('-meta.xml'));
const failures = await withMistakes(root, mistakes, async (copy) => {
  const problems = isPart ? checkMetadata(copy) : await checkSalesforce(copy);
  return mistakes.filter((mistake) => {
    const said = problems.filter(({ file, check }) => file === mistake.file && check !== 'format').map(formatProblem);
    const isCaught = mistake.caught !== null && said.some((line) => line.includes(mistake.caught));
    console.log(`${isCaught ? 'caught' : 'missed'}  ${mistake.name}`);
    // What is said of a mistake that nobody was expected to catch means that the table is out of date.
    const isAsExpected = mistake.caught === null ? said.length === 0 : isCaught;
    if (!isAsExpected) for (const line of said) console.log(`        ${line}`);
    return !isAsExpected;
  });
});
const caught = mistakes.filter((mistake) => mistake.caught !== null && !failures.includes(mistake)).length;
console.log(`${caught} of ${mistakes.length} mistakes caught`);
process.exit(failures.length === 0 ? 0 : 1);
