import type { Expression, Statement } from './body.ts';
import type { Position } from './position.ts';

/** What one `.cls` or `.trigger` file declares, compact enough to cache and complete enough not to parse it again. */
export interface ApexSummary extends ApexUnit {
  /** Relative to the project root. */
  readonly file: string;
  /** Of the class or trigger itself: the defaults of the security mode depend on it. */
  readonly apiVersion: number;
}

/** The part of a summary that follows from the text alone. */
export interface ApexUnit {
  /** Neither is present for a file that declares nothing, such as an anonymous script. */
  readonly type?: ApexType;
  readonly trigger?: ApexTrigger;
  /** Where the parser skipped something: what stands there was not seen. */
  readonly syntaxErrors: readonly Position[];
}

export type Sharing = 'with' | 'without' | 'inherited';

export interface ApexType {
  readonly kind: 'class' | 'interface' | 'enum';
  /** `Outer` or `Outer.Inner`. */
  readonly name: string;
  readonly at: Position;
  readonly sharing?: Sharing;
  readonly superType?: string;
  /** Implemented by a class, extended by an interface. */
  readonly interfaces: readonly string[];
  readonly isAbstract?: true;
  /** It may be extended: it is virtual or abstract, or an interface. */
  readonly isOpen?: true;
  /** Test code is not run by an agent; its bodies are left out. */
  readonly isTest?: true;
  readonly fields: readonly ApexField[];
  readonly methods: readonly ApexMethod[];
  readonly constructors: readonly ApexMethod[];
  readonly initializers: readonly ApexInitializer[];
  readonly inner: readonly ApexType[];
}

/** A field, or a property: a property may have accessors with code. */
export interface ApexField {
  readonly name: string;
  readonly type: string;
  readonly at: Position;
  readonly isStatic?: true;
  readonly isFinal?: true;
  /** In lower case, without the at sign. */
  readonly annotations: readonly string[];
  readonly value?: Expression;
  readonly getter?: readonly Statement[];
  readonly setter?: readonly Statement[];
}

export interface Parameter {
  readonly name: string;
  readonly type: string;
}

export interface ApexMethod {
  readonly name: string;
  readonly at: Position;
  readonly parameters: readonly Parameter[];
  /** `void` for constructors as well. */
  readonly returns: string;
  readonly isStatic?: true;
  readonly isTest?: true;
  /** In lower case, without the at sign. */
  readonly annotations: readonly string[];
  /** Absent for abstract methods, interface methods and test code. */
  readonly body?: readonly Statement[];
}

export interface ApexInitializer {
  readonly at: Position;
  readonly isStatic?: true;
  readonly body: readonly Statement[];
}

export interface ApexTrigger {
  readonly name: string;
  readonly object: string;
  /** E.g. `before insert`. */
  readonly events: readonly string[];
  readonly at: Position;
  readonly body: readonly Statement[];
  readonly methods: readonly ApexMethod[];
}
