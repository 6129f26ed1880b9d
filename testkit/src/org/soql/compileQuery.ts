import type { ObjectType } from '../schema/objectType.ts';
import { compileAggregateQuery, isAggregateQuery } from './aggregateQuery.ts';
import { ColumnFinder } from './columns.ts';
import type { CompiledQuery, Compiler, QueryOptions } from './compiledQuery.ts';
import type { DataSource } from './dataSource.ts';
import { parseQuery } from './parseQuery.ts';
import { compileRecordQuery } from './recordQuery.ts';
import { compileFilter } from './rowFilter.ts';
import { sortAndCut } from './selectRows.ts';
import type { Query } from './syntax.ts';

/**
 * Reads a SOQL query and checks it against the schema and the rights of the user.
 *
 * @throws SalesforceError `MALFORMED_QUERY`, `INVALID_TYPE`, `INVALID_FIELD` and others, with row and column
 */
export function compileQuery(text: string, data: DataSource, options: QueryOptions): CompiledQuery {
  const finder = new ColumnFinder(text, data);
  const query = parseQuery(text);
  const type = finder.object(query.from);
  if (isCount(query)) return compileCount(query, type, { finder, options });
  if (isAggregateQuery(query)) return compileGroups(query, type, { finder, options });
  return compileRecordQuery(query, type, { finder, options });
}

/** `SELECT COUNT() FROM …` answers with a number and no records. */
function isCount({ select, groupBy, orderBy }: Query): boolean {
  const [item] = select;
  const isAlone = select.length === 1 && groupBy.length === 0 && orderBy.length === 0;
  return isAlone && item?.kind === 'value' && item.value.kind === 'aggregate' && item.value.field === undefined;
}

function compileCount(query: Query, type: ObjectType, { finder }: Compiler): CompiledQuery {
  const filter = compileFilter(query, type, finder);
  return {
    type,
    columns: [],
    run: (rows) => ({ records: [], totalSize: sortAndCut(filter(rows), [], query).length }),
  };
}

function compileGroups(query: Query, type: ObjectType, { finder }: Compiler): CompiledQuery {
  const filter = compileFilter(query, type, finder);
  const { columns, run } = compileAggregateQuery(query, type, finder);
  return {
    type,
    columns: columns.map((column) => ({ kind: 'aggregate', column })),
    run: (rows) => {
      const records = run(filter(rows));
      return { records, totalSize: records.length };
    },
  };
}
