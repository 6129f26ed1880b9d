import type { FieldDefinition, ObjectType, StoredRecord, Value } from '../schema/objectType.ts';
import { type Column, type ColumnFinder } from './columns.ts';
import { compareValues, compileCondition, isFilterable, type Subject } from './conditions.ts';
import { malformedQuery, queryError } from './queryErrors.ts';
import type { RecordJson } from './renderRecord.ts';
import { sortAndCut } from './selectRows.ts';
import type { Aggregate, AggregateFunction, FieldReference, Query } from './syntax.ts';

type Group = readonly StoredRecord[];

/** One value of an aggregate query, with the name it has in the result. */
export interface AggregateColumn {
  readonly name: string;
  readonly source: Column | undefined;
  readonly aggregate: Aggregate | undefined;
  readonly subject: Subject<Group>;
}

export function isAggregateQuery({ select, groupBy }: Query): boolean {
  return groupBy.length > 0 || select.some((item) => item.kind === 'value' && item.value.kind === 'aggregate');
}

/** Compiles a query with groups; what it returns runs it over the records that passed WHERE. */
export function compileAggregateQuery(
  query: Query,
  type: ObjectType,
  finder: ColumnFinder,
): { columns: readonly AggregateColumn[]; run: (rows: readonly StoredRecord[]) => RecordJson[] } {
  const keys = query.groupBy.map((name) => finder.column(type, name));
  const grouped = new Set(keys.map(pathOf));
  const subjectOf = (value: FieldReference | Aggregate): Subject<Group> => {
    if (value.kind === 'aggregate') return aggregateSubject(value, type, finder);
    const column = finder.column(type, value.name);
    if (grouped.has(pathOf(column)))
      return { field: column.field, read: ([first]) => (first ? column.read(first) : null) };
    const message = `Field must be grouped or aggregated: ${value.name.text}`;
    throw malformedQuery(finder.query, value.name.at, message);
  };
  const columns = aggregateColumns(query, type, finder, subjectOf);
  const having =
    query.having &&
    compileCondition<Group>(query.having, {
      query: finder.query,
      now: finder.data.now(),
      subject: ({ value }) => subjectOf(value),
      valuesOf: ({ at }) => {
        throw malformedQuery(finder.query, at, 'a query inside HAVING is not supported');
      },
    });
  const sortKeys = query.orderBy.map(({ value, ...direction }) => ({ ...direction, ...subjectOf(value) }));
  return {
    columns,
    run: (rows) => {
      const groups = keys.length > 0 ? groupRows(rows, keys) : [rows];
      const kept = having ? groups.filter(having) : groups;
      return sortAndCut(kept, sortKeys, query).map((group) => ({
        attributes: { type: 'AggregateResult' },
        ...Object.fromEntries(columns.map(({ name, subject }) => [name, subject.read(group)])),
      }));
    },
  };
}

function aggregateColumns(
  { select }: Query,
  type: ObjectType,
  finder: ColumnFinder,
  subjectOf: (value: FieldReference | Aggregate) => Subject<Group>,
): AggregateColumn[] {
  let unnamed = 0;
  return select.map((item) => {
    if (item.kind === 'children')
      throw malformedQuery(finder.query, item.at, 'Grouped query cannot have child queries');
    const { value, alias } = item;
    if (value.kind === 'field') {
      const source = finder.column(type, value.name);
      return { name: alias ?? source.field.name, source, aggregate: undefined, subject: subjectOf(value) };
    }
    if (!value.field) throw malformedQuery(finder.query, value.at, 'Grouped query cannot use COUNT()');
    const name = alias ?? `expr${unnamed}`;
    if (alias === undefined) unnamed += 1;
    return { name, source: finder.column(type, value.field), aggregate: value, subject: subjectOf(value) };
  });
}

function aggregateSubject(aggregate: Aggregate, type: ObjectType, finder: ColumnFinder): Subject<Group> {
  const { fn, field: name, at } = aggregate;
  if (!name) throw malformedQuery(finder.query, at, 'COUNT() stands alone');
  const column = finder.column(type, name);
  if (!fits(fn, column.field)) {
    const message = `field ${name.text} does not support aggregate operator ${fn}`;
    throw queryError('MALFORMED_QUERY', finder.query, at, message);
  }
  const isExtreme = fn === 'MIN' || fn === 'MAX';
  return {
    field: isExtreme ? column.field : { name: name.text, type: 'double' },
    read: (group) => compute(fn, column, group),
  };
}

function compute(fn: AggregateFunction, column: Column, group: Group): Value {
  const values = group.map((record) => column.read(record)).filter((value) => value !== null);
  const sum = (): number => values.reduce<number>((total, value) => total + Number(value), 0);
  switch (fn) {
    case 'COUNT':
      return values.length;
    case 'COUNT_DISTINCT':
      return new Set(values.map((value) => (typeof value === 'string' ? value.toLowerCase() : value))).size;
    case 'SUM':
      return values.length > 0 ? sum() : null;
    case 'AVG':
      return values.length > 0 ? sum() / values.length : null;
    case 'MIN':
      return values.toSorted((a, b) => compareValues(column.field, a, b))[0] ?? null;
    case 'MAX':
      return values.toSorted((a, b) => compareValues(column.field, a, b)).at(-1) ?? null;
  }
}

function fits(fn: AggregateFunction, field: FieldDefinition): boolean {
  if (fn === 'COUNT' || fn === 'COUNT_DISTINCT') return isFilterable(field);
  const isNumber = ['currency', 'double', 'int', 'percent'].includes(field.type);
  if (fn === 'SUM' || fn === 'AVG') return isNumber;
  return isFilterable(field) && field.type !== 'boolean' && field.type !== 'multipicklist';
}

function groupRows(rows: readonly StoredRecord[], keys: readonly Column[]): Group[] {
  const groups = Map.groupBy(rows, (row) =>
    JSON.stringify(
      keys.map((key) => {
        const value = key.read(row);
        const isId = key.field.type === 'id' || key.field.type === 'reference';
        return typeof value === 'string' && !isId ? value.toLowerCase() : value;
      }),
    ),
  );
  return [...groups.values()];
}

function pathOf({ parents, field }: Column): string {
  return [...parents.map(({ relationshipName }) => relationshipName), field.name].join('.');
}
