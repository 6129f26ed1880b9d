import type { ObjectType, StoredRecord } from '../schema/objectType.ts';
import type { AggregateColumn } from './aggregateQuery.ts';
import type { Column, ColumnFinder } from './columns.ts';
import type { RecordJson } from './renderRecord.ts';

export interface QueryOptions {
  /** Deleted records too, as `queryAll` returns them. */
  readonly withDeleted: boolean;
  /** For the addresses of records: `/services/data/v68.0`. */
  readonly basePath: string;
}

/** What every part of a query is compiled with. */
export interface Compiler {
  readonly finder: ColumnFinder;
  readonly options: QueryOptions;
}

/** A compiled query: all names and values in it are checked. */
export interface CompiledQuery {
  readonly type: ObjectType;
  readonly columns: readonly ResultColumn[];
  /** @param rows the records to choose from */
  readonly run: (rows: readonly StoredRecord[]) => QueryResult;
}

export type ResultColumn =
  | { readonly kind: 'field'; readonly column: Column }
  | { readonly kind: 'aggregate'; readonly column: AggregateColumn }
  | { readonly kind: 'children'; readonly name: string; readonly columns: readonly ResultColumn[] };

export interface QueryResult {
  readonly records: readonly RecordJson[];
  /** More than there are records only for `COUNT()`, which returns none. */
  readonly totalSize: number;
}
