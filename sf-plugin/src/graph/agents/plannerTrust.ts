import type { ChosenBy, Gate } from '@agent-readiness/protocol';
import type { SchemaInput } from '../../extract/agents/inputSchema.ts';
import type { AttributeMapping, PlannerFacts, RuleExpression } from '../../extract/agents/planner.ts';
import { groupBy } from './groupBy.ts';
import type { ParameterMapping } from './parameterMapping.ts';
import type { OfferedAction } from './offers.ts';
import { pointsAt, type ReferenceNames } from './reference.ts';
import { either, open, shut, toTest, type Condition } from './trust/condition.ts';
import { returnedBy } from './trust/returned.ts';
import { modelSources, noSources, type Sources } from './trust/sources.ts';
import { readTrust, type Assignment } from './trust/trust.ts';

/** An action as a planner calls it. */
export interface PlannerCall {
  /** The names of its topic; `undefined` for an action of the planner itself. */
  readonly topic: ReferenceNames | undefined;
  readonly action: Pick<OfferedAction, 'place' | 'target' | 'references'>;
  readonly mappings: readonly ParameterMapping[];
  /** `undefined` where it is not known which inputs there are. */
  readonly schema: readonly SchemaInput[] | undefined;
}

/** Who chooses the values of a planner, and which of its rules the model can fulfil itself. */
export interface PlannerTrust {
  chosenBy(mapping: AttributeMapping): ChosenBy;
  gateOf(rule: RuleExpression): Gate;
}

/**
 * @param contextVariables names that the bot declares as filled by the channel
 * @param unseen the mappings of actions that are not in source
 */
export function readPlannerTrust(
  { rules }: Pick<PlannerFacts, 'rules'>,
  contextVariables: readonly string[],
  calls: readonly PlannerCall[],
  unseen: readonly ParameterMapping[],
): PlannerTrust {
  const linked = new Set(contextVariables.map((name) => name.toLowerCase()));
  const byName = groupBy(
    calls.flatMap((call) => [...call.action.references].map((name) => ({ name, call }))),
    ({ name }) => name,
  );
  const read = (type: string | undefined, name: string): Sources => {
    const action = name.toLowerCase().split('.').at(-2) ?? '';
    return sourcesOf(type, name, byName.get(action)?.map(({ call }) => call) ?? []);
  };
  const conditions = new Map(rules.map((rule) => [rule, toCondition(rule, read)]));
  const trust = readTrust({
    assignments: [
      ...calls.flatMap((call) => assignmentsOf(call, read)),
      ...stored(unseen).map(({ mapping, to }) => assign(to, returnedBy(actionNamedIn(mapping), undefined))),
    ],
    conditions: [...conditions.values()],
    filledBy: (name) => (linked.has(name) ? 'linked' : 'derived'),
  });
  return {
    chosenBy: (mapping) => trust.chosenBy(sourcesOfMapping(mapping, read)),
    gateOf: (rule) => trust.gateOf(conditions.get(rule) ?? open),
  };
}

type Read = (type: string | undefined, name: string) => Sources;

/**
 * What a variable, a context variable or the output of another action is computed from.
 *
 * @param namesakes the actions of the name that stands before the last dot
 */
function sourcesOf(type: string | undefined, name: string, namesakes: readonly PlannerCall[]): Sources {
  const variable = name.toLowerCase();
  switch (type) {
    case 'Variable':
      return { chosenBy: 'derived', origins: [variable] };
    case 'ContextVariable':
      return { chosenBy: 'linked', origins: [variable] };
    case 'ActionAttribute': {
      const origins = namesakes
        .filter(({ topic, action }) => pointsAt(name.slice(0, name.lastIndexOf('.')), topic, action.references))
        .map(({ action }) => action);
      return origins.length > 0 ? { chosenBy: 'derived', origins } : modelSources;
    }
    default:
      return modelSources;
  }
}

function sourcesOfMapping({ mappingType, target, constant }: AttributeMapping, read: Read): Sources {
  if (mappingType === 'Constant' && constant !== undefined) return noSources;
  return target === undefined ? modelSources : read(mappingType, target);
}

/** How the conditions of one rule are combined is not known: one that the model can fulfil may be enough. */
function toCondition({ operands }: RuleExpression, read: Read): Condition {
  const tests = operands.map(({ type, name }) => toTest(read(type, name)));
  return tests.length === 0 ? open : tests.reduce(either, shut);
}

function assignmentsOf({ action, mappings, schema }: PlannerCall, read: Read): Assignment[] {
  const filled = mappings.filter(({ direction }) => direction === 'input');
  const names = new Set(filled.map(({ parameter }) => parameter));
  const inputs = schema && [
    ...filled.map(({ mapping }) => sourcesOfMapping(mapping, read)),
    ...schema.filter(({ name }) => !names.has(name)).map(() => modelSources),
  ];
  return [
    assign(action, returnedBy(action.target, inputs)),
    ...stored(mappings).map(({ to }) => assign(to, { chosenBy: 'derived', origins: [action] })),
  ];
}

/** The variables that outputs are stored in. */
function stored(mappings: readonly ParameterMapping[]): { mapping: AttributeMapping; to: string }[] {
  return mappings.flatMap(({ direction, mapping }) =>
    direction === 'output' && mapping.target !== undefined ? [{ mapping, to: mapping.target.toLowerCase() }] : [],
  );
}

/** The model may choose to call, but not what comes back. */
function assign(to: Assignment['to'], from: Sources): Assignment {
  return { to, from, decidedBy: shut };
}

/** An action of the library that only a mapping mentions, because its topic is one of the platform's. */
function actionNamedIn({ attribute, attributeType }: AttributeMapping): Pick<OfferedAction['target'], 'type' | 'name'> {
  const isStandard = attributeType === 'StandardPluginFunctionOutput';
  return { type: isStandard ? 'standardInvocableAction' : 'unknown', name: attribute.split('.').at(-2) ?? '' };
}
