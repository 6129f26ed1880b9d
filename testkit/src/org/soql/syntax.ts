/** A query as it was written; names are not looked up yet. Offsets (`at`) are characters in the query. */
export interface Query {
  readonly select: readonly SelectItem[];
  readonly from: Name;
  readonly where: Condition | undefined;
  readonly groupBy: readonly Name[];
  readonly having: Condition | undefined;
  readonly orderBy: readonly Order[];
  readonly limit: number | undefined;
  readonly offset: number;
}

/** A field, a path to one through parents (`Account.Owner.Name`), or an object. */
export interface Name {
  readonly text: string;
  readonly at: number;
}

export type AggregateFunction = 'AVG' | 'COUNT' | 'COUNT_DISTINCT' | 'MAX' | 'MIN' | 'SUM';

export interface Aggregate {
  readonly kind: 'aggregate';
  readonly fn: AggregateFunction;
  /** Absent in `COUNT()`. */
  readonly field: Name | undefined;
  readonly at: number;
}

export interface FieldReference {
  readonly kind: 'field';
  readonly name: Name;
}

export type SelectItem =
  | { readonly kind: 'value'; readonly value: FieldReference | Aggregate; readonly alias: string | undefined }
  | { readonly kind: 'children'; readonly query: Query; readonly at: number };

export interface Order {
  readonly value: FieldReference | Aggregate;
  readonly descending: boolean;
  readonly nullsLast: boolean;
}

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'LIKE' | 'IN' | 'NOT IN' | 'INCLUDES' | 'EXCLUDES';

export interface Literal {
  readonly kind: 'string' | 'number' | 'boolean' | 'null' | 'date' | 'datetime' | 'dateLiteral';
  readonly text: string;
  readonly at: number;
}

export interface Comparison {
  readonly kind: 'comparison';
  readonly value: FieldReference | Aggregate;
  readonly operator: Operator;
  readonly literals: readonly Literal[];
  /** `IN (SELECT …)`. */
  readonly subquery: Query | undefined;
  readonly at: number;
}

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition }
  | Comparison;
