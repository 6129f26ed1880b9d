import type { ChosenBy } from '@agent-readiness/protocol';
import { lessTrusted } from '../lattice.ts';
import { isEqual, isIdentical, isOrdered, textOf } from './constants.ts';
import { isPrimitive } from './typeNames.ts';
import { join, type Value } from './value.ts';
import { chooserOf, plain } from './values.ts';
import { fold } from './fold.ts';

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

const largestInteger = 2 ** 31;

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
  const isText = operator === '+' && operands.some(({ types }) => types.some((type) => fold(type) === 'string'));
  return isText ? concatenated(operands, chosenBy) : numberOf(operator, operands, chosenBy);
}

function truth(operator: string, operands: readonly Value[]): boolean | undefined {
  const [a, b] = operands;
  const constants = operands.map(({ constant }) => constant);
  if (operator === '!') return negated(typeof constants[0] === 'boolean' ? constants[0] : undefined);
  if (operator === '&&')
    return constants.includes(false) ? false : constants.every((each) => each === true) || undefined;
  if (operator === '||') {
    return constants.includes(true) || (constants.every((each) => each === false) ? false : undefined);
  }
  if (!a || !b || operands.length > 2) return undefined;
  switch (operator) {
    case '==':
      return isEqual(a, b);
    case '!=':
    case '<>':
      return negated(isEqual(a, b));
    case '===':
      return isIdentical(a, b);
    case '!==':
      return negated(isIdentical(a, b));
    default:
      return isOrdered(operator, a, b);
  }
}

function negated(truth: boolean | undefined): boolean | undefined {
  return truth === undefined ? undefined : !truth;
}

/**
 * Keeps the text as far as it is known. With the name of an object in it, whose letter case the code does not tell, it
 * names things but decides nothing: it is a token, of whole words where the rest is not known.
 */
function concatenated(operands: readonly Value[], chosenBy: ChosenBy): Value {
  let known = '';
  /** The part in front of the first name. */
  let exact: string | undefined;
  for (const operand of operands) {
    const text = textOf(operand) ?? nameIn(operand);
    if (text === undefined || known.length > longestText) {
      if (exact === undefined) return { ...plain('String', chosenBy), prefix: known + (operand.prefix ?? '') };
      const words = known.slice(0, known.lastIndexOf(' ') + 1);
      return { ...plain('String', chosenBy), prefix: exact, ...(words !== '' && { token: words }) };
    }
    if (textOf(operand) === undefined) exact ??= known;
    known += text;
  }
  return { ...plain('String', chosenBy), ...(exact === undefined ? { constant: known } : { token: known }) };
}

/** A text that names something and is known to its end. */
function nameIn({ types, token, prefix }: Value): string | undefined {
  return prefix === undefined && types.every((type) => fold(type) === 'string') ? token : undefined;
}

function numberOf(operator: string, operands: readonly Value[], chosenBy: ChosenBy): Value {
  const types = new Set(operands.flatMap(({ types }) => types.map((type) => fold(type))));
  const wide = ['decimal', 'double', 'long', 'integer'].find((type) => types.has(type));
  const first = operands[0]?.types[0];
  const constant = operator === '-' && operands.length === 1 ? operands[0]?.constant : undefined;
  return {
    ...plain(wide ?? (first !== undefined && isPrimitive(first) ? first : 'Decimal'), chosenBy),
    ...(typeof constant === 'number' && Math.abs(constant) < largestInteger && { constant: -constant }),
  };
}
