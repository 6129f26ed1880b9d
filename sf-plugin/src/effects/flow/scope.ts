import type { ChosenBy } from '@agent-readiness/protocol';
import type { FlowFacts, FlowResource, FlowValue, FlowVariable } from '../../extract/flow/flowFacts.ts';
import type { Constant } from '../../graph/agent.ts';
import { lessTrusted } from '../lattice.ts';
import type { AbstractValue, CallContext } from '../model.ts';
import type { FlowLookups } from './flowLookups.ts';
import { memberOf } from './member.ts';
import { fromAbstract } from './passedValue.ts';
import { parseReference } from './reference.ts';
import { chooserOf, constantValue, emptyValue, foreignValue, scalar, sized, type Value } from './value.ts';

/** What the variables and results hold at one point of a flow, by lower-case name. Never changed in place. */
export type State = ReadonlyMap<string, Value>;

/** The names of a flow and what they stand for. */
export interface Scope {
  /** What holds when the flow starts. */
  readonly initial: State;
  /** What holds where nothing is known of what ran before. */
  readonly anything: State;
  variable(root: string): FlowVariable | undefined;
  read(state: State, path: string): Value;
  evaluate(state: State, value: FlowValue): Value;
  /** What a value is worked out of, through constants, formulas and templates. */
  sourcesOf(value: FlowValue): readonly string[];
}

/** Who fills a global. One that is not listed may be filled by the caller, as `$Input` of a prompt flow is. */
const globals: ReadonlyMap<string, ChosenBy> = new Map<string, ChosenBy>([
  ['$user', 'linked'],
  ['$profile', 'linked'],
  ['$permission', 'linked'],
  ['$userrole', 'linked'],
  ['$organization', 'linked'],
  ['$api', 'derived'],
  ['$custommetadata', 'derived'],
  ['$flow', 'derived'],
  ['$label', 'derived'],
  ['$setup', 'derived'],
  ['$system', 'derived'],
]);
const globalConstants: ReadonlyMap<string, Constant> = new Map<string, Constant>([
  ['true', true],
  ['false', false],
  ['emptystring', ''],
]);
const recordGlobals = ['$record', '$record__prior'] as const;

export function createScope(facts: FlowFacts, context: CallContext, lookups: FlowLookups): Scope {
  const variables = new Map(facts.variables.map((variable) => [variable.name.toLowerCase(), variable]));
  const resources = new Map(facts.resources.map((resource) => [resource.name.toLowerCase(), resource]));
  const elements = new Set(facts.elements.map(({ name }) => name.toLowerCase()));
  const sources = new Map<string, readonly string[]>();

  const read = (state: State, path: string): Value => {
    const { root, member } = parseReference(path);
    if (root.startsWith('$') && !state.has(root)) return globalValue(root, member);
    const value = valueOf(state, root);
    if (member === '') return value;
    // A subflow's results are kept one by one, each with its own type.
    const dot = member.indexOf('.');
    const first = (dot === -1 ? member : member.slice(0, dot)).toLowerCase();
    const result = state.get(`${root}.${first}`);
    if (result) return dot === -1 ? result : memberOf(result, member.slice(dot + 1), lookups);
    return memberOf(value, member, lookups);
  };

  const valueOf = (state: State, root: string): Value => {
    const known = state.get(root);
    if (known) return known;
    const resource = resources.get(root);
    if (resource) return ofResource(state, resource);
    // An element that has not run yields nothing; a name that is not in the flow may be anything.
    return elements.has(root) ? constantValue(null) : foreignValue('model', '*', true);
  };

  const ofResource = (state: State, resource: FlowResource): Value => {
    if (resource.kind === 'user-input') return scalar('model');
    if (resource.value.kind === 'literal') return constantValue(resource.value.value);
    return scalar(worstOf(state, referencesOf(resource.value)));
  };

  const worstOf = (state: State, references: readonly string[]): ChosenBy =>
    references
      .flatMap(sourcesOfReference)
      .map((path) => chooserOf(read(state, path)))
      .reduce(lessTrusted, 'derived');

  /** What a reference comes down to. Formulas may name formulas, and themselves: each is looked at once. */
  const sourcesOfReference = (path: string): readonly string[] => {
    const known = sources.get(path);
    if (known) return known;
    const found: string[] = [];
    const seen = new Set([path]);
    // A set may grow while it is walked.
    for (const each of seen) {
      const { root } = parseReference(each);
      const resource = variables.has(root) ? undefined : resources.get(root);
      if (!resource || resource.kind === 'user-input') found.push(each);
      else for (const reference of referencesOf(resource.value)) seen.add(reference);
    }
    sources.set(path, found);
    return found;
  };

  const evaluate = (state: State, value: FlowValue): Value => {
    switch (value.kind) {
      case 'literal':
        return constantValue(value.value);
      case 'reference':
        return read(state, value.path);
      case 'computed':
        return scalar(worstOf(state, value.references));
      case 'list':
        return {
          ...scalar(worstOf(state, referencesOf(value))),
          isCollection: true,
          parts: sized(value.items.length),
        };
    }
  };

  const sourcesOf = (value: FlowValue): readonly string[] => referencesOf(value).flatMap(sourcesOfReference);
  const initial = initialState(facts, context, (value) => evaluate(new Map(), value));
  const anything = new Map([
    ...[...elements].map((root) => [root, foreignValue('model', '*', true)] as const),
    ...[...initial].map(([root, value]) => [root, foreignValue('model', value.object, value.isCollection)] as const),
  ]);
  return { initial, anything, variable: (root) => variables.get(root), read, evaluate, sourcesOf };
}

