import type { ChosenBy } from '@agent-readiness/protocol';
import type { CollectionProcessor, FlowElement, RecordLookup, Step, Transform } from '../../extract/flow/flowFacts.ts';
import { lessTrusted } from '../lattice.ts';
import { assign, withValue, write, type LoopSources } from './assign.ts';
import { chooserOfFilters, selectedBy } from './filters.ts';
import type { FlowLookups } from './flowLookups.ts';
import { objectOf, referencesOf, type Scope, type State } from './scope.ts';
import { plus, smaller, type Size } from './size.ts';
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

/** Action types whose answer a model writes. */
const modelAction = /^(?:generate|summari[sz]e|getOrExec|execute.*agent)/i;

/** What holds after an element has run, `runs` times at most. */
export function execute(element: FlowElement, state: State, runs: Size, setting: Setting): State {
  const { scope, loops } = setting;
  const own = element.name.toLowerCase();
  switch (element.kind) {
    case 'assignment':
      return element.items.reduce((now, item) => assign(item, now, scope, runs, loops), state);
    case 'create': {
      const id = scalar('derived');
      const known = withValue(fill(element.outputs, id, state, scope), own, id);
      return element.inputReference === undefined ? known : write(`${element.inputReference}.Id`, id, known, scope);
    }
    case 'lookup':
      return lookUp(element, state, setting);
    case 'loop': {
      const item = itemOf(scope.read(state, element.collection));
      const known = withValue(state, own, item);
      return element.variable === undefined ? known : write(element.variable, item, known, scope);
    }
    case 'transform':
      return withValue(
        fill(element.outputs, foreignValue('model', '*', true), state, scope),
        own,
        transformed(element, state, scope),
      );
    case 'processor':
      return runProcessor(element, state, scope);
    case 'step':
      return runStep(element, state, setting);
    case 'unknown':
      return scope.anything;
    case 'update':
    case 'delete':
    case 'decision':
      return state;
  }
}

function fill(outputs: readonly string[], value: Value, state: State, scope: Scope): State {
  return outputs.reduce((now, path) => write(path, value, now, scope), state);
}

function lookUp(element: RecordLookup, state: State, { scope, lookups }: Setting): State {
  const { outputReference, outputs, where, firstOnly } = element;
  const object =
    element.object ?? (outputReference === undefined ? '*' : (scope.read(state, outputReference).object ?? '*'));
  const limit = scope.evaluate(state, element.limit).constant;
  const atMost = firstOnly ? 1 : typeof limit === 'number' && limit > 0 ? limit : 'unbounded';
  const found: Value = {
    ...emptyValue(object, !firstOnly),
    content: 'stored',
    chosenBy: chooserOfFilters(where, state, scope),
    parts: sized(smaller(atMost, selectedBy(where, object, state, scope, lookups))),
  };
  const known = withValue(state, element.name.toLowerCase(), found);
  const filled = fill(outputs, scalar(found.chosenBy), known, scope);
  return outputReference === undefined ? filled : write(outputReference, found, filled, scope);
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

/** A transform makes one item for each item of the collections that it maps. */
function sizeOfTransform(mappings: Transform['mappings'], state: State, scope: Scope): Size {
  if (mappings.some(({ type }) => type === 'InnerJoin' || type === 'InvocableAction')) return 'unbounded';
  const sources = new Set(
    mappings
      .flatMap(({ value }) => referencesOf(value))
      .flatMap((path) => (path.includes('[$EachItem]') ? [path.slice(0, path.lastIndexOf('[$EachItem]'))] : [])),
  );
  return [...sources].map((path) => sizeOf(scope.read(state, path))).reduce(plus, 0);
}

function runProcessor(element: CollectionProcessor, state: State, scope: Scope): State {
  const { collection, variable, references, outputObject } = element;
  const source = scope.read(state, collection);
  const chosenBy = references.map((path) => chooserOf(scope.read(state, path))).reduce(lessTrusted, source.chosenBy);
  const size = smaller(sizeOf(source), element.limit ?? 'unbounded');
  const result: Value = {
    ...source,
    chosenBy,
    parts: sized(size),
    // A recommendation map builds new records out of the items, in ways that are not read.
    ...(outputObject !== undefined && { object: outputObject, content: 'foreign' as const }),
  };
  let known = withValue(state, element.name.toLowerCase(), result);
  if (variable !== undefined) known = write(variable, itemOf(source), known, scope);
  // A sort works on the collection itself.
  return element.type === 'SortCollectionProcessor' ? write(collection, result, known, scope) : known;
}

function runStep(element: Step, state: State, { scope, lookups }: Setting): State {
  const own = element.name.toLowerCase();
  const chosenBy = chooserOfResults(element, state, scope);
  let known = fill(element.outputs, foreignValue(chosenBy, '*', true), state, scope);
  known = withValue(known, own, foreignValue(chosenBy, '*', true));
  for (const call of element.calls) {
    const callee = element.tag === 'subflows' ? lookups.flow(call.name) : undefined;
    for (const variable of callee?.variables ?? []) {
      const result = foreignValue(chosenBy, objectOf(variable), variable.isCollection);
      if (variable.isOutput) known = withValue(known, `${own}.${variable.name.toLowerCase()}`, result);
    }
  }
  return known;
}

/** Whoever fills a screen is as little known as the model; a callee works its results out of its inputs. */
function chooserOfResults({ tag, calls }: Step, state: State, scope: Scope): ChosenBy {
  if (tag === 'screens' || calls.some(({ type }) => modelAction.test(type))) return 'model';
  return calls
    .flatMap(({ inputs }) => inputs.map(({ value }) => chooserOf(scope.evaluate(state, value))))
    .reduce(lessTrusted, 'derived');
}
