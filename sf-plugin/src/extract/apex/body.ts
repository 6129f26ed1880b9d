import type { Position } from './position.ts';

/*
 * The statements and expressions of a method as the analysis needs them: every call, write, value
 * and branch, without punctuation. Plain data, so that a cache can keep it as JSON. Type names are
 * written without white space, arrays as lists (`Map<Id,List<Contact>>`).
 */

export type DmlVerb = 'insert' | 'update' | 'upsert' | 'delete' | 'undelete' | 'merge';
export type AccessMode = 'user' | 'system';

export type NumberType = 'Long' | 'Double' | 'Decimal';

/** One record field set in a constructor: `new Contact(LastName = …)`. */
export interface FieldValue {
  readonly name: string;
  readonly value: Expression;
}

/** A condition that all rows of a query meet: one side of a top-level AND, comparing with `=` or `IN`. */
export interface Filter {
  readonly field: string;
  readonly value: Expression;
}

/** A query written in square brackets. */
export interface Query {
  /** SOSL: it returns a list of records for each object. */
  readonly isSearch?: true;
  /** The objects whose records it returns; more than one only for SOSL. */
  readonly objects: readonly string[];
  /** What it asks for, as written: `Email`, `Account.Phone`, `FIELDS(ALL)`. */
  readonly fields?: readonly string[];
  readonly filters: readonly Filter[];
  /** Apex values in all other places of the query. */
  readonly binds: readonly Expression[];
  readonly limit?: Expression;
  readonly access?: AccessMode | 'security-enforced';
  /** It returns numbers or groups, not records. */
  readonly isAggregate?: true;
}

export type Expression =
  | {
      readonly kind: 'literal';
      readonly at: Position;
      readonly value: string | number | boolean | null;
      /** Of a number that is no `Integer`. */
      readonly type?: NumberType;
    }
  | { readonly kind: 'name'; readonly at: Position; readonly name: string }
  | { readonly kind: 'this'; readonly at: Position }
  | { readonly kind: 'super'; readonly at: Position }
  | { readonly kind: 'field'; readonly at: Position; readonly target: Expression; readonly name: string }
  | { readonly kind: 'index'; readonly at: Position; readonly target: Expression; readonly index: Expression }
  | {
      readonly kind: 'call';
      readonly at: Position;
      readonly target?: Expression;
      readonly name: string;
      readonly args: readonly Expression[];
    }
  | {
      readonly kind: 'new';
      readonly at: Position;
      readonly type: string;
      readonly args: readonly Expression[];
      readonly fields: readonly FieldValue[];
    }
  /** `new List<X>{ … }`; of a map, `items` are the values. */
  | {
      readonly kind: 'collection';
      readonly at: Position;
      readonly type: string;
      readonly items: readonly Expression[];
      readonly keys: readonly Expression[];
      /** Of an array: `new String[size]`. */
      readonly sizes?: readonly Expression[];
    }
  | {
      readonly kind: 'assign';
      readonly at: Position;
      readonly target: Expression;
      readonly value: Expression;
      /** `+=`, `++` and the like: the old value stays part of the new one. */
      readonly isCompound?: true;
    }
  /** `a + b + c` is one operation with three operands; a prefix operator has one. */
  | {
      readonly kind: 'operation';
      readonly at: Position;
      readonly operator: string;
      readonly operands: readonly Expression[];
    }
  | {
      readonly kind: 'conditional';
      readonly at: Position;
      readonly test: Expression;
      readonly then: Expression;
      readonly else: Expression;
    }
  | { readonly kind: 'cast'; readonly at: Position; readonly type: string; readonly value: Expression }
  | { readonly kind: 'instanceof'; readonly at: Position; readonly type: string; readonly value: Expression }
  /** `Contact.class` */
  | { readonly kind: 'class'; readonly at: Position; readonly type: string }
  | { readonly kind: 'query'; readonly at: Position; readonly query: Query }
  /** Syntax that this version does not know, with the expressions found in it. */
  | { readonly kind: 'unknown'; readonly at: Position; readonly syntax: string; readonly parts: readonly Expression[] };

export interface LoopVariable {
  readonly type: string;
  readonly name: string;
}

/** One `when` of a switch. `values` is empty for `when else` and for `when Contact c`. */
export interface SwitchCase {
  readonly values: readonly Expression[];
  readonly variable?: LoopVariable;
  readonly isElse?: true;
  readonly body: readonly Statement[];
}

export type Statement =
  | {
      readonly kind: 'local';
      readonly at: Position;
      readonly type: string;
      readonly name: string;
      readonly value?: Expression;
    }
  | { readonly kind: 'expression'; readonly at: Position; readonly value: Expression }
  | {
      readonly kind: 'dml';
      readonly at: Position;
      readonly verb: DmlVerb;
      readonly access?: AccessMode;
      readonly operand: Expression;
      /** The records that are merged into the first and removed. */
      readonly merged?: Expression;
    }
  | { readonly kind: 'return'; readonly at: Position; readonly value?: Expression }
  | { readonly kind: 'throw'; readonly at: Position; readonly value?: Expression }
  /** `break` or `continue`. */
  | { readonly kind: 'jump'; readonly at: Position }
  | {
      readonly kind: 'if';
      readonly at: Position;
      readonly test: Expression;
      readonly then: readonly Statement[];
      readonly else: readonly Statement[];
    }
  | {
      readonly kind: 'for-each';
      readonly at: Position;
      readonly variable: LoopVariable;
      readonly iterable: Expression;
      readonly body: readonly Statement[];
    }
  /** `for`, `while` and `do`. */
  | {
      readonly kind: 'loop';
      readonly at: Position;
      readonly init: readonly Statement[];
      readonly test?: Expression;
      readonly update: readonly Expression[];
      readonly body: readonly Statement[];
    }
  | {
      readonly kind: 'switch';
      readonly at: Position;
      readonly subject: Expression;
      readonly cases: readonly SwitchCase[];
    }
  | {
      readonly kind: 'try';
      readonly at: Position;
      readonly body: readonly Statement[];
      readonly catches: readonly { readonly variable: LoopVariable; readonly body: readonly Statement[] }[];
      readonly finally: readonly Statement[];
    }
  | { readonly kind: 'block'; readonly at: Position; readonly body: readonly Statement[] };
