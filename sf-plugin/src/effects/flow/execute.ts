import type { ChosenBy } from '@agent-readiness/protocol';
import type { CollectionProcessor, FlowElement, RecordLookup, Step, Transform } from '../../extract/flow/flowFacts.ts';
import { lessTrusted } from '../lattice.ts';
import { assign, write, type Draft, type LoopSources } from './assign.ts';
import { chooserOfFilters, selectedBy } from './filters.ts';
import type { FlowLookups } from './flowLookups.ts';
import { objectOf, referencesOf, type Scope, type State } from './scope.ts';
import { plus, smaller, type Size } from '../size.ts';
import {
  chooserOf,
  emptyValue,
  foreignValue,
  itemOf,
  scalar,
  sized,
  sizeOf,
  type FieldValue,
  type Value,
} from './value.ts';

/** What an element finds around it. */
export interface Setting {
  readonly scope: Scope;
  readonly lookups: FlowLookups;
  readonly loops: LoopSources;
}

/** What stands for the items of a collection in a reference. */
const eachItem = '[$EachItem]';

/** Action types whose answer a model writes. */
const modelAction = /^(?:generate|summari[sz]e|getOrExec|execute.*agent)/i;

/** What holds after an element has run, `runs` times at most. */
export function execute(element: FlowElement, state: State, runs: Size, setting: Setting): State {
  const { scope, loops } = setting;
  if (element.kind === 'update' || element.kind === 'delete' || element.kind === 'decision') return state;
  if (element.kind === 'unknown') return scope.anything;
  const draft: Draft = new Map(state);
  const own = element.name.toLowerCase();
  switch (element.kind) {
    case 'assignment':
      for (const item of element.items) assign(item, draft, scope, runs, loops);
      break;
    case 'create':
      draft.set(own, scalar('derived'));
      fill(element.outputs, scalar('derived'), draft, scope);
      if (element.inputReference !== undefined) write(`${element.inputReference}.Id`, scalar('derived'), draft, scope);
      break;
    case 'lookup':
      lookUp(element, draft, setting);
      break;
    case 'loop': {
      const item = itemOf(scope.read(state, element.collection));
      draft.set(own, item);
      if (element.variable !== undefined) write(element.variable, item, draft, scope);
      break;
    }
    case 'transform':
      draft.set(own, transformed(element, state, scope));
      fill(element.outputs, foreignValue('model', '*', true), draft, scope);
      break;
    case 'processor':
      runProcessor(element, draft, scope);
      break;
    case 'step':
      runStep(element, draft, setting);
      break;
  }
  return draft;
}

function fill(outputs: readonly string[], value: Value, draft: Draft, scope: Scope): void {
  for (const path of outputs) write(path, value, draft, scope);
}

function lookUp(element: RecordLookup, draft: Draft, { scope, lookups }: Setting): void {
  const { outputReference, outputs, where, firstOnly } = element;
  const object = element.object ?? (outputReference && scope.read(draft, outputReference).object) ?? '*';
  const limit = scope.evaluate(draft, element.limit).constant;
  const atMost = firstOnly ? 1 : typeof limit === 'number' && limit > 0 ? limit : 'unbounded';
  const found: Value = {
    ...emptyValue(object, !firstOnly),
    content: 'stored',
    chosenBy: chooserOfFilters(where, draft, scope),
    parts: sized(smaller(atMost, selectedBy(where, object, draft, scope, lookups))),
  };
  draft.set(element.name.toLowerCase(), found);
  fill(outputs, scalar(lessTrusted('derived', found.chosenBy)), draft, scope);
  if (outputReference !== undefined) write(outputReference, found, draft, scope);
}

function transformed({ objectType, isCollection, mappings }: Transform, state: State, scope: Scope): Value {
  const fields = new Map<string, FieldValue>();
  let chosenBy: ChosenBy = mappings.some(({ name }) => name === '') ? 'derived' : 'constant';
  for (const { name, value } of mappings) {
    const chooser = chooserOf(scope.evaluate(state, value));
    if (name === '') chosenBy = lessTrusted(chosenBy, chooser);
    else
      fields.set(name.toLowerCase(), {
        name,
        chosenBy: lessTrusted(fields.get(name.toLowerCase())?.chosenBy ?? 'constant', chooser),
      });
  }
  return {
    ...emptyValue(objectType, isCollection),
    chosenBy,
    fields,
    ...(isCollection && { parts: sized(sizeOfTransform(mappings, state, scope)) }),
  };
}

/** A transform makes one item for each item of the collections that it maps; a join may make more. */
function sizeOfTransform(mappings: Transform['mappings'], state: State, scope: Scope): Size {
  const sources = new Set(
    mappings
      .flatMap(({ value }) => referencesOf(value))
      .flatMap((path) => (path.includes(eachItem) ? [path.slice(0, path.lastIndexOf(eachItem))] : [])),
  );
  const isJoin = mappings.some(({ type }) => type === 'InnerJoin' || type === 'InvocableAction');
  if (isJoin || sources.size === 0) return 'unbounded';
  return [...sources].map((path) => sizeOf(scope.read(state, path))).reduce(plus, 0);
}

function runProcessor(element: CollectionProcessor, draft: Draft, scope: Scope): void {
  const { collection, variable, references, outputObject } = element;
  const source = scope.read(draft, collection);
  const size = smaller(sizeOf(source), element.limit ?? 'unbounded');
  const result: Value = {
    ...source,
    chosenBy: references.map((path) => chooserOf(scope.read(draft, path))).reduce(lessTrusted, source.chosenBy),
    parts: sized(size),
    // A recommendation map builds new records out of the items, in ways that are not read.
    ...(outputObject !== undefined && { object: outputObject, content: 'foreign' as const }),
  };
  draft.set(element.name.toLowerCase(), result);
  if (variable !== undefined) write(variable, itemOf(source), draft, scope);
  // A sort works on the collection itself.
  if (element.type === 'SortCollectionProcessor') write(collection, result, draft, scope);
}

function runStep(element: Step, draft: Draft, { scope, lookups }: Setting): void {
  const own = element.name.toLowerCase();
  const chosenBy = chooserOfResults(element, draft, scope);
  draft.set(own, foreignValue(chosenBy, '*', true));
  fill(element.outputs, foreignValue(chosenBy, '*', true), draft, scope);
  for (const { parameter, object } of element.calls.flatMap(({ types }) => types)) {
    draft.set(`${own}.${parameter.toLowerCase()}`, foreignValue(chosenBy, object, true));
  }
  if (element.tag !== 'subflows') return;
  for (const variable of element.calls.flatMap(({ name }) => lookups.flow(name)?.variables ?? [])) {
    const result = foreignValue(chosenBy, objectOf(variable), variable.isCollection);
    if (variable.isOutput) draft.set(`${own}.${variable.name.toLowerCase()}`, result);
  }
}

/** Whoever fills a screen is as little known as the model; a callee works its results out of its inputs. */
function chooserOfResults({ tag, calls }: Step, state: State, scope: Scope): ChosenBy {
  if (tag === 'screens' || calls.some(({ type }) => modelAction.test(type))) return 'model';
  return calls
    .flatMap(({ inputs }) => inputs.map(({ value }) => chooserOf(scope.evaluate(state, value))))
    .reduce(lessTrusted, 'derived');
}
