/**
 * Measures the check against labels/*.yaml. Prints every disagreement, then the tables; --write puts the tables into
 * docs/accuracy.md as well.
 *
 * Usage: main.ts <folder with a checkout of each labelled project> [--write | --only <name of one project>]
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Effect } from '@agent-readiness/protocol';
import { runCheck } from '../../src/actions/check.ts';
import { compare, type Disagreement, type Outcome, type Site } from './compare.ts';
import { readLabels, type Labels } from './labels.ts';
import { toTables, type Measured } from './tables.ts';
import { attributes } from './tally.ts';
import { withWiredAgents } from './wiring.ts';

const silent = { start: () => undefined, update: () => undefined, stop: () => undefined };
const page = join(import.meta.dirname, '../../../docs/accuracy.md');

const { values, positionals } = parseArgs({
  options: { write: { type: 'boolean', default: false }, only: { type: 'string' } },
  allowPositionals: true,
});
const [folder] = positionals;
if (folder === undefined) throw new Error('Name the folder that holds a checkout of each labelled project.');

const measured: Measured[] = [];
for (const labels of readLabels(join(import.meta.dirname, 'labels'))) {
  const name = labels.project.replace(/^.*\//, '');
  if ((values.only ?? name) === name) measured.push(await measure(labels, join(resolve(folder), name)));
}
const tables = toTables(measured);
print(`\n${tables}`);
if (values.write && values.only === undefined) writeTables(tables);

async function measure(labels: Labels, startDir: string): Promise<Measured> {
  requireCheckout(startDir, labels);
  const report = await withWiredAgents(join(startDir, labels.folder ?? ''), labels.agents, (folder) =>
    runCheck(
      { startDir: folder, progress: silent },
      { sourceDirs: [], agents: [], allVersions: false, failOn: 'high' },
    ),
  );
  const { outcomes, disagreements } = compare(labels, report);
  for (const each of disagreements) print(`ACTION     ${nameOf(each)}: ${each.problem}`);
  for (const line of outcomes.flatMap(describe)) print(line);
  const { project, commit, agents } = labels;
  const actions = agents.reduce((sum, agent) => sum + agent.actions.length, 0);
  return { project, commit, agents: agents.length, actions, outcomes };
}

/** Labels are facts about one commit: the lines and effects of another one prove nothing. */
function requireCheckout(startDir: string, { project, commit, folder = '', agents }: Labels): void {
  if (!existsSync(startDir)) {
    throw new Error(`No checkout of ${project}: git clone https://github.com/${project} ${startDir}`);
  }
  const head = execFileSync('git', ['-C', startDir, 'rev-parse', 'HEAD'], { encoding: 'utf8' }).trim();
  if (head !== commit) throw new Error(`${project} was labelled at ${commit}, but ${startDir} is at ${head}.`);
  for (const { evidence } of agents.flatMap(({ actions }) => actions).flatMap(({ effects }) => effects)) {
    const [, file = '', line] = /^(.*):(\d+)$/.exec(evidence) ?? [];
    const path = join(startDir, folder, file);
    if (!existsSync(path) || readFileSync(path, 'utf8').split('\n').length < Number(line)) {
      throw new Error(`${project} has no line ${evidence}.`);
    }
  }
}

/** What a reader of the labels has to look at: nothing for an effect found as labelled. */
function describe(outcome: Outcome): string[] {
  const { operation, object, reach } = outcome.kind === 'miss' ? outcome.label : outcome.effect;
  const where = `${nameOf(outcome)}: ${operation} ${object} ${reach}`;
  switch (outcome.kind) {
    case 'platform':
      return [];
    case 'ruled-out':
      return [`RULED OUT  ${where}`];
    case 'miss':
      return [`MISS       ${where}`, `           ${outcome.label.evidence} ${outcome.label.why}`];
    case 'extra':
      return [`EXTRA      ${where}`, ...placesOf(outcome.effect)];
    case 'hit': {
      const differing = attributes.filter(([, agrees]) => agrees(outcome.label, outcome.effect) === false);
      if (differing.length === 0) return [];
      const names = differing.map(([name]) => name).join(', ');
      return [`DIFFERS    ${where} in ${names}; labelled at ${outcome.label.evidence}`, ...placesOf(outcome.effect)];
    }
  }
}

function placesOf({ path }: Effect): string[] {
  return path.map(({ file, line, label }) => `           ${file}:${line} ${label}`);
}

function nameOf({ project, agent, topic, action }: Site | Disagreement): string {
  return `${project} ${[agent, topic, action].filter((part) => part !== '').join('.')}`;
}

function writeTables(text: string): void {
  const current = readFileSync(page, 'utf8');
  const parts = /^([^]*<!-- tables -->\n)[^]*(\n<!-- end of tables -->[^]*)$/.exec(current);
  if (!parts) throw new Error('docs/accuracy.md has lost the marks between which the tables stand.');
  const [, before = '', after = ''] = parts;
  writeFileSync(page, `${before}\n${text}\n${after}`);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
