/**
 * Analyses a project as if an agent could reach all of it: every method of every class that is not a
 * test, every trigger on each of its events and every flow are called by one action. For the
 * benchmark alone; the check starts at the agents.
 *
 * Usage: node --conditions=source everything.mjs <project> [key file of the caches]
 */
import { openCaches } from '../../sf-plugin/src/actions/openCaches.ts';
import { rememberedReport } from '../../sf-plugin/src/actions/rememberedReport.ts';
import { closeOver } from '../../sf-plugin/src/effects/closure.ts';
import { createExpander } from '../../sf-plugin/src/effects/createExpander.ts';
import { createApexParser } from '../../sf-plugin/src/extract/apex/parser.ts';
import { CoverageLog } from '../../sf-plugin/src/extract/coverage.ts';
import { SourceLibrary } from '../../sf-plugin/src/extract/library/sourceLibrary.ts';
import { openProject } from '../../sf-plugin/src/extract/project/openProject.ts';
import { grammar, measured } from './measured.mjs';

const [folder, secretFile] = process.argv.slice(2);
const everything = { kind: 'opaque', type: 'benchmark', name: 'everything' };
const nowhere = { file: 'benchmark', line: 1, column: 1 };

await measured(async (lap) => {
  const project = openProject(folder, []);
  const caches = secretFile ? openCaches(project.root, grammar, secretFile) : undefined;
  lap('open');
  if (!caches) return analyse(project, undefined, lap);
  return rememberedReport(caches.reports, project, {}, (recorded) => analyse(recorded, caches.summaries, lap));
});

async function analyse(project, cache, lap) {
  const coverage = new CoverageLog();
  const library = new SourceLibrary(project, coverage, await createApexParser(grammar), cache);
  const entries = [...classEntries(project, library), ...triggerEntries(library), ...flowEntries(project)];
  lap('summarise');
  const expand = createExpander(library);
  const { effects } = closeOver(action(), everything, (callable, context, site) =>
    callable === everything ? { effects: [], calls: entries.map(toCall), pruned: [] } : expand(callable, context, site),
  );
  lap('analyse');
  return {
    files: coverage.filesParsed,
    failed: coverage.filesFailed.length,
    entries: entries.length,
    effects: effects.length,
  };
}

function classEntries({ index }, { apex }) {
  return index.all('apexClass').flatMap(({ name }) => methodsOf(apex.classNamed(name)?.type));
}

function methodsOf(type) {
  if (!type || type.isTest) return [];
  const own = type.methods
    .filter(({ body, isTest }) => body && !isTest)
    .map(({ name, parameters }) => ({
      kind: 'apex-method',
      name: type.name,
      method: name,
      signature: parameters.map((each) => each.type).join(','),
    }));
  return [...own, ...type.inner.flatMap(methodsOf)];
}

function triggerEntries({ apex }) {
  return apex
    .triggers()
    .flatMap(({ trigger }) => trigger?.events.map((event) => ({ kind: 'trigger', name: trigger.name, event })) ?? []);
}

function flowEntries({ index }) {
  return index.all('flow').map(({ name }) => ({ kind: 'flow', name }));
}

function toCall(callee) {
  const context = {
    identity: callee.kind === 'flow' ? 'user' : 'system-with-sharing',
    isEntry: callee.kind === 'flow',
    inputs: {},
    otherInputs: 'model',
  };
  return { callee, context, cause: 'call', certainty: 'proven', place: nowhere, label: callee.name };
}

function action() {
  return {
    name: 'Everything',
    aliases: [],
    topic: '',
    role: 'action',
    place: nowhere,
    target: { type: 'benchmark', name: 'everything', place: nowhere },
    confirmation: { kind: 'none' },
    bindings: [{ place: nowhere, invocation: 'model', gate: 'none', inputs: [], path: [] }],
  };
}
