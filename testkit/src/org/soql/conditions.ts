import type { FieldDefinition, Value } from '../schema/objectType.ts';
import { likePattern, operandOf, type Operand } from './literals.ts';
import { queryError } from './queryErrors.ts';
import type { Comparison, Condition, Literal, Operator } from './syntax.ts';

/** What the left side of a comparison is, whatever the rows are: records or groups of them. */
export interface Subject<Row> {
  readonly field: FieldDefinition;
  read(row: Row): Value;
}

export interface ConditionContext<Row> {
  readonly query: string;
  readonly now: Date;
  subject(comparison: Comparison): Subject<Row>;
  /** The values that a query inside the condition finds. */
  valuesOf(comparison: Comparison): readonly Value[];
}

type Test = (value: Value) => boolean;

/** A condition as a function; every name and value in it is checked before the first row is seen. */
export function compileCondition<Row>(condition: Condition, context: ConditionContext<Row>): (row: Row) => boolean {
  switch (condition.kind) {
    case 'and': {
      const parts = condition.parts.map((part) => compileCondition(part, context));
      return (row) => parts.every((part) => part(row));
    }
    case 'or': {
      const parts = condition.parts.map((part) => compileCondition(part, context));
      return (row) => parts.some((part) => part(row));
    }
    case 'not': {
      const part = compileCondition(condition.part, context);
      return (row) => !part(row);
    }
    case 'comparison': {
      const subject = context.subject(condition);
      const test = compileTest(condition, subject.field, context);
      return (row) => test(subject.read(row));
    }
  }
}

function compileTest<Row>(comparison: Comparison, field: FieldDefinition, context: ConditionContext<Row>): Test {
  const { operator, literals, subquery, at } = comparison;
  const { query, now } = context;
  if (!isFilterable(field)) {
    throw queryError('INVALID_FIELD', query, at, `field '${field.name}' can not be filtered in a query call`);
  }
  if (!operatorsOf(field).includes(operator)) {
    throw queryError('INVALID_QUERY_FILTER_OPERATOR', query, at, `invalid operator on ${field.type} field`);
  }
  const [first] = literals;
  if (operator === 'LIKE' && first) return likeTest(query, field, first);
  const operands = subquery
    ? context.valuesOf(comparison).map((value): Operand => ({ value }))
    : literals.map((literal) => operandOf(query, field, literal, now));
  return testOf(operator, field, operands);
}

function testOf(operator: Operator, field: FieldDefinition, operands: readonly Operand[]): Test {
  const isOne: Test = (value) => operands.some((operand) => position(field, value, operand) === 0);
  const isAt =
    (...places: readonly (number | undefined)[]): Test =>
    (value) =>
      operands.some((operand) => places.includes(position(field, value, operand)));
  switch (operator) {
    case '=':
    case 'IN':
      return isOne;
    case '!=':
    case 'NOT IN':
      return (value) => !isOne(value);
    case '<':
      return isAt(-1);
    case '<=':
      return isAt(-1, 0);
    case '>':
      return isAt(1);
    case '>=':
      return isAt(0, 1);
    case 'INCLUDES':
      return (value) => includesOne(value, operands);
    case 'EXCLUDES':
      return (value) => !includesOne(value, operands);
    case 'LIKE':
      throw new Error('LIKE has a test of its own');
  }
}

/** Where a value lies: -1 before, 0 at, 1 after the operand; undefined when there is no order between them. */
function position(field: FieldDefinition, value: Value, operand: Operand): number | undefined {
  if ('span' in operand) {
    if (typeof value !== 'string') return undefined;
    const at = timeOf(value);
    return at < operand.span.from ? -1 : at < operand.span.to ? 0 : 1;
  }
  if (value === null || operand.value === null) return value === operand.value ? 0 : undefined;
  return compareValues(field, value, operand.value);
}

/** The order of two values of one field, for filters and for ORDER BY. */
export function compareValues(field: FieldDefinition, a: Value, b: Value): number {
  if (typeof a === 'string' && typeof b === 'string') {
    // Ids differ in letter case; all other text does not.
    const isId = field.type === 'id' || field.type === 'reference';
    return order(isId ? a : a.toLowerCase(), isId ? b : b.toLowerCase());
  }
  return order(Number(a), Number(b));
}

function order(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function timeOf(stored: string): number {
  return Date.parse(stored.replace('+0000', 'Z'));
}

/** Each operand may ask for several values at once: `'a;b'` is a and b. */
function includesOne(value: Value, operands: readonly Operand[]): boolean {
  const chosen = typeof value === 'string' ? value.toLowerCase().split(';') : [];
  return operands.some(
    (operand) =>
      'value' in operand &&
      typeof operand.value === 'string' &&
      operand.value
        .toLowerCase()
        .split(';')
        .every((item) => chosen.includes(item)),
  );
}

function likeTest(query: string, field: FieldDefinition, literal: Literal): Test {
  if (literal.kind !== 'string') {
    throw queryError(
      'INVALID_FIELD',
      query,
      literal.at,
      `value of filter criterion for field '${field.name}' must be of type string and should be enclosed in quotes`,
    );
  }
  const pattern = likePattern(query, literal);
  return (value) => typeof value === 'string' && pattern.test(value);
}

/** Long text can be read only. */
export function isFilterable({ type, length = 255 }: FieldDefinition): boolean {
  return type !== 'textarea' || length <= 255;
}

const equality: readonly Operator[] = ['=', '!=', 'IN', 'NOT IN'];
const ordering: readonly Operator[] = [...equality, '<', '<=', '>', '>='];

function operatorsOf({ type }: FieldDefinition): readonly Operator[] {
  switch (type) {
    case 'boolean':
      return ['=', '!='];
    case 'multipicklist':
      return ['=', '!=', 'INCLUDES', 'EXCLUDES'];
    case 'id':
    case 'reference':
      return ordering;
    case 'currency':
    case 'date':
    case 'datetime':
    case 'double':
    case 'int':
    case 'percent':
      return ordering;
    case 'email':
    case 'phone':
    case 'picklist':
    case 'string':
    case 'textarea':
    case 'url':
      return [...ordering, 'LIKE'];
  }
}
