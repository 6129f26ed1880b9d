/** A stored value. Dates are `YYYY-MM-DD`, date-times `YYYY-MM-DDTHH:mm:ss.SSS+0000`, as the API prints them. */
export type Value = string | number | boolean | null;

/** Values by API name, `Id` among them. A field without a value is absent or null. */
export type StoredRecord = Readonly<Record<string, Value>>;

/** How a value is stored, checked and compared. `reference` holds a record id. */
export type FieldType =
  | 'boolean'
  | 'currency'
  | 'date'
  | 'datetime'
  | 'double'
  | 'email'
  | 'id'
  | 'int'
  | 'multipicklist'
  | 'percent'
  | 'phone'
  | 'picklist'
  | 'reference'
  | 'string'
  | 'textarea'
  | 'url';

export interface FieldDefinition {
  readonly name: string;
  readonly type: FieldType;
  readonly label?: string;
  /** Must have a value. Visible to everybody who may read the object, as in a real org. */
  readonly required?: boolean;
  /** No two records hold the same value; letter case does not tell values apart. */
  readonly unique?: boolean;
  /** Records can be upserted by it. */
  readonly externalId?: boolean;
  /** The parent owns the record: its sharing decides, and its deletion takes the record along. */
  readonly masterDetail?: boolean;
  /** Computed on reading, from the stored values of the record. */
  readonly formula?: (record: StoredRecord) => Value;
  /** Longest text, in characters; 255 unless told. */
  readonly length?: number;
  /** Set by the platform only. */
  readonly readOnly?: boolean;
  readonly default?: string | number | boolean;
  /** The only values of a restricted picklist. */
  readonly values?: readonly string[];
  /** Objects a `reference` may point to. */
  readonly referenceTo?: readonly string[];
  /** The name from child to parent in SOQL: `Owner`, `Refund__r`. */
  readonly relationshipName?: string;
  /** The name from parent to children in SOQL: `Contacts`, `Lines__r`. */
  readonly childRelationshipName?: string;
}

export interface ObjectDefinition {
  readonly name: string;
  readonly label?: string;
  /** Three characters; custom objects get one if they name none. */
  readonly keyPrefix?: string;
  readonly fields: readonly FieldDefinition[];
  /** Who sees a record besides its owner: nobody, readers, or everybody. `ReadWrite` unless told. */
  readonly sharing?: 'Private' | 'Read' | 'ReadWrite';
  /** For platform events (`__e`): whether an event survives the rollback of the request. */
  readonly publishBehavior?: 'PublishImmediately' | 'PublishAfterCommit';
}

/** An object with its system fields, found by name whatever the letter case. */
export interface ObjectType {
  readonly name: string;
  readonly label: string;
  readonly keyPrefix: string;
  readonly sharing: 'Private' | 'Read' | 'ReadWrite';
  readonly publishBehavior: 'PublishImmediately' | 'PublishAfterCommit';
  readonly isCustom: boolean;
  readonly isEvent: boolean;
  readonly fields: readonly FieldDefinition[];
  field(name: string): FieldDefinition | undefined;
  /** The reference field behind a relationship name: `AccountId` for `Account`. */
  parentField(relationshipName: string): FieldDefinition | undefined;
}

const system = (name: string, type: FieldType, more: Partial<FieldDefinition> = {}): FieldDefinition => ({
  name,
  type,
  required: true,
  readOnly: true,
  ...more,
});

const userReference = (name: string): FieldDefinition =>
  system(`${name}Id`, 'reference', { referenceTo: ['User'], relationshipName: name });

const systemFields: readonly FieldDefinition[] = [
  system('Id', 'id'),
  system('IsDeleted', 'boolean'),
  system('CreatedDate', 'datetime'),
  userReference('CreatedBy'),
  system('LastModifiedDate', 'datetime'),
  userReference('LastModifiedBy'),
  system('SystemModstamp', 'datetime'),
];

const ownerField: FieldDefinition = {
  name: 'OwnerId',
  type: 'reference',
  required: true,
  referenceTo: ['User', 'Group'],
  relationshipName: 'Owner',
};

/** Objects that nobody owns: set up by an administrator, or owned through a parent. */
const ownerless = new Set(['User', 'Organization', 'PermissionSet', 'PermissionSetAssignment', 'Group', 'Profile']);

const eventFields: readonly FieldDefinition[] = [
  { name: 'ReplayId', type: 'string', readOnly: true },
  { name: 'EventUuid', type: 'string', readOnly: true },
  { name: 'CreatedDate', type: 'datetime', required: true },
  system('CreatedById', 'reference', { referenceTo: ['User'] }),
];

export function createObjectType(definition: ObjectDefinition, keyPrefix: string): ObjectType {
  const { name } = definition;
  const isEvent = name.endsWith('__e');
  const own = definition.fields;
  const hasOwner = !ownerless.has(name) && !own.some(({ masterDetail }) => masterDetail);
  const fields = isEvent
    ? [...own, ...eventFields]
    : [...systemFields, ...(hasOwner ? [ownerField] : []), ...nameField(own, name), ...own];
  const byName = new Map(fields.map((field) => [field.name.toLowerCase(), field]));
  const byRelationship = new Map(fields.map((field) => [field.relationshipName?.toLowerCase(), field]));
  return {
    name,
    label: definition.label ?? name.replace(/__\w$/, '').replaceAll('_', ' '),
    keyPrefix,
    sharing: definition.sharing ?? 'ReadWrite',
    publishBehavior: definition.publishBehavior ?? 'PublishAfterCommit',
    isCustom: /__\w+$/.test(name),
    isEvent,
    fields,
    field: (wanted) => byName.get(wanted.toLowerCase()),
    parentField: (relationshipName) => byRelationship.get(relationshipName.toLowerCase()),
  };
}

/** Every custom object has a name field; this org leaves it optional, as an auto-number is. */
function nameField(own: readonly FieldDefinition[], name: string): FieldDefinition[] {
  const needed = /__(c|mdt)$/.test(name) && !own.some((field) => field.name === 'Name');
  return needed ? [{ name: 'Name', type: 'string', length: 80 }] : [];
}
