import type { ChosenBy } from '@agent-readiness/protocol';
import type { Expression } from '../../extract/apex/body.ts';
import { lessTrusted } from '../lattice.ts';
import { assign } from './assignments.ts';
import { evaluateCall } from './calls.ts';
import { compareItems, showAsText } from './callbacks.ts';
import { collectionValue, createAnyOf, createObject } from './creation.ts';
import { ofAnyClass } from './typeNames.ts';
import { recordUnknown, type Frame, type Machine } from './frame.ts';
import { readName, readPath } from './names.ts';
import { narrowed } from './narrowing.ts';
import { operationValue } from './operations.ts';
import { accessor } from './properties.ts';
import { queryResult, searchResult } from './queries.ts';
import { elementOf, readField } from './reading.ts';
import { join, type Value } from './value.ts';
import { chooserOf, constantValue, inertValue, plain, tokenValue } from './values.ts';

/** The value of an expression; records what happens while it is computed. */
export function evaluate(machine: Machine, expression: Expression, frame: Frame): Value {
  switch (expression.kind) {
    case 'literal':
      return constantValue(expression.value, expression.type ?? literalType(expression.value));
    case 'name':
      return readName(machine, expression, frame) ?? inertValue(frame.otherInputs);
    case 'this':
    case 'super':
      return frame.self ?? inertValue(frame.otherInputs);
    case 'field':
      return (
        readPath(machine, expression, frame) ??
        readField(
          machine,
          frame,
          machine.evaluate(expression.target, frame),
          expression.name,
          expression.at,
          accessor(machine, frame),
        )
      );
    case 'index':
      machine.evaluate(expression.index, frame);
      return elementOf(machine, frame, machine.evaluate(expression.target, frame));
    case 'call':
      return evaluateCall(machine, expression, frame);
    case 'new':
      return createObject(machine, expression, frame);
    case 'collection':
      return collectionValue(machine, expression, frame);
    case 'assign':
      return assign(machine, expression, frame, false);
    case 'operation': {
      const operands = expression.operands.map((operand) => machine.evaluate(operand, frame));
      const result = operationValue(expression.operator, operands);
      runOperators(machine, expression, operands, result, frame);
      return result;
    }
    case 'conditional': {
      const test = machine.evaluate(expression.test, frame);
      if (typeof test.constant === 'boolean') {
        return machine.evaluate(test.constant ? expression.then : expression.else, frame);
      }
      return join(machine.evaluate(expression.then, frame), machine.evaluate(expression.else, frame));
    }
    case 'cast': {
      const value = machine.evaluate(expression.value, frame);
      if (value.token === ofAnyClass) createAnyOf(machine, expression.type, expression.at, frame);
      return narrowed(machine.world, frame, value, expression.type);
    }
    case 'instanceof':
      return plain('Boolean', machine.evaluate(expression.value, frame).chosenBy);
    case 'class':
      return tokenValue(expression.type, 'Type');
    case 'query': {
      const { query, at } = expression;
      const found = queryResult(machine, query, at, frame);
      return query.isSearch ? searchResult(found) : found;
    }
    case 'unknown': {
      recordUnknown(frame, expression.at, '*', `syntax that is not understood: ${expression.syntax}`);
      let chosenBy: ChosenBy = 'derived';
      for (const part of expression.parts) chosenBy = lessTrusted(chosenBy, chooserOf(machine.evaluate(part, frame)));
      return inertValue(chosenBy);
    }
  }
}

/** Joining texts asks objects for theirs, and comparing objects asks them. */
function runOperators(
  machine: Machine,
  { operator, at }: Extract<Expression, { kind: 'operation' }>,
  operands: readonly Value[],
  result: Value,
  frame: Frame,
): void {
  if (operator === '+' && result.types.includes('String')) {
    for (const operand of operands) showAsText(machine, operand, at, frame);
  }
  const [first] = operands;
  if (first && /^(?:==|!=|<>)$/.test(operator)) compareItems(machine, first, at, frame);
}

function literalType(value: string | number | boolean | null): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return 'Boolean';
  if (typeof value === 'string') return 'String';
  return 'Integer';
}
