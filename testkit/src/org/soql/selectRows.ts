import { SalesforceError } from '../errors.ts';
import type { FieldDefinition, Value } from '../schema/objectType.ts';
import { compareValues } from './conditions.ts';
import type { Query } from './syntax.ts';

/** One key of ORDER BY over rows of any kind. */
export interface SortKey<Row> {
  readonly field: FieldDefinition;
  readonly descending: boolean;
  readonly nullsLast: boolean;
  read(row: Row): Value;
}

/** Sorts and cuts as the end of a query says. Rows that compare equal keep their order. */
export function sortAndCut<Row>(rows: readonly Row[], keys: readonly SortKey<Row>[], { limit, offset }: Query): Row[] {
  if (offset > 2000) {
    throw new SalesforceError('NUMBER_OUTSIDE_VALID_RANGE', 'Maximum SOQL offset allowed is 2000');
  }
  const sorted = rows.toSorted((a, b) => {
    for (const key of keys) {
      const order = compareBy(key, key.read(a), key.read(b));
      if (order !== 0) return order;
    }
    return 0;
  });
  return sorted.slice(offset, limit === undefined ? undefined : offset + limit);
}

/** Null comes first unless NULLS LAST is written, in both directions. */
function compareBy<Row>({ field, descending, nullsLast }: SortKey<Row>, a: Value, b: Value): number {
  if (a === null || b === null) {
    if (a === b) return 0;
    return (a === null) === nullsLast ? 1 : -1;
  }
  return compareValues(field, a, b) * (descending ? -1 : 1);
}
