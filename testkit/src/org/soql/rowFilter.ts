import type { ObjectType, StoredRecord, Value } from '../schema/objectType.ts';
import { isAggregateQuery } from './aggregateQuery.ts';
import type { ColumnFinder } from './columns.ts';
import { compileCondition } from './conditions.ts';
import { malformedQuery } from './queryErrors.ts';
import type { Comparison, Query } from './syntax.ts';

/** The WHERE clause of a query as a filter. */
export function compileFilter(
  { where }: Query,
  type: ObjectType,
  finder: ColumnFinder,
): (rows: readonly StoredRecord[]) => readonly StoredRecord[] {
  if (!where) return (rows) => rows;
  const test = compileCondition<StoredRecord>(where, {
    query: finder.query,
    now: finder.data.now(),
    subject: ({ value }) => {
      if (value.kind === 'field') return finder.column(type, value.name);
      throw malformedQuery(finder.query, value.at, 'a function cannot be used in WHERE');
    },
    valuesOf: (comparison) => semiJoin(comparison, finder),
  });
  return (rows) => rows.filter(test);
}

/** `IN (SELECT AccountId FROM Contact …)`: the ids that the inner query finds. */
function semiJoin({ subquery, at }: Comparison, finder: ColumnFinder): readonly Value[] {
  const [item] = subquery?.select ?? [];
  if (subquery?.select.length !== 1 || item?.kind !== 'value' || item.value.kind !== 'field') {
    throw malformedQuery(finder.query, at, 'The inner select of a semi join must have exactly one field');
  }
  if (
    subquery.limit !== undefined ||
    subquery.offset > 0 ||
    subquery.orderBy.length > 0 ||
    isAggregateQuery(subquery)
  ) {
    throw malformedQuery(finder.query, at, 'The inner select of a semi join takes a WHERE clause only');
  }
  const type = finder.object(subquery.from);
  const column = finder.column(type, item.value.name);
  if (column.field.type !== 'id' && column.field.type !== 'reference') {
    throw malformedQuery(finder.query, item.value.name.at, 'The inner select field of a semi join must be an ID field');
  }
  const rows = compileFilter(subquery, type, finder)(finder.data.rows(type, false));
  return rows.map((record) => column.read(record)).filter((value) => value !== null);
}
