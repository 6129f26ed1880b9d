/**
 * Measures masking and guardrails with the scorers and data of a benchmark folder (bench, adv, presidio-metric,
 * roundtrip, stream-demask, guard-bench), as in docs/masking.md and docs/guardrails.md. Figures only; the folder
 * is not part of this repository.
 *
 * Usage: node scripts/bench/measureSafeguards.mjs FOLDER
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Usage: node scripts/bench/measureSafeguards.mjs FOLDER');
const underTest = join(import.meta.dirname, 'safeguards.mjs');

const runs = [
  ['bench.mjs', '--data', 'presidio_synth_v2.json', '--detector', underTest],
  ['bench.mjs', '--data', 'data/wnut_emerging.test.conll', '--detector', underTest],
  ['bench.mjs', '--data', 'data/neg.json', '--detector', underTest],
  ['adv.mjs', underTest],
  ['presidio-metric.mjs', underTest],
  ['roundtrip.mjs', underTest],
  ['stream-demask.mjs', underTest],
  ['guard-bench.mjs', underTest],
];

for (const [script, ...args] of runs) {
  process.stdout.write(`\n## ${[script, ...args.filter((arg) => arg !== underTest)].join(' ')}\n\n`);
  const options = ['--conditions=source', '--disable-warning=ExperimentalWarning'];
  const { status } = spawnSync(process.execPath, [...options, join(folder, script), ...args], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
