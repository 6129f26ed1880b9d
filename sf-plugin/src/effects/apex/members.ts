import type { ApexField, ApexMethod, ApexSummary, ApexType } from '../../extract/apex/summary.ts';
import { fold } from './fold.ts';

/** A type of the project and the file it stands in. */
export interface ClassInSource {
  readonly type: ApexType;
  readonly summary: ApexSummary;
}

export interface MethodInSource {
  readonly owner: ClassInSource;
  readonly method: ApexMethod;
}

export interface FieldInSource {
  readonly owner: ClassInSource;
  readonly field: ApexField;
}

/** The methods of one name that a class has itself. */
interface Overloads {
  readonly owner: ClassInSource;
  readonly candidates: readonly ApexMethod[];
}

/** The members of a class by lower-case name: its own, then those that somebody looked for in its ancestors too. */
interface Members {
  readonly ownFields: ReadonlyMap<string, ApexField>;
  readonly ownMethods: ReadonlyMap<string, readonly ApexMethod[]>;
  readonly fields: Map<string, FieldInSource | null>;
  readonly overloads: Map<string, readonly Overloads[]>;
}

const none: readonly ApexMethod[] = [];

/** Finds members of classes by lower-case name, and remembers what it found. */
export class MemberIndex {
  readonly #ancestry: (start: ClassInSource) => readonly ClassInSource[];
  readonly #members = new Map<ApexType, Members>();

  /** @param ancestry a class itself, then what it extends, nearest first */
  constructor(ancestry: (start: ClassInSource) => readonly ClassInSource[]) {
    this.#ancestry = ancestry;
  }

  /** The field that objects of a class have, its own or the one of the nearest ancestor. */
  field(start: ClassInSource, name: string): FieldInSource | undefined {
    const { fields } = this.#of(start.type);
    let found = fields.get(name);
    if (found === undefined) {
      found = this.#findField(start, name) ?? null;
      fields.set(name, found);
    }
    return found ?? undefined;
  }

  #findField(start: ClassInSource, name: string): FieldInSource | undefined {
    for (const owner of this.#ancestry(start)) {
      const field = this.#of(owner.type).ownFields.get(name);
      if (field) return { owner, field };
    }
    return undefined;
  }

  /** All methods of that name which a class has itself, in the order in which they are written. */
  ownMethods(type: ApexType, name: string): readonly ApexMethod[] {
    return this.#of(type).ownMethods.get(name) ?? none;
  }

  /** All methods of that name, of the class itself and then of each ancestor that has some. */
  overloads(start: ClassInSource, name: string): readonly Overloads[] {
    const { overloads } = this.#of(start.type);
    let found = overloads.get(name);
    if (found === undefined) {
      found = this.#ancestry(start)
        .map((owner) => ({ owner, candidates: this.ownMethods(owner.type, name) }))
        .filter(({ candidates }) => candidates.length > 0);
      overloads.set(name, found);
    }
    return found;
  }

  #of(type: ApexType): Members {
    const known = this.#members.get(type);
    if (known) return known;
    const ownFields = new Map(type.fields.map((field) => [fold(field.name), field]));
    const ownMethods = new Map<string, ApexMethod[]>();
    for (const method of type.methods) {
      const key = fold(method.name);
      const overloads = ownMethods.get(key);
      if (overloads) overloads.push(method);
      else ownMethods.set(key, [method]);
    }
    const members = { ownFields, ownMethods, fields: new Map(), overloads: new Map() };
    this.#members.set(type, members);
    return members;
  }
}
