import type { Constant } from '../../graph/agent.ts';
import type { AbstractValue } from '../model.ts';
import {
  chooserOf,
  constantValue,
  emptyValue,
  foreignValue,
  scalar,
  sized,
  sizeOf,
  type FieldValue,
  type Value,
} from './value.ts';

/** Longer constants decide over no branch, and would be compared with every call. */
const longestConstant = 200;

/** What a callee is told of a value. */
export function toAbstract(value: Value): AbstractValue {
  const { constant, object, isCollection, content, fields } = value;
  const type = object === undefined || object === '*' ? undefined : isCollection ? `List<${object}>` : object;
  const isKnown = (object !== undefined || isCollection) && content !== 'foreign';
  return {
    chosenBy: chooserOf(value),
    ...withConstant(constant),
    ...(type !== undefined && { type }),
    ...(isKnown && isCollection && { size: sizeOf(value) }),
    ...(isKnown && fields.size > 0 && { fields: toAbstractFields(fields) }),
    ...(isKnown && { content }),
  };
}

/** The value of an input, from what the caller told of it and what the flow declares. */
export function fromAbstract(told: AbstractValue, object: string | undefined, isCollection: boolean): Value {
  const { chosenBy, constant, content } = told;
  if (object === undefined && !isCollection) return constant === undefined ? scalar(chosenBy) : constantValue(constant);
  if (content === undefined) return foreignValue(chosenBy, object, isCollection);
  return {
    ...emptyValue(object, isCollection),
    chosenBy,
    content,
    fields: new Map(
      Object.entries(told.fields ?? {}).map(([name, field]) => [name.toLowerCase(), toField(name, field)]),
    ),
    ...(isCollection && { parts: sized(told.size ?? 'unbounded') }),
  };
}

function toAbstractFields(fields: ReadonlyMap<string, FieldValue>): Record<string, AbstractValue> {
  const sorted = [...fields.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return Object.fromEntries(
    sorted.map(({ name, chosenBy, constant }) => [name, { chosenBy, ...withConstant(constant) }]),
  );
}

function toField(name: string, told: AbstractValue): FieldValue {
  return { name, chosenBy: told.chosenBy, ...withConstant(told.constant) };
}

function withConstant(constant: Constant | undefined): { constant?: Constant } {
  return constant !== undefined && String(constant).length <= longestConstant ? { constant } : {};
}
