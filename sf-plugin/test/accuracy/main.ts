/**
 * Measures the check against labels/*.yaml and prints every miss and every extra; --write also puts the tables into
 * docs/accuracy.md.
 *
 * Usage: main.ts <folder with a checkout of each labelled project> [--write]
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Place } from '@agent-readiness/protocol';
import { runCheck } from '../../src/actions/check.ts';
import { compare, type Disagreement, type Outcome, type Site } from './compare.ts';
import { readLabels, type Labels } from './labels.ts';
import { toTables, type Measured } from './tables.ts';

const silent = { start: () => undefined, update: () => undefined, stop: () => undefined };
const page = join(import.meta.dirname, '../../../docs/accuracy.md');

const { values, positionals } = parseArgs({
  options: { write: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const [folder] = positionals;
if (folder === undefined) throw new Error('Name the folder that holds a checkout of each labelled project.');

const measured: Measured[] = [];
for (const labels of readLabels(join(import.meta.dirname, 'labels')))
  measured.push(await measure(labels, resolve(folder)));
const tables = toTables(measured);
process.stdout.write(`${tables}\n`);
if (values.write) writeTables(tables);

async function measure(labels: Labels, checkouts: string): Promise<Measured> {
  const startDir = join(checkouts, labels.project.slice(labels.project.indexOf('/') + 1));
  requireCommit(startDir, labels);
  const report = await runCheck(
    { startDir, progress: silent },
    { sourceDirs: [], agents: [], allVersions: false, failOn: 'high' },
  );
  const { actions, outcomes, disagreements } = compare(labels, report);
  for (const each of disagreements) process.stdout.write(`${describeDisagreement(each)}\n`);
  for (const each of outcomes.filter(({ kind }) => kind !== 'hit')) process.stdout.write(`${describe(each)}\n`);
  return { project: labels.project, commit: labels.commit, agents: labels.agents.length, actions, outcomes };
}

/** Labels are facts about one commit: line numbers and effects of another one prove nothing. */
function requireCommit(startDir: string, { project, commit }: Labels): void {
  if (!existsSync(startDir))
    throw new Error(`No checkout of ${project}: git clone https://github.com/${project} ${startDir}`);
  const head = execFileSync('git', ['-C', startDir, 'rev-parse', 'HEAD'], { encoding: 'utf8' }).trim();
  if (head !== commit) throw new Error(`${project} was labelled at ${commit}, but ${startDir} is at ${head}.`);
}

function describeDisagreement(disagreement: Disagreement): string {
  return `ACTION  ${nameOf(disagreement)}: ${disagreement.problem}`;
}

function describe(outcome: Outcome): string {
  const { operation, object, reach } = outcome.kind === 'miss' ? outcome.label : outcome.effect;
  const evidence =
    outcome.kind === 'miss'
      ? `${outcome.label.evidence}, ${outcome.label.why}`
      : outcome.effect.path.map((hop) => `${hop.label} (${positionOf(hop)})`).join(' → ');
  return `${outcome.kind.toUpperCase().padEnd(7)} ${nameOf(outcome)}: ${operation} ${object} ${reach}\n        ${evidence}`;
}

function nameOf({ project, agent, topic, action }: Site): string {
  return `${project} ${[agent, topic, action].filter((part) => part !== '').join('.')}`;
}

function positionOf({ file, line }: Place): string {
  return `${file}:${line}`;
}

function writeTables(text: string): void {
  const current = readFileSync(page, 'utf8');
  const replaced = current.replace(
    /(<!-- tables -->\n)[^]*(\n<!-- end of tables -->)/,
    (_, start, end) => `${start}\n${text}\n${end}`,
  );
  if (replaced === current && !current.includes(text)) throw new Error('docs/accuracy.md has lost its markers.');
  writeFileSync(page, replaced);
}
