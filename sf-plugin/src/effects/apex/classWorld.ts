import type { ApexField, ApexMethod, ApexSummary, ApexType } from '../../extract/apex/summary.ts';
import { MemberIndex } from './members.ts';
import { elementType, inert, isGeneral, parseType } from './typeNames.ts';

/** What the analysis asks about the project. Names are compared without regard to case. */
export interface ApexLookups {
  /** The summary of the file of a top-level class; `undefined` where the project has none. */
  classNamed(name: string): ApexSummary | undefined;
  triggerNamed(name: string): ApexSummary | undefined;
  /** Names (`Outer` or `Outer.Inner`) of the types that extend or implement one directly. */
  subtypesOf(name: string): readonly string[];
}

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

/** Deeper than any class hierarchy; ends the walk where classes extend each other in a circle. */
const maxAncestors = 40;

/** Finds classes and their members as the compiler does. */
export class ClassWorld {
  readonly #lookups: ApexLookups;
  readonly #members = new MemberIndex();
  readonly #ancestries = new Map<ApexType, readonly ClassInSource[]>();
  readonly #descendants = new Map<ApexType, readonly ClassInSource[]>();
  readonly #found = new Map<string, ClassInSource | undefined>();
  readonly #implementations = new Map<string, readonly ClassInSource[]>();
  readonly #resolved = new Map<ApexType | undefined, Map<string, ClassInSource | undefined>>();

  constructor(lookups: ApexLookups) {
    this.#lookups = lookups;
  }

  trigger(name: string): ApexSummary | undefined {
    return this.#lookups.triggerNamed(name);
  }

  /** A class by its full name, `Outer` or `Outer.Inner`. */
  named(name: string): ClassInSource | undefined {
    const key = name.toLowerCase();
    if (!this.#found.has(key)) this.#found.set(key, this.#find(name));
    return this.#found.get(key);
  }

  #find(name: string): ClassInSource | undefined {
    const [outer = '', inner, ...rest] = name.split('.');
    const summary = this.#lookups.classNamed(outer);
    if (!summary?.type || rest.length > 0) return undefined;
    if (inner === undefined) return { type: summary.type, summary };
    const key = name.toLowerCase();
    const type = summary.type.inner.find((each) => each.name.toLowerCase() === key);
    return type && { type, summary };
  }

  /** The class that a type name means where it is written: inner classes come before top-level ones. */
  resolve(typeName: string, from: ClassInSource | undefined): ClassInSource | undefined {
    const known = this.#resolved.get(from?.type) ?? new Map<string, ClassInSource | undefined>();
    this.#resolved.set(from?.type, known);
    if (!known.has(typeName)) known.set(typeName, this.#resolve(typeName, from));
    return known.get(typeName);
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
        if (!known || known.type.isTest || found.has(child.toLowerCase()) || !this.isSubtype(known, start)) continue;
        found.set(child.toLowerCase(), known);
        open.push(child);
      }
    }
    return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
  }

  /** The classes of the project that implement an interface which it does not have itself, sorted by name. */
  implementationsOf(name: string): readonly ClassInSource[] {
    const key = name.toLowerCase();
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

  field(start: ClassInSource, name: string): FieldInSource | undefined {
    const key = name.toLowerCase();
    for (const owner of this.ancestry(start)) {
      const field = this.#members.field(owner.type, key);
      if (field) return { owner, field };
    }
    return undefined;
  }

  /** All methods of that name which a class has itself. */
  overloads(type: ApexType, name: string): readonly ApexMethod[] {
    return this.#members.methods(type, name.toLowerCase());
  }

  /** The method that a call on exactly this class runs; an abstract declaration only if nothing implements it. */
  method(start: ClassInSource, name: string, args: readonly (readonly string[])[]): MethodInSource | undefined {
    const key = name.toLowerCase();
    let declared: MethodInSource | undefined;
    for (const owner of this.ancestry(start)) {
      const method = this.choose(this.#members.methods(owner.type, key), args, owner);
      if (!method) continue;
      if (method.body) return { owner, method };
      declared ??= { owner, method };
    }
    return declared;
  }

  /** The same, and every overload beside it that fits as well, where the type of an argument is not known. */
  methods(start: ClassInSource, name: string, args: readonly (readonly string[])[]): readonly MethodInSource[] {
    const found = this.method(start, name, args);
    if (!found) return [];
    const { owner, method } = found;
    if (!args.some((types) => types.includes(inert))) return [found];
    const score = this.#score(method, args, owner);
    const equals = this.#members
      .methods(owner.type, name.toLowerCase())
      .filter((each) => each !== method && each.body && score > 0 && this.#score(each, args, owner) === score);
    return [found, ...equals.map((each): MethodInSource => ({ owner, method: each }))];
  }

  /** Picks an overload by the number of arguments, then by how well their types fit; the first of equals. */
  choose(
    candidates: readonly ApexMethod[],
    args: readonly (readonly string[])[],
    owner: ClassInSource,
  ): ApexMethod | undefined {
    const [only] = candidates;
    if (candidates.length <= 1) return only?.parameters.length === args.length && !only.isTest ? only : undefined;
    let best: ApexMethod | undefined;
    let bestScore = -1;
    for (const candidate of candidates) {
      const score = this.#score(candidate, args, owner);
      if (score > bestScore) [best, bestScore] = [candidate, score];
    }
    return best;
  }

  /** How well arguments fit: -1 where they are too few or too many, 0 where the type of one cannot be. */
  #score({ parameters, isTest }: ApexMethod, args: readonly (readonly string[])[], owner: ClassInSource): number {
    if (parameters.length !== args.length || isTest) return -1;
    let score = 0;
    for (const [index, { type }] of parameters.entries()) {
      const fit = this.#fit(args[index] ?? [], type, owner);
      if (fit === 0) return 0;
      score += fit;
    }
    return score;
  }

  /** From 4, the same type, down to 0, cannot be. */
  #fit(given: readonly string[], wanted: string, from: ClassInSource): number {
    if (given.length === 0 || given.every((type) => type === 'null')) return 1;
    return Math.max(...given.map((type) => this.#fitOf(type, wanted, from)));
  }

  #fitOf(given: string, wanted: string, from: ClassInSource): number {
    const [a, b] = [parseType(given), parseType(wanted)];
    if (given.toLowerCase() === wanted.toLowerCase()) return 4;
    const [inside, asked] = [elementType(given), elementType(wanted)];
    if (inside !== undefined && asked !== undefined) return a.base === b.base ? this.#fitOf(inside, asked, from) : 0;
    if (isGeneral(given)) return 1;
    if (b.base === 'object') return 1;
    if (inside !== undefined || asked !== undefined) return 0;
    const [actual, expected] = [this.resolve(given, from), this.resolve(wanted, from)];
    if (actual && expected) return actual.type === expected.type ? 4 : this.isSubtype(actual, expected) ? 3 : 0;
    if (actual || expected) return 0;
    if (b.base === 'sobject') return primitive.has(a.base) ? 0 : 3;
    if (numbers.has(a.base) && numbers.has(b.base)) return 2;
    if (texts.has(a.base) && texts.has(b.base)) return 2;
    return primitive.has(a.base) || primitive.has(b.base) ? 0 : 1;
  }
}

const numbers: ReadonlySet<string> = new Set(['integer', 'long', 'double', 'decimal']);
const texts: ReadonlySet<string> = new Set(['id', 'string']);
const primitive: ReadonlySet<string> = new Set([...numbers, ...texts, 'blob', 'boolean', 'date', 'datetime', 'time']);
