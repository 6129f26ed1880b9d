import type { ChosenBy } from '@agent-readiness/protocol';
import type { Constant } from '../../graph/agent.ts';
import { lessTrusted } from '../lattice.ts';
import { isPrimitive } from './typeNames.ts';
import { chooserOf, join, plain, type Value } from './value.ts';

const comparisons: ReadonlySet<string> = new Set([
  '==',
  '!=',
  '===',
  '!==',
  '<',
  '>',
  '<=',
  '>=',
  '<>',
  '&&',
  '||',
  '!',
]);

/** Longer texts are of no use to the analysis. */
const longestText = 4000;

/**
 * The value of an operator. Only truth values and texts are computed: they decide branches and name
 * objects; numbers are left unknown, so that a counter cannot take ever new values.
 */
export function operationValue(operator: string, operands: readonly Value[]): Value {
  const chosenBy = operands.reduce<ChosenBy>((worst, each) => lessTrusted(worst, chooserOf(each)), 'constant');
  if (operator === '??') return operands.reduce(join);
  if (comparisons.has(operator)) {
    const constant = truth(operator, operands);
    return { ...plain('Boolean', chosenBy), ...(constant !== undefined && { constant }) };
  }
  const isText =
    operator === '+' && operands.some(({ types }) => types.some((type) => type.toLowerCase() === 'string'));
  return isText ? textOf(operands, chosenBy) : numberOf(operator, operands, chosenBy);
}

function truth(operator: string, operands: readonly Value[]): boolean | undefined {
  const constants = operands.map(({ constant }) => constant);
  const [a, b] = constants;
  switch (operator) {
    case '!':
      return typeof a === 'boolean' ? !a : undefined;
    case '&&':
      return constants.includes(false) ? false : constants.every((each) => each === true) || undefined;
    case '||':
      if (constants.includes(true)) return true;
      return constants.every((each) => each === false) ? false : undefined;
    case '==':
    case '===':
      return isEqual(a, b, operator);
    case '!=':
    case '<>':
    case '!==': {
      const equal = isEqual(a, b, operator);
      return equal === undefined ? undefined : !equal;
    }
    default:
      return typeof a === 'number' && typeof b === 'number' ? isOrdered(operator, a, b) : undefined;
  }
}

/** Apex compares texts without regard to case. */
function isEqual(a: Constant | undefined, b: Constant | undefined, operator: string): boolean | undefined {
  if (a === undefined || b === undefined) return undefined;
  const isLoose = operator === '==' || operator === '!=';
  if (isLoose && typeof a === 'string' && typeof b === 'string') return a.toLowerCase() === b.toLowerCase();
  return a === b;
}

function isOrdered(operator: string, a: number, b: number): boolean {
  if (operator === '<') return a < b;
  if (operator === '>') return a > b;
  return operator === '<=' ? a <= b : a >= b;
}

/** Keeps the text as far as it is known. */
function textOf(operands: readonly Value[], chosenBy: ChosenBy): Value {
  let known = '';
  for (const { constant, prefix } of operands) {
    if (constant === undefined || known.length > longestText) {
      return { ...plain('String', chosenBy), prefix: known + (prefix ?? '') };
    }
    known += String(constant);
  }
  return { ...plain('String', chosenBy), constant: known };
}

function numberOf(operator: string, operands: readonly Value[], chosenBy: ChosenBy): Value {
  const types = new Set(operands.flatMap(({ types }) => types.map((type) => type.toLowerCase())));
  const wide = ['decimal', 'double', 'long', 'integer'].find((type) => types.has(type));
  const first = operands[0]?.types[0];
  const constant = operator === '-' && operands.length === 1 ? operands[0]?.constant : undefined;
  return {
    ...plain(wide ?? (first !== undefined && isPrimitive(first) ? first : 'Decimal'), chosenBy),
    ...(typeof constant === 'number' && { constant: -constant }),
  };
}
