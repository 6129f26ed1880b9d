import { notFound, SalesforceError } from '../errors.ts';
import type { IdSequence } from '../ids.ts';
import type { FieldDefinition, ObjectType, StoredRecord, Value } from '../schema/objectType.ts';
import type { Schema } from '../schema/schema.ts';
import type { Access } from '../security/access.ts';
import type { RecordLocks } from './locks.ts';
import type { RecordStore } from './store.ts';
import type { ValidationRules } from './validationRules.ts';
import { printDateTime, toStored } from './values.ts';

/** Values of a request, not yet checked. */
export type Values = Readonly<Record<string, unknown>>;

interface Parts {
  readonly schema: Schema;
  readonly store: RecordStore;
  readonly ids: IdSequence;
  readonly locks: RecordLocks;
  readonly rules: ValidationRules;
  readonly now: () => Date;
}

/**
 * Inserts, changes and deletes records in the name of a user, in the order in which the platform
 * checks: object, field, record, lock, values, validation rules, uniqueness.
 *
 * Every method throws a SalesforceError and then has written nothing.
 */
export class RecordWriter {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** @returns the id of the new record */
  insert(type: ObjectType, values: Values, access: Access): string {
    if (!access.can('create', type)) throw cannotWrite('inserted', type, access);
    const written = this.#toStored(type, values, access);
    const id = this.#parts.ids.next(type.keyPrefix);
    const by = access.userId;
    const at = printDateTime(this.#parts.now());
    const after: StoredRecord = {
      ...defaultsOf(type),
      ...(type.field('OwnerId') && { OwnerId: by }),
      ...written,
      Id: id,
      IsDeleted: false,
      ...{ CreatedDate: at, CreatedById: by, LastModifiedDate: at, LastModifiedById: by, SystemModstamp: at },
    };
    this.#check(type, after, undefined, access);
    this.#parts.store.write({ action: 'insert', object: type.name, id, by, before: undefined, after });
    return id;
  }

  update(type: ObjectType, id: string, values: Values, access: Access): void {
    const written = this.#toStored(type, values, access);
    const before = this.#existing(type, id, 'edit', access);
    const at = printDateTime(this.#parts.now());
    const by = access.userId;
    const after = { ...before, ...written, LastModifiedDate: at, LastModifiedById: by, SystemModstamp: at };
    this.#check(type, after, before, access);
    this.#parts.store.write({ action: 'update', object: type.name, id, by, before, after });
  }

  /** Deletes a record and, with it, the detail records it owns. */
  delete(type: ObjectType, id: string, access: Access): void {
    const before = this.#existing(type, id, 'delete', access);
    this.#remove(type, before, access.userId);
  }

  #remove(type: ObjectType, before: StoredRecord, by: string): void {
    const { schema, store, now } = this.#parts;
    const id = String(before['Id']);
    const at = printDateTime(now());
    for (const { child, field } of schema.childrenOf(type).filter((relationship) => relationship.field.masterDetail)) {
      const details = store.all(child).filter((record) => record[field.name] === id && record['IsDeleted'] !== true);
      for (const detail of details) this.#remove(child, detail, by);
    }
    const after = { ...before, IsDeleted: true, LastModifiedDate: at, LastModifiedById: by, SystemModstamp: at };
    store.write({ action: 'delete', object: type.name, id, by, before, after });
  }

  #existing(type: ObjectType, id: string, right: 'edit' | 'delete', access: Access): StoredRecord {
    const { store, locks } = this.#parts;
    if (!access.can('read', type)) throw notFound();
    const record = store.find(type.name, id);
    if (!record) throw notFound();
    if (!access.canSee(type, record)) throw noAccessToReference();
    if (record['IsDeleted'] === true) throw new SalesforceError('ENTITY_IS_DELETED', 'entity is deleted', []);
    if (!access.can(right, type) || !access.canChange(type, record)) {
      throw new SalesforceError('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id', []);
    }
    locks.check(id);
    return record;
  }

