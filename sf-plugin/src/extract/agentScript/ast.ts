import type { Place } from '@agent-readiness/protocol';

/** Every node says where it starts. */
interface Node {
  readonly place: Place;
}

export type BinaryOperator =
  'or' | 'and' | '==' | '!=' | '<' | '<=' | '>' | '>=' | 'is' | 'is not' | '+' | '-' | '*' | '/';

/** `namespace` is `@name`; `name` is a bare identifier; `ellipsis` is `...`, which the model fills. */
export type Expression = Node &
  (
    | { readonly kind: 'string'; readonly value: string }
    | { readonly kind: 'number'; readonly value: number }
    | { readonly kind: 'boolean'; readonly value: boolean }
    | { readonly kind: 'none' }
    | { readonly kind: 'datetime'; readonly value: string }
    | { readonly kind: 'ellipsis' }
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'namespace'; readonly name: string }
    | { readonly kind: 'member'; readonly object: Expression; readonly name: string }
    | { readonly kind: 'subscript'; readonly object: Expression; readonly index: Expression }
    | { readonly kind: 'call'; readonly callee: Expression; readonly args: readonly Expression[] }
    | { readonly kind: 'unary'; readonly operator: 'not' | '+' | '-'; readonly operand: Expression }
    | { readonly kind: 'spread'; readonly operand: Expression }
    | {
        readonly kind: 'binary';
        readonly operator: BinaryOperator;
        readonly left: Expression;
        readonly right: Expression;
      }
    | {
        readonly kind: 'ternary';
        readonly condition: Expression;
        readonly consequence: Expression;
        readonly alternative: Expression;
      }
    | { readonly kind: 'list'; readonly items: readonly Expression[] }
    | { readonly kind: 'dictionary'; readonly pairs: readonly DictionaryPair[] }
    | Invalid
  );

export interface DictionaryPair {
  readonly key: string;
  readonly value: Expression;
}

/** Stands where an expression could not be read; the reason is among the script's problems. */
interface Invalid {
  readonly kind: 'invalid';
}

/** Text after `|`. The text parts keep their line breaks, but not their indentation. */
export interface Template extends Node {
  readonly kind: 'template';
  readonly parts: readonly (string | Expression)[];
}

/** `with param = value` */
export interface With extends Node {
  readonly kind: 'with';
  readonly parameter: string;
  readonly value: Expression;
}

/** `to @subagent.X` */
export interface To extends Node {
  readonly kind: 'to';
  readonly target: Expression;
}

export type Clause = With | To;

/**
 * `key: value`, `key name: value`, `key: mutable type = initial` or `key: type = initial`, each
 * with or without an indented body. A body that is a single value stands in `value`.
 */
export interface Entry extends Node {
  readonly kind: 'entry';
  readonly key: string;
  readonly name?: string;
  readonly modifier?: 'mutable' | 'linked';
  readonly value?: Expression | Template;
  readonly initial?: Expression;
  readonly clauses: readonly Clause[];
  readonly body: readonly Item[];
}

/** `- value` or `- key: value`, with the mapping that continues it as body. */
export interface Element extends Node {
  readonly kind: 'element';
  readonly value?: Expression | Template;
  readonly body: readonly Item[];
}

/** `set @variables.x = value` */
export interface Assignment extends Node {
  readonly kind: 'set';
  readonly target: Expression;
  readonly value: Expression;
}

/** `run @actions.X`, with its inputs and callbacks as body. */
export interface Run extends Node {
  readonly kind: 'run';
  readonly target: Expression;
  readonly body: readonly Item[];
}

/** `if`, any number of `else if`, and `else` as `otherwise`. */
export interface Conditional extends Node {
  readonly kind: 'if';
  readonly branches: readonly Branch[];
  readonly otherwise: readonly Item[];
}

export interface Branch extends Node {
  readonly condition: Expression;
  readonly body: readonly Item[];
}

/** `transition to @subagent.X` */
export interface Transition extends Node {
  readonly kind: 'transition';
  readonly clauses: readonly Clause[];
}

/** `available when condition` */
export interface AvailableWhen extends Node {
  readonly kind: 'available-when';
  readonly condition: Expression;
}

/** `collect @variables.x`: the model asks the user and fills the variable. */
export interface Collect extends Node {
  readonly kind: 'collect';
  readonly target: Expression;
  readonly body: readonly Item[];
}

/** Lines that could not be read, with the readable statements indented under them. */
export interface Unreadable extends Node {
  readonly kind: 'unreadable';
  readonly body: readonly Item[];
}

/** What an indented block consists of; mappings and procedures share one syntax. */
export type Item =
  | Entry
  | Element
  | Template
  | Assignment
  | Run
  | Conditional
  | Transition
  | AvailableWhen
  | Collect
  | Clause
  | Unreadable;

export interface Script extends Node {
  readonly items: readonly Item[];
}

/** A part of the script that was not understood. What follows it was read all the same. */
export interface ScriptProblem {
  readonly place: Place;
  readonly reason: string;
}
