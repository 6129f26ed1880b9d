/** Calls of parts of a project that no agent makes, for measuring what the analysis of them costs. */
import { closeOver } from '../../sf-plugin/src/effects/closure.ts';
import { createExpander } from '../../sf-plugin/src/effects/createExpander.ts';

const everything = { kind: 'opaque', type: 'benchmark', name: 'everything' };
const nowhere = { file: 'benchmark', line: 1, column: 1 };

/** What one action can do that makes all of the calls. */
export function closeOverAll(library, entries) {
  const expand = createExpander(library);
  return closeOver(action(), everything, (callable, context, site) =>
    callable === everything ? { effects: [], calls: entries.map(toCall), pruned: [] } : expand(callable, context, site),
  );
}

/** Every method, every trigger on each of its events and every flow. */
export function allEntries(project, library) {
  const names = project.index.all('apexClass').map(({ name }) => name);
  return [...classEntries(names, library), ...triggerEntries(library), ...flowEntries(project)];
}

/** Every method of some classes, other than tests. */
export function classEntries(names, { apex }) {
  return names.flatMap((name) => methodsOf(apex.classNamed(name)?.type));
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
