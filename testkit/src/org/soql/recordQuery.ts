import type { ObjectType, StoredRecord } from '../schema/objectType.ts';
import { isAggregateQuery } from './aggregateQuery.ts';
import type { Column } from './columns.ts';
import type { CompiledQuery, Compiler, ResultColumn } from './compiledQuery.ts';
import { isFilterable } from './conditions.ts';
import { malformedQuery, queryError } from './queryErrors.ts';
import { renderRecord } from './renderRecord.ts';
import { compileFilter } from './rowFilter.ts';
import { sortAndCut, type SortKey } from './selectRows.ts';
import type { Order, Query, SelectItem } from './syntax.ts';

/** Records below a parent, as one value of it. */
interface Children {
  readonly name: string;
  readonly columns: readonly ResultColumn[];
  below(parent: StoredRecord): object | null;
}

/** A query that returns records: fields, fields of parents, and lists of children. */
export function compileRecordQuery(query: Query, type: ObjectType, compiler: Compiler): CompiledQuery {
  const { finder, options } = compiler;
  refuseDuplicates(query, compiler);
  const items = query.select.map((item) => compileItem(item, type, compiler));
  const fields = items.flatMap((item) => ('field' in item ? [item] : []));
  const children = items.flatMap((item) => ('below' in item ? [item] : []));
  const filter = compileFilter(query, type, finder);
  const sortKeys = query.orderBy.map((order) => sortKey(order, type, compiler));
  return {
    type,
    columns: items.map((item) =>
      'field' in item ? { kind: 'field', column: item } : { kind: 'children', name: item.name, columns: item.columns },
    ),
    run: (rows) => {
      const records = sortAndCut(filter(rows), sortKeys, query).map((record) => ({
        ...renderRecord(type, record, fields, options.basePath),
        ...Object.fromEntries(children.map((list) => [list.name, list.below(record)])),
      }));
      return { records, totalSize: records.length };
    },
  };
}

function compileItem(item: SelectItem, type: ObjectType, compiler: Compiler): Column | Children {
  const { finder } = compiler;
  if (item.kind === 'children') return compileChildren(item.query, type, compiler);
  const { value, alias } = item;
  if (value.kind === 'aggregate') throw malformedQuery(finder.query, value.at, 'a function needs a grouped query');
  if (alias !== undefined) {
    throw malformedQuery(finder.query, value.name.at, 'only aggregate expressions use field aliasing');
  }
  return finder.column(type, value.name);
}

function compileChildren(query: Query, type: ObjectType, compiler: Compiler): Children {
  const { finder, options } = compiler;
  const { data } = finder;
  const { text, at } = query.from;
  const relationship = data.childrenOf(type).find(({ name }) => name.toLowerCase() === text.toLowerCase());
  const child = relationship && data.objectType(relationship.child.name);
  if (!child || !data.canRead(child, relationship.field)) {
    const message =
      `Didn't understand relationship '${text}' in FROM part of query call. If you are attempting to use a custom ` +
      `relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or ` +
      `the describe call for the appropriate names.`;
    throw queryError('INVALID_TYPE', finder.query, at, message);
  }
  if (isAggregateQuery(query)) throw malformedQuery(finder.query, at, 'a child query cannot be grouped');
  const { name, field } = relationship;
  const { columns, run } = compileRecordQuery(query, child, compiler);
  return {
    name,
    columns,
    below: (parent) => {
      const rows = data.rows(child, options.withDeleted).filter((record) => record[field.name] === parent['Id']);
      const { records, totalSize } = run(rows);
      return totalSize === 0 ? null : { totalSize, done: true, records };
    },
  };
}

function sortKey({ value, ...direction }: Order, type: ObjectType, { finder }: Compiler): SortKey<StoredRecord> {
  if (value.kind === 'aggregate') throw malformedQuery(finder.query, value.at, 'a function needs a grouped query');
  const { field, read } = finder.column(type, value.name);
  if (!isFilterable(field) || field.type === 'multipicklist') {
    throw malformedQuery(finder.query, value.name.at, `field '${field.name}' can not be sorted in a query call`);
  }
  return { ...direction, field, read };
}

function refuseDuplicates({ select }: Query, { finder }: Compiler): void {
  const seen = new Set<string>();
  for (const item of select) {
    if (item.kind !== 'value' || item.value.kind !== 'field') continue;
    const { text, at } = item.value.name;
    if (seen.has(text.toLowerCase())) {
      throw queryError('INVALID_FIELD', finder.query, at, `duplicate field selected: ${text}`);
    }
    seen.add(text.toLowerCase());
  }
}