/** Everything a value is worked out of. */
export function referencesOf(value: FlowValue): readonly string[] {
  switch (value.kind) {
    case 'literal':
      return [];
    case 'reference':
      return [value.path];
    case 'computed':
      return value.references;
    case 'list':
      return value.items.flatMap(referencesOf);
  }
}

function globalValue(root: string, member: string): Value {
  if (root === '$globalconstant') return constantValue(globalConstants.get(member.toLowerCase()) ?? null);
  return scalar(globals.get(root) ?? 'model');
}

function initialState(facts: FlowFacts, context: CallContext, evaluate: (value: FlowValue) => Value): State {
  const inputs = new Map(Object.entries(context.inputs).map(([name, value]) => [name.toLowerCase(), value]));
  const state = new Map<string, Value>();
  for (const name of recordGlobals) {
    const chosenBy = inputs.get('$record')?.chosenBy ?? context.otherInputs;
    const record = foreignValue(lessTrusted('derived', chosenBy), facts.start.object ?? '*', false);
    state.set(name, { ...record, content: 'stored' });
  }
  for (const variable of facts.variables) {
    const root = variable.name.toLowerCase();
    const input = variable.isInput ? inputs.get(root) : undefined;
    state.set(root, startValue(variable, input, context.otherInputs, evaluate));
  }
  return state;
}

function startValue(
  variable: FlowVariable,
  input: AbstractValue | undefined,
  otherInputs: ChosenBy,
  evaluate: (value: FlowValue) => Value,
): Value {
  const { defaultValue, isCollection, isInput, dataType } = variable;
  const object = objectOf(variable);
  if (input) return ofDataType(fromAbstract(input, object, isCollection), dataType);
  // An input that a caller leaves out keeps its default, which nobody chooses at run time.
  if (isInput && otherInputs !== 'constant') return foreignValue(otherInputs, object, isCollection);
  if (object !== undefined || isCollection) return emptyValue(object, isCollection);
  return ofDataType(evaluate(defaultValue), dataType);
}

/** The object of a record variable; an Apex-defined variable may hold records of any. */
export function objectOf({ dataType, objectType, apexClass }: FlowVariable): string | undefined {
  if (objectType !== undefined) return objectType;
  return dataType === 'SObject' || apexClass !== undefined ? '*' : undefined;
}

/** Agents bind constants as text; the variable says what the text means. */
function ofDataType(value: Value, dataType: string): Value {
  const { constant } = value;
  const text = typeof constant === 'string' ? constant.trim().toLowerCase() : '';
  if (dataType === 'Boolean') {
    if (text === 'true' || text === 'false') return constantValue(text === 'true');
    // A boolean that nobody has set is false in some comparisons and null in others.
    if (constant === null) return scalar('constant');
  }
  const isNumber = dataType === 'Number' || dataType === 'Currency';
  return isNumber && text !== '' && Number.isFinite(Number(text)) ? constantValue(Number(text)) : value;
}