  #toStored(type: ObjectType, values: Values, access: Access): Record<string, Value> {
    const given = Object.entries(values).filter(([name]) => name !== 'attributes');
    const fields = given.map(([name, value]) => ({ field: writableField(type, name, access), value }));
    const denied = fields.map(({ field }) => field).filter((field) => !access.canEditField(type, field));
    if (denied.length > 0) throw cannotEdit(denied);
    return Object.fromEntries(fields.map(({ field, value }) => [field.name, toStored(field, value)]));
  }

  #check(type: ObjectType, after: StoredRecord, before: StoredRecord | undefined, access: Access): void {
    const missing = type.fields.filter(({ name, required }) => required && (after[name] ?? null) === null);
    if (missing.length > 0) {
      const names = missing.map(({ name }) => name);
      throw new SalesforceError('REQUIRED_FIELD_MISSING', `Required fields are missing: [${names.join(', ')}]`, names);
    }
    for (const field of type.fields.filter(({ name }) => after[name] !== before?.[name])) {
      this.#checkReference(field, after, access);
    }
    this.#parts.rules.check(type.name, { record: after, before, userId: access.userId });
    for (const field of type.fields.filter(({ unique }) => unique)) this.#checkUnique(type, field, after);
  }

  #checkReference(field: FieldDefinition, record: StoredRecord, access: Access): void {
    const id = record[field.name];
    // What the platform writes by itself needs no right of the user.
    if (!field.referenceTo || field.readOnly || typeof id !== 'string') return;
    const { schema, store } = this.#parts;
    const targetType = schema.typeOfId(id);
    const target = targetType && store.find(targetType.name, id);
    if (!target || !field.referenceTo.includes(targetType.name) || target['IsDeleted'] === true) {
      throw new SalesforceError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', []);
    }
    const mayPoint = field.masterDetail ? access.canChange(targetType, target) : access.canSee(targetType, target);
    if (!mayPoint) throw noAccessToReference();
  }

  #checkUnique(type: ObjectType, { name }: FieldDefinition, record: StoredRecord): void {
    const key = uniqueKey(record[name]);
    if (key === undefined) return;
    const other = this.#parts.store
      .all(type)
      .find((each) => each['Id'] !== record['Id'] && each['IsDeleted'] !== true && uniqueKey(each[name]) === key);
    if (!other) return;
    const message = `duplicate value found: ${name} duplicates value on record with id: ${String(other['Id'])}`;
    throw new SalesforceError('DUPLICATE_VALUE', message, []);
  }
}

function defaultsOf({ fields }: ObjectType): Record<string, Value> {
  const entries = fields.flatMap((field): [string, Value][] => {
    if (field.default !== undefined) return [[field.name, field.default]];
    return field.type === 'boolean' ? [[field.name, false]] : [];
  });
  return Object.fromEntries(entries);
}

function uniqueKey(value: Value | undefined): string | number | undefined {
  if (typeof value === 'string') return value.toLowerCase();
  return typeof value === 'number' ? value : undefined;
}

function writableField(type: ObjectType, name: string, access: Access): FieldDefinition {
  const field = type.field(name);
  if (field && access.canReadField(type, field)) return field;
  throw new SalesforceError('INVALID_FIELD', `No such column '${name}' on sobject of type ${type.name}`);
}

function cannotEdit(denied: readonly FieldDefinition[]): SalesforceError {
  const names = denied.map(({ name }) => name);
  return new SalesforceError(
    'INVALID_FIELD_FOR_INSERT_UPDATE',
    `Unable to create/update fields: ${names.join(', ')}. Please check the security settings of this field and ` +
      'verify that it is read/write for your profile or permission set.',
    names,
  );
}

function cannotWrite(verb: string, type: ObjectType, access: Access): SalesforceError {
  if (!access.can('read', type)) return notFound();
  const message = `entity type cannot be ${verb}: ${type.label}`;
  return new SalesforceError('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', message, []);
}

function noAccessToReference(): SalesforceError {
  const message = 'insufficient access rights on cross-reference id';
  return new SalesforceError('INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY', message, []);
}
