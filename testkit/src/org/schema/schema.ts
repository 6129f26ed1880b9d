import { SalesforceError } from '../errors.ts';
import { keyPrefix } from '../ids.ts';
import { createObjectType, type FieldDefinition, type ObjectDefinition, type ObjectType } from './objectType.ts';
import { standardObjects } from './standardObjects.ts';

/** First character of the key prefixes of each kind of custom object. */
const prefixOf: Readonly<Record<string, string>> = { __c: 'a', __e: 'e', __mdt: 'm' };

/** A list of records below their parent: which object, through which of its fields. */
export interface ChildRelationship {
  readonly name: string;
  readonly child: ObjectType;
  readonly field: FieldDefinition;
}

/** The objects of an org. */
export class Schema {
  readonly #types = new Map<string, ObjectType>();
  readonly #definitions = new Map<string, ObjectDefinition>();

  constructor(objects: readonly ObjectDefinition[]) {
    for (const definition of [...standardObjects, ...objects]) this.define(definition);
  }

  /** Adds an object, or adds fields to one that is there. A field of the same name is replaced. */
  define(definition: ObjectDefinition): void {
    const key = definition.name.toLowerCase();
    const known = this.#definitions.get(key);
    const replaced = new Set(definition.fields.map(({ name }) => name));
    const merged = {
      ...known,
      ...definition,
      fields: [...(known?.fields ?? []).filter(({ name }) => !replaced.has(name)), ...definition.fields],
    };
    this.#definitions.set(key, merged);
    this.#types.set(key, createObjectType(merged, this.#types.get(key)?.keyPrefix ?? this.#prefix(merged)));
  }

  get types(): readonly ObjectType[] {
    return [...this.#types.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  find(name: string): ObjectType | undefined {
    return this.#types.get(name.toLowerCase());
  }

  /** For callers that have checked, or that are tests: an unknown name is a mistake of theirs. */
  get(name: string): ObjectType {
    const type = this.find(name);
    if (!type) throw new SalesforceError('INVALID_TYPE', `sObject type '${name}' is not supported.`);
    return type;
  }

  typeOfId(id: string): ObjectType | undefined {
    return this.types.find(({ keyPrefix: prefix }) => id.startsWith(prefix));
  }

  childrenOf(parent: ObjectType): readonly ChildRelationship[] {
    return this.types.flatMap((child) =>
      child.fields.flatMap((field) =>
        field.childRelationshipName && field.referenceTo?.includes(parent.name)
          ? [{ name: field.childRelationshipName, child, field }]
          : [],
      ),
    );
  }

  #prefix({ name, keyPrefix: own }: ObjectDefinition): string {
    if (own) return own;
    const kind = prefixOf[/__\w+$/.exec(name)?.[0] ?? ''] ?? 'z';
    return keyPrefix(kind, this.types.filter((type) => type.keyPrefix.startsWith(kind)).length);
  }
}
