import type { ChosenBy } from '@agent-readiness/protocol';
import type { AgentFunctionFacts } from '../../extract/agents/agentFunction.ts';
import type { SchemaInput } from '../../extract/agents/inputSchema.ts';
import type { AttributeMapping } from '../../extract/agents/planner.ts';
import type { Constant, InputBinding } from '../agent.ts';
import { groupBy } from './groupBy.ts';
import { pointsAt, type ReferenceNames } from './reference.ts';
import type { ParameterMapping } from './parameterMapping.ts';
import type { PlannerTrust } from './plannerTrust.ts';

/** The mappings of a planner, by the action they speak of. */
export class Mappings {
  readonly #byAction: ReadonlyMap<string, readonly AttributeMapping[]>;

  constructor(mappings: readonly AttributeMapping[]) {
    this.#byAction = groupBy(mappings, ({ attribute }) => actionSegment(attribute));
  }

  of(
    definition: AgentFunctionFacts | undefined,
    topic: ReferenceNames | undefined,
    action: ReferenceNames,
  ): ParameterMapping[] {
    return [...action]
      .flatMap((name) => this.#byAction.get(name) ?? [])
      .filter(({ attribute }) => pointsAt(attribute.slice(0, attribute.lastIndexOf('.')), topic, action))
      .map((mapping) => toParameter(mapping, definition));
  }
}

function actionSegment(attribute: string): string {
  return attribute.toLowerCase().split('.').at(-2) ?? '';
}

/** @param definition of the action that the mapping belongs to, where it is in source */
export function toParameter(mapping: AttributeMapping, definition: AgentFunctionFacts | undefined): ParameterMapping {
  const name = mapping.attribute.slice(mapping.attribute.lastIndexOf('.') + 1);
  const declared = definition?.attributes.find((attribute) => attribute.name === name);
  const [, prefix, rest] = /^(input|output)_(.+)$/.exec(name) ?? [];
  const parameter = declared?.parameterName ?? rest ?? name;
  if (mapping.attributeType === 'StandardPluginFunctionInput') return { parameter: name, direction: 'input', mapping };
  if (mapping.attributeType === 'StandardPluginFunctionOutput')
    return { parameter: name, direction: 'output', mapping };
  // An input that is not known to be one must not count as bound.
  return { parameter, direction: declared?.direction ?? (prefix === 'input' ? 'input' : 'output'), mapping };
}

/** From least to most trusted. */
const byTrust: readonly ChosenBy[] = ['model', 'derived', 'linked', 'constant'];

/** Who fills each input of an action: what is mapped, and else the model. In the order of the schema. */
export function bindInputs(
  mappings: readonly ParameterMapping[],
  schema: readonly SchemaInput[],
  trust: Pick<PlannerTrust, 'chosenBy'>,
): InputBinding[] {
  const byName = new Map<string, InputBinding>();
  for (const { name, place } of schema) byName.set(name, { name, chosenBy: 'model', place });
  const mapped = new Map<string, InputBinding>();
  for (const { parameter, direction, mapping } of mappings) {
    if (direction !== 'input') continue;
    const type = schema.find(({ name }) => name === parameter)?.type;
    const binding = bind(parameter, mapping, type, trust);
    const other = mapped.get(parameter);
    mapped.set(parameter, other ? lessTrusted(other, binding) : binding);
  }
  for (const [name, binding] of mapped) byName.set(name, binding);
  return [...byName.values()];
}

function bind(
  name: string,
  mapping: AttributeMapping,
  type: string | undefined,
  trust: Pick<PlannerTrust, 'chosenBy'>,
): InputBinding {
  const { place, mappingType, constant } = mapping;
  if (mappingType === 'Constant' && constant !== undefined) {
    return { name, chosenBy: 'constant', constant: typed(constant, type), place };
  }
  return { name, chosenBy: trust.chosenBy(mapping), place };
}

/** Metadata keeps every constant as text; the schema says what it means. */
function typed(constant: string, type: string | undefined): Constant {
  if (type === 'lightning__booleanType') return constant.toLowerCase() === 'true';
  const isNumber = type === 'lightning__numberType' || type === 'lightning__integerType';
  return isNumber && Number.isFinite(Number(constant)) ? Number(constant) : constant;
}

/** Which of two mappings of one input holds is not known, so neither constant is. */
function lessTrusted(a: InputBinding, b: InputBinding): InputBinding {
  const worst = byTrust.indexOf(a.chosenBy) <= byTrust.indexOf(b.chosenBy) ? a : b;
  return worst.chosenBy === 'constant' ? { name: worst.name, chosenBy: 'derived', place: worst.place } : worst;
}
