/**
 * Usage: node --conditions=source sf-plugin/scripts/generate.mjs [--check]     (npm run generate calls it)
 *
 * Writes what is derived from the sources: the JSON Schemas of the results, the command snapshot, the
 * command section of the README, the script and style of the HTML report, and the pages of the rules. With --check it writes
 * nothing and fails if a file would change.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { effectDiffSchema, reportSchema } from '@agent-readiness/protocol';
import { z } from 'zod';
import ReadinessCheck from '../src/commands/readiness/check.ts';
import ReadinessDiff from '../src/commands/readiness/diff.ts';
import ReadinessExplain from '../src/commands/readiness/explain.ts';
import ReadinessMcp from '../src/commands/readiness/mcp.ts';
import ReadinessPolicyInit from '../src/commands/readiness/policy/init.ts';
import { policyJsonSchema } from '../src/policy/config/schema.ts';
import { explanationSchema } from '../src/report/explain/explanation.ts';
import { pageModule } from './bundlePage.mjs';
import { readmeSection } from './readmeSection.mjs';
import { rulePagesModule } from './rulePages.mjs';

const root = new URL('../', import.meta.url);
const read = (path) => readFileSync(new URL(path, root), 'utf8');
const plugin = JSON.parse(read('package.json'));
const commands = new Map([
  ['readiness check', ReadinessCheck],
  ['readiness explain', ReadinessExplain],
  ['readiness diff', ReadinessDiff],
  ['readiness policy init', ReadinessPolicyInit],
  ['readiness mcp', ReadinessMcp],
]);

const generated = new Map([
  ['schemas/readiness-check.json', json({ title: 'sf readiness check', ...z.toJSONSchema(reportSchema) })],
  ['schemas/readiness-explain.json', json({ title: 'sf readiness explain', ...z.toJSONSchema(explanationSchema) })],
  ['schemas/readiness-diff.json', json({ title: 'sf readiness diff', ...z.toJSONSchema(effectDiffSchema) })],
  ['schemas/readiness-config.json', json({ title: 'readiness.config.yaml', ...policyJsonSchema })],
  ['command-snapshot.json', json([...commands].map(([id, command]) => snapshot(id, command)))],
  ['README.md', readme(read('README.md'))],
  ['src/report/html/page.ts', await pageModule()],
  ['src/rules/pages.ts', rulePagesModule()],
]);

const changed = [...generated].filter(([path, text]) => text !== readIfThere(path)).map(([path]) => path);
if (process.argv.includes('--check')) {
  for (const path of changed) console.error(`sf-plugin/${path} differs from its source: run "npm run generate".`);
  process.exitCode = changed.length === 0 ? 0 : 1;
} else {
  for (const path of changed) writeFileSync(new URL(path, root), generated.get(path));
}

/** What may not change by accident, in the shape that the field's snapshot tools use. */
function snapshot(id, { flags, baseFlags, aliases = [], enableJsonFlag }) {
  const all = Object.entries({ ...(enableJsonFlag && { json: {} }), ...baseFlags, ...flags });
  return {
    alias: aliases,
    command: id.replaceAll(' ', ':'),
    flagAliases: all.flatMap(([, flag]) => flag.aliases ?? []).sort(),
    flagChars: all.flatMap(([, flag]) => flag.char ?? []).sort(),
    flags: all.map(([name]) => name).sort(),
    plugin: plugin.name,
  };
}

function readme(text) {
  const sections = [...commands].map(([id, command]) => readmeSection(id, command)).join('\n');
  const [open, close] = ['<!-- commands -->', '<!-- commandsstop -->'];
  const [before, rest] = text.split(open);
  const [, after] = rest.split(close);
  return `${before}${open}\n<!-- prettier-ignore-start -->\n\n${sections}\n<!-- prettier-ignore-end -->\n${close}${after}`;
}

function json(value) {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function readIfThere(path) {
  try {
    return read(path);
  } catch {
    return undefined;
  }
}
