import type { FieldDefinition, ObjectType, StoredRecord, Value } from '../schema/objectType.ts';
import type { DataSource } from './dataSource.ts';
import { queryError } from './queryErrors.ts';
import type { Name } from './syntax.ts';

/** A field that a name in a query stands for. */
export interface Column {
  /** Relationship names on the way, as the schema spells them. */
  readonly parents: readonly Parent[];
  /** The object that has the field. */
  readonly type: ObjectType;
  readonly field: FieldDefinition;
  readonly read: (record: StoredRecord) => Value;
}

/** One step from a child to its parent. */
export interface Parent {
  readonly relationshipName: string;
  readonly type: ObjectType;
  /** The parent, if there is one and the user may see it. */
  read(record: StoredRecord): StoredRecord | undefined;
}

/** Looks names up in the schema, with the rights of the user. */
export class ColumnFinder {
  readonly query: string;
  readonly data: DataSource;

  constructor(query: string, data: DataSource) {
    this.query = query;
    this.data = data;
  }

  /** @throws SalesforceError `INVALID_TYPE` */
  object({ text, at }: Name): ObjectType {
    const type = this.data.objectType(text);
    if (type && !type.isEvent) return type;
    const message =
      `sObject type '${text}' is not supported. If you are attempting to use a custom object, be sure to append the ` +
      `'__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.`;
    throw queryError('INVALID_TYPE', this.query, at, message);
  }

  /** @throws SalesforceError `INVALID_FIELD` when there is no such field, or none that the user may read */
  column(start: ObjectType, { text, at }: Name): Column {
    const path = text.split('.');
    const fieldName = path.pop() ?? '';
    // The name of the object itself may stand in front.
    if (path[0]?.toLowerCase() === start.name.toLowerCase() && !start.parentField(path[0])) path.shift();
    const parents: Parent[] = [];
    let type = start;
    for (const step of path) {
      const parent = this.#parent(type, step, at, text);
      parents.push(parent);
      type = parent.type;
    }
    const field = type.field(fieldName);
    if (!field || !this.data.canRead(type, field)) throw this.#noSuchColumn(fieldName, type, at);
    return { parents, type, field, read: (record) => valueOf(follow(parents, record), field) };
  }

  #parent(type: ObjectType, step: string, at: number, path: string): Parent {
    const reference = type.parentField(step);
    const parentType = reference?.referenceTo?.map((name) => this.data.objectType(name)).find((found) => found);
    if (!reference?.relationshipName || !parentType || !this.data.canRead(type, reference)) {
      const message =
        `Didn't understand relationship '${step}' in field path '${path}'. If you are attempting to use a custom ` +
        `relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or ` +
        `the describe call for the appropriate names.`;
      throw queryError('INVALID_FIELD', this.query, at, message);
    }
    return {
      relationshipName: reference.relationshipName,
      type: parentType,
      read: (record) => {
        const id = record[reference.name];
        return typeof id === 'string' ? this.data.find(parentType, id) : undefined;
      },
    };
  }

  #noSuchColumn(name: string, type: ObjectType, at: number): Error {
    const message =
      `No such column '${name}' on entity '${type.name}'. If you are attempting to use a custom field, be sure to ` +
      `append the '__c' after the custom field name. Please reference your WSDL or the describe call for the ` +
      `appropriate names.`;
    return queryError('INVALID_FIELD', this.query, at, message);
  }
}

function follow(parents: readonly Parent[], start: StoredRecord): StoredRecord | undefined {
  return parents.reduce<StoredRecord | undefined>((record, parent) => record && parent.read(record), start);
}

/** A field of a record as a reader sees it, formulas computed. */
export function valueOf(record: StoredRecord | undefined, field: FieldDefinition): Value {
  if (!record) return null;
  return field.formula ? field.formula(record) : (record[field.name] ?? null);
}
