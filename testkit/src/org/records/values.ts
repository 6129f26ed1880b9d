import { SalesforceError } from '../errors.ts';
import { isId, toId18 } from '../ids.ts';
import type { FieldDefinition, Value } from '../schema/objectType.ts';

/**
 * A value from a request as it will be stored.
 *
 * @throws SalesforceError when the value does not fit the field
 */
export function toStored(field: FieldDefinition, value: unknown): Value {
  if (value === undefined || value === null || value === '') {
    if (field.type !== 'boolean') return null;
    throw wrongType(field, '');
  }
  switch (field.type) {
    case 'boolean':
      return toBoolean(field, value);
    case 'currency':
    case 'double':
    case 'int':
    case 'percent':
      return toNumber(field, value);
    case 'date':
      return toDate(field, value);
    case 'datetime':
      return toDateTime(field, value);
    case 'id':
    case 'reference':
      return toReference(field, value);
    case 'email':
    case 'multipicklist':
    case 'phone':
    case 'picklist':
    case 'string':
    case 'textarea':
    case 'url':
      return toText(field, value);
  }
}

/** A moment as the API prints it. */
export function printDateTime(moment: Date): string {
  return moment.toISOString().replace('Z', '+0000');
}

function toBoolean(field: FieldDefinition, value: unknown): boolean {
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw cannotDeserialize(field, value);
}

function toNumber(field: FieldDefinition, value: unknown): number {
  const number = typeof value === 'string' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) throw cannotDeserialize(field, value);
  if (field.type === 'int' && !Number.isInteger(number)) throw cannotDeserialize(field, value);
  return number;
}

function toDate(field: FieldDefinition, value: unknown): string {
  const day = typeof value === 'string' ? /^\d{4}-\d\d-\d\d/.exec(value)?.[0] : undefined;
  const parsed = new Date(`${day ?? ''}T00:00:00Z`);
  // A day that the month does not have would silently become one of the next month.
  if (day === undefined || Number.isNaN(parsed.getTime()) || !parsed.toISOString().startsWith(day)) {
    throw cannotDeserialize(field, value);
  }
  return day;
}

function toDateTime(field: FieldDefinition, value: unknown): string {
  const shape = /^(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:?\d\d)$/;
  const [, local, zone] = typeof value === 'string' ? (shape.exec(value) ?? []) : [];
  const parsed = new Date(`${local ?? ''}${zone?.replace(/^(.\d\d)(\d\d)$/, '$1:$2') ?? ''}`);
  if (local === undefined || Number.isNaN(parsed.getTime())) throw cannotDeserialize(field, value);
  return printDateTime(parsed);
}

function toReference(field: FieldDefinition, value: unknown): string {
  if (typeof value === 'string' && isId(value)) return toId18(value);
  const label = field.name.replace(/Id$/, ' ID');
  throw new SalesforceError('MALFORMED_ID', `${label}: id value of incorrect type: ${print(value)}`, [field.name]);
}

function toText(field: FieldDefinition, value: unknown): string {
  if (typeof value !== 'string') throw cannotDeserialize(field, value);
  const { name, length = 255, values } = field;
  if (value.length > length) {
    const shown = value.slice(0, 255);
    throw new SalesforceError('STRING_TOO_LONG', `${name}: data value too large: ${shown} (max length=${length})`, [
      name,
    ]);
  }
  const chosen = field.type === 'multipicklist' ? value.split(';') : [value];
  const unknown = values && chosen.find((item) => !values.includes(item));
  if (unknown !== undefined) {
    const message = `${name}: bad value for restricted picklist field: ${unknown}`;
    throw new SalesforceError('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', message, [name]);
  }
  return value;
}

function cannotDeserialize(field: FieldDefinition, value: unknown): SalesforceError {
  const kind = typeof value === 'object' ? 'START_OBJECT' : `VALUE_${(typeof value).toUpperCase()}`;
  return new SalesforceError(
    'JSON_PARSER_ERROR',
    `Cannot deserialize instance of ${field.type} from ${kind} value ${print(value)} on field ${field.name}`,
  );
}

function wrongType({ name }: FieldDefinition, value: string): SalesforceError {
  return new SalesforceError('INVALID_TYPE_ON_FIELD_IN_RECORD', `${name}: value not of required type: ${value}`, [
    name,
  ]);
}

function print(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
