import type { ApexMethod, ApexSummary, ApexType } from '../../extract/apex/summary.ts';
import { fold } from './fold.ts';
import { MemberIndex, type ClassInSource, type FieldInSource, type MethodInSource } from './members.ts';
import { chooseOverload, fitOf, type ArgumentTypes } from './overloads.ts';
import { elementType, inert, isGeneral, isPrimitive, parseType } from './typeNames.ts';

export type { ClassInSource, FieldInSource, MethodInSource } from './members.ts';

/** What the analysis asks about the project. Names are compared without regard to case. */
export interface ApexLookups {
  /** The summary of the file of a top-level class; `undefined` where the project has none. */
  classNamed(name: string): ApexSummary | undefined;
  triggerNamed(name: string): ApexSummary | undefined;
  /** Names (`Outer` or `Outer.Inner`) of the types that extend or implement one directly. */
  subtypesOf(name: string): readonly string[];
}

/** What names mean in the code of one class, as far as somebody asked; `null` for nothing of the project. */
interface Scope {
  readonly types: Map<string, ClassInSource | null>;
  /** By simple name in lower case: fields of the class, of its ancestors, of the outer class. */
  readonly names: Map<string, FieldInSource | null>;
  /** By the declared type, then by the actual one. */
  readonly narrowed: Map<string, Map<string, string>>;
}

/** Deeper than any class hierarchy; ends the walk where classes extend each other in a circle. */
const maxAncestors = 40;

/** Finds classes and their members as the compiler does. */
export class ClassWorld {
  readonly #lookups: ApexLookups;
  readonly #members = new MemberIndex((start) => this.ancestry(start));
  readonly #ancestries = new Map<ApexType, readonly ClassInSource[]>();
  readonly #descendants = new Map<ApexType, readonly ClassInSource[]>();
  readonly #found = new Map<string, ClassInSource | undefined>();
  readonly #implementations = new Map<string, readonly ClassInSource[]>();
  readonly #scopes = new Map<ApexType | undefined, Scope>();

  constructor(lookups: ApexLookups) {
    this.#lookups = lookups;
  }

  trigger(name: string): ApexSummary | undefined {
    return this.#lookups.triggerNamed(name);
  }

  /** A class by its full name, `Outer` or `Outer.Inner`. */
  named(name: string): ClassInSource | undefined {
    const key = fold(name);
    if (!this.#found.has(key)) this.#found.set(key, this.#find(name));
    return this.#found.get(key);
  }

  #find(name: string): ClassInSource | undefined {
    const [outer = '', inner, ...rest] = name.split('.');
    const summary = this.#lookups.classNamed(outer);
    if (!summary?.type || rest.length > 0) return undefined;
    if (inner === undefined) return { type: summary.type, summary };
    const key = fold(name);
    const type = summary.type.inner.find((each) => fold(each.name) === key);
    return type && { type, summary };
  }

  /** The class that a type name means where it is written: inner classes come before top-level ones. */
  resolve(typeName: string, from: ClassInSource | undefined): ClassInSource | undefined {
    const scope = this.#scope(from);
    let found = scope.types.get(typeName);
    if (found === undefined) {
      found = this.#resolve(typeName, from) ?? null;
      scope.types.set(typeName, found);
    }
    return found ?? undefined;
  }

