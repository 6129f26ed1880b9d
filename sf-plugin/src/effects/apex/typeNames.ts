/** A type name in parts: `Map<Id,List<Contact>>` has the base `map` and two arguments. */
export interface ParsedType {
  /** As written, without arguments. */
  readonly name: string;
  /** In lower case, for comparing. */
  readonly base: string;
  readonly args: readonly string[];
  /** Of a collection, the type of what it holds; of a map, that of its values. */
  readonly element: string | undefined;
  /** It says less than the value in it. */
  readonly isGeneral: boolean;
  readonly isPrimitive: boolean;
  /** A value of it may be an object with methods that the project has. */
  readonly mayHaveMethods: boolean;
}

/** Values of the platform whose methods have no effects; what they are does not matter. */
export const inert = '$inert';

/** The token of an object whose class is decided at run time. */
export const ofAnyClass = '$any';

const collections: ReadonlySet<string> = new Set(['list', 'set', 'map', 'iterable', 'iterator']);

const general: ReadonlySet<string> = new Set(['object', 'sobject', inert]);

const parsed = new Map<string, ParsedType>();

/** Remembers its answers: a project uses few types, many times. */
export function parseType(type: string): ParsedType {
  let known = parsed.get(type);
  if (!known) {
    known = parse(type);
    parsed.set(type, known);
  }
  return known;
}

function parse(type: string): ParsedType {
  const open = type.indexOf('<');
  const name = open === -1 ? type : type.slice(0, open);
  const args = open === -1 ? [] : splitArguments(type.slice(open + 1, type.lastIndexOf('>')));
  const written = name.toLowerCase();
  const base = written.startsWith('system.') ? written.slice('system.'.length) : written;
  const element = elementOf(base, args);
  const isPrimitive = primitives.has(base);
  const says = element === undefined ? !general.has(base) : !isGeneral(element);
  const mayHaveMethods = says && !isPrimitive && name !== 'null';
  return { name, base, args, element, isGeneral: !says, isPrimitive, mayHaveMethods };
}

function elementOf(base: string, args: readonly string[]): string | undefined {
  if (base === 'database.querylocator') return 'SObject';
  return collections.has(base) ? (args.at(-1) ?? 'Object') : undefined;
}

function splitArguments(text: string): string[] {
  const args: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (sign === '<') depth += 1;
    else if (sign === '>') depth -= 1;
    else if (sign === ',' && depth === 0) {
      args.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...args, text.slice(start)];
}

/** The type of what a collection holds (of a map, its values); `undefined` for any other type. */
export function elementType(type: string): string | undefined {
  return parseType(type).element;
}

export function keyType(type: string): string {
  const { base, args } = parseType(type);
  return base === 'map' ? (args[0] ?? 'Object') : 'Object';
}

/** Whether a type says less than the value in it: what was assigned to it is the better answer. */
export function isGeneral(type: string): boolean {
  return parseType(type).isGeneral;
}

const primitives: ReadonlySet<string> = new Set(
  'blob boolean date datetime decimal double id integer long string time void'.split(' '),
);

/** Whether a value of the type may be an object with methods that the project has. */
export function mayHaveMethods(type: string): boolean {
  return parseType(type).mayHaveMethods;
}

export function isPrimitive(type: string): boolean {
  return parseType(type).isPrimitive;
}
