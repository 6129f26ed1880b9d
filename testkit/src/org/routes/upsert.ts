import { SalesforceError } from '../errors.ts';
import type { OrgState } from '../orgState.ts';
import type { Values } from '../records/recordWriter.ts';
import { toStored } from '../records/values.ts';
import type { FieldDefinition, ObjectType } from '../schema/objectType.ts';
import type { Access } from '../security/access.ts';

/** Ids of the records with a value in an external id field; whether the user sees them is not asked here. */
export function findByExternalId(
  org: OrgState,
  access: Access,
  type: ObjectType,
  fieldName: string,
  value: unknown,
): readonly string[] {
  const field = externalIdField(type, fieldName, access);
  const wanted = key(toStored(field, value));
  return org.store
    .all(type)
    .filter((record) => record['IsDeleted'] !== true && wanted !== null && key(record[field.name] ?? null) === wanted)
    .map((record) => String(record['Id']));
}

/**
 * Changes the record with an external id, or inserts one.
 *
 * @throws SalesforceError also `DUPLICATE_EXTERNAL_ID` when several records have it
 */
export function upsert(
  org: OrgState,
  access: Access,
  type: ObjectType,
  fieldName: string,
  value: unknown,
  values: Values,
): { id: string; created: boolean } {
  const field = externalIdField(type, fieldName, access);
  if (Object.keys(values).some((name) => name.toLowerCase() === field.name.toLowerCase())) {
    const message = `The ${field.name} field should not be specified in the sobject data.`;
    throw new SalesforceError('INVALID_FIELD', message);
  }
  const matches = findByExternalId(org, access, type, fieldName, value);
  if (matches.length > 1) {
    const message = `${field.name}: more than one record found for external id field: [${matches.join(', ')}]`;
    throw new SalesforceError('DUPLICATE_EXTERNAL_ID', message, [field.name]);
  }
  const [id] = matches;
  if (id !== undefined) {
    org.writer.update(type, id, values, access);
    return { id, created: false };
  }
  const own = field.type === 'id' ? {} : { [field.name]: value };
  return { id: org.writer.insert(type, { ...values, ...own }, access), created: true };
}

function externalIdField(type: ObjectType, name: string, access: Access): FieldDefinition {
  const field = type.field(name);
  if (field && (field.externalId || field.type === 'id') && access.canReadField(type, field)) return field;
  const message = `Provided external ID field does not exist or is not accessible: ${name}`;
  throw new SalesforceError('NOT_FOUND', message);
}

function key(value: string | number | boolean | null): string | number | boolean | null {
  return typeof value === 'string' ? value.toLowerCase() : value;
}