  #scope(from: ClassInSource | undefined): Scope {
    let scope = this.#scopes.get(from?.type);
    if (!scope) {
      scope = { types: new Map(), names: new Map(), narrowed: new Map() };
      this.#scopes.set(from?.type, scope);
    }
    return scope;
  }

  #resolve(typeName: string, from: ClassInSource | undefined): ClassInSource | undefined {
    const { name } = parseType(typeName);
    if (from && !name.includes('.')) {
      const outer = from.type.name.split('.', 1)[0] ?? '';
      const nearest = this.named(`${outer}.${name}`);
      if (nearest) return nearest;
      for (const ancestor of this.#namedAncestors(this.named(outer))) {
        const inherited = this.named(`${ancestor}.${name}`);
        if (inherited) return inherited;
      }
    }
    return this.named(name);
  }

  #namedAncestors(start: ClassInSource | undefined): string[] {
    const names: string[] = [];
    for (let name = start?.type.superType; name !== undefined && names.length < maxAncestors;) {
      names.push(parseType(name).name);
      name = this.named(parseType(name).name)?.type.superType;
    }
    return names;
  }

  /** The class itself, then what it extends, nearest first, as far as it is in the project. */
  ancestry(start: ClassInSource): readonly ClassInSource[] {
    const known = this.#ancestries.get(start.type);
    if (known) return known;
    const chain: ClassInSource[] = [];
    for (let each: ClassInSource | undefined = start; each && chain.length < maxAncestors;) {
      if (chain.some(({ type }) => type === each?.type)) break;
      chain.push(each);
      each = each.type.superType === undefined ? undefined : this.resolve(each.type.superType, each);
    }
    this.#ancestries.set(start.type, chain);
    return chain;
  }

  /** The first ancestor that is not in the project: its members were not seen. */
  unseenAncestor(start: ClassInSource): string | undefined {
    const last = this.ancestry(start).at(-1);
    const name = last?.type.superType;
    return name === undefined || (last && this.resolve(name, last)) ? undefined : parseType(name).name;
  }

  /** All classes below a class or interface, sorted by name; without the class itself. */
  descendants(start: ClassInSource): readonly ClassInSource[] {
    const known = this.#descendants.get(start.type) ?? this.#findDescendants(start);
    this.#descendants.set(start.type, known);
    return known;
  }

  #findDescendants(start: ClassInSource): readonly ClassInSource[] {
    const found = new Map<string, ClassInSource>();
    const open = [start.type.name];
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      for (const child of this.#lookups.subtypesOf(name)) {
        const known = this.named(child);
        if (!known || known.type.isTest || found.has(fold(child)) || !this.isSubtype(known, start)) continue;
        found.set(fold(child), known);
        open.push(child);
      }
    }
    return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
  }

  /** The classes of the project that implement an interface which it does not have itself, sorted by name. */
  implementationsOf(name: string): readonly ClassInSource[] {
    const key = fold(name);
    const known = this.#implementations.get(key) ?? this.#findImplementations(name);
    this.#implementations.set(key, known);
    return known;
  }

  #findImplementations(name: string): readonly ClassInSource[] {
    const direct = this.#lookups.subtypesOf(name).map((each) => this.named(each));
    const all = direct.flatMap((each) => (each && !each.type.isTest ? [each, ...this.descendants(each)] : []));
    return [...new Map(all.map((each) => [each.type.name, each])).values()].filter(({ type }) => !type.isAbstract);
  }

  isSubtype(candidate: ClassInSource, of: ClassInSource): boolean {
    const wanted = of.type;
    const seen = new Set<ApexType>();
    const open: ClassInSource[] = [candidate];
    for (let each = open.pop(); each; each = open.pop()) {
      if (each.type === wanted) return true;
      if (seen.has(each.type)) continue;
      seen.add(each.type);
      for (const name of [each.type.superType, ...each.type.interfaces]) {
        const above = name === undefined ? undefined : this.resolve(name, each);
        if (above) open.push(above);
      }
    }
    return false;
  }

  /**
   * Of the type that a value is known to have and the one that code takes it for, the one that says more.
   *
   * @param from the class in whose code both stand
   */
  moreTelling(actual: string, declared: string, from: ClassInSource | undefined): string {
    const { narrowed } = this.#scope(from);
    let answers = narrowed.get(declared);
    if (!answers) {
      answers = new Map();
      narrowed.set(declared, answers);
    }
    let answer = answers.get(actual);
    if (answer === undefined) {
      answer = this.#moreTelling(actual, declared, from);
      answers.set(actual, answer);
    }
    return answer;
  }

  #moreTelling(actual: string, declared: string, from: ClassInSource | undefined): string {
    if (actual === 'null' || actual === inert) return declared;
    const [inside, asked] = [elementType(actual), elementType(declared)];
    if (inside !== undefined && asked !== undefined) {
      return isGeneral(declared) && !isGeneral(actual) ? actual : declared;
    }
    if (isGeneral(actual)) return declared;
    if (isGeneral(declared)) return actual;
    const [known, wanted] = [this.resolve(actual, from), this.resolve(declared, from)];
    // What is taken for something of the platform keeps its class.
    if (known && !wanted && !isPrimitive(declared) && !isStored(declared)) return known.type.name;
    return known && wanted && this.isSubtype(known, wanted) ? known.type.name : declared;
  }

  field(start: ClassInSource, name: string): FieldInSource | undefined {
    return this.#members.field(start, fold(name));
  }

  /** The field that a simple name means in the code of a class: its own, that of an ancestor, or that of the outer class. */
  fieldInScope(from: ClassInSource, name: string): FieldInSource | undefined {
    const { names } = this.#scope(from);
    const key = fold(name);
    let found = names.get(key);
    if (found === undefined) {
      const outer = this.outer(from);
      found = this.field(from, name) ?? (outer && this.field(outer, name)) ?? null;
      names.set(key, found);
    }
    return found ?? undefined;
  }

  /** The top-level class around a class: of such a class, itself. */
  outer({ type }: ClassInSource): ClassInSource | undefined {
    return this.named(type.name.split('.', 1)[0] ?? '');
  }

  /** All methods of that name which a class has itself. */
  overloads(type: ApexType, name: string): readonly ApexMethod[] {
    return this.#members.ownMethods(type, fold(name));
  }

  /** The method that a call on exactly this class runs; an abstract declaration only if nothing implements it. */
  method(start: ClassInSource, name: string, args: ArgumentTypes): MethodInSource | undefined {
    let declared: MethodInSource | undefined;
    for (const { owner, candidates } of this.#members.overloads(start, fold(name))) {
      const method = chooseOverload(this, candidates, args, owner);
      if (!method) continue;
      if (method.body) return { owner, method };
      declared ??= { owner, method };
    }
    return declared;
  }

  /** The same, and every overload beside it that fits as well, where the type of an argument is not known. */
  methods(start: ClassInSource, name: string, args: ArgumentTypes): readonly MethodInSource[] {
    const found = this.method(start, name, args);
    if (!found) return [];
    const { owner, method } = found;
    if (!args.some((types) => types.includes(inert))) return [found];
    const fit = fitOf(this, method, args, owner);
    const equals = this.#members
      .ownMethods(owner.type, fold(name))
      .filter((each) => each !== method && each.body && fit > 0 && fitOf(this, each, args, owner) === fit);
    return [found, ...equals.map((each): MethodInSource => ({ owner, method: each }))];
  }

  /** The constructor that `new` with these arguments runs; `undefined` where the class declares none for them. */
  constructorFor(owner: ClassInSource, args: ArgumentTypes): ApexMethod | undefined {
    return chooseOverload(this, owner.type.constructors, args, owner);
  }
}

/** A collection that no class of the project can be. */
function isStored(type: string): boolean {
  return ['list', 'set', 'map'].includes(parseType(type).base);
}
