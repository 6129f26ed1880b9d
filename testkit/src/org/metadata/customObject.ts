import type { XmlElement } from '@rgrove/parse-xml';
import type { FieldDefinition, FieldType, ObjectDefinition } from '../schema/objectType.ts';
import { children, childText } from '../xml.ts';

const fieldTypes: Readonly<Record<string, FieldType>> = {
  AutoNumber: 'string',
  Checkbox: 'boolean',
  Currency: 'currency',
  Date: 'date',
  DateTime: 'datetime',
  Email: 'email',
  Html: 'textarea',
  LongTextArea: 'textarea',
  Lookup: 'reference',
  MasterDetail: 'reference',
  MultiselectPicklist: 'multipicklist',
  Number: 'double',
  Percent: 'percent',
  Phone: 'phone',
  Picklist: 'picklist',
  Text: 'string',
  TextArea: 'textarea',
  Url: 'url',
};

/**
 * A `CustomObject` of the Metadata API as an object of this org.
 *
 * @param fields its `CustomField` elements, from the same file or from files of their own
 */
export function objectFromMetadata(name: string, object: XmlElement, fields: readonly XmlElement[]): ObjectDefinition {
  const label = childText(object, 'label');
  const sharing = sharingOf(childText(object, 'sharingModel'));
  const publishBehavior = childText(object, 'publishBehavior');
  return {
    name,
    fields: fieldsFromMetadata(fields),
    ...(label !== undefined && { label }),
    ...(sharing && { sharing }),
    ...(publishBehavior === 'PublishImmediately' && { publishBehavior }),
  };
}

/** `CustomField` elements. Formulas and roll-up summaries are left out: this org computes neither. */
export function fieldsFromMetadata(elements: readonly XmlElement[]): FieldDefinition[] {
  return elements.flatMap((element) => fieldFromMetadata(element));
}

function fieldFromMetadata(element: XmlElement): FieldDefinition[] {
  const name = childText(element, 'fullName') ?? '';
  const kind = childText(element, 'type') ?? '';
  const type = fieldTypes[kind];
  if (type === undefined || childText(element, 'formula') !== undefined) return [];
  const label = childText(element, 'label');
  const length = childText(element, 'length');
  const isMasterDetail = kind === 'MasterDetail';
  return [
    {
      name,
      type,
      ...(label !== undefined && { label }),
      ...(length !== undefined && { length: Number(length) }),
      ...((isTrue(element, 'required') || isMasterDetail) && { required: true }),
      ...(isTrue(element, 'unique') && { unique: true }),
      ...(isTrue(element, 'externalId') && { externalId: true }),
      ...(kind === 'AutoNumber' && { readOnly: true }),
      ...(isMasterDetail && { masterDetail: true }),
      ...picklist(element),
      ...reference(element, name),
      ...defaultOf(element, type),
    },
  ];
}

function reference(element: XmlElement, name: string): Partial<FieldDefinition> {
  const target = childText(element, 'referenceTo');
  if (target === undefined) return {};
  const below = childText(element, 'relationshipName');
  return {
    referenceTo: [target],
    relationshipName: name.replace(/__c$/, '__r'),
    ...(below !== undefined && { childRelationshipName: `${below}__r` }),
  };
}

function picklist(element: XmlElement): Partial<FieldDefinition> {
  const [valueSet] = children(element, 'valueSet');
  if (!valueSet) return {};
  const entries = children(valueSet, 'valueSetDefinition').flatMap((definition) => children(definition, 'value'));
  const values = entries.map((entry) => childText(entry, 'fullName') ?? '');
  const preset = entries.find((entry) => isTrue(entry, 'default'));
  return {
    ...(isTrue(valueSet, 'restricted') && values.length > 0 && { values }),
    ...(preset && { default: childText(preset, 'fullName') ?? '' }),
  };
}

/** Only constants: a default may be a formula too. */
function defaultOf(element: XmlElement, type: FieldType): Partial<FieldDefinition> {
  const text = childText(element, 'defaultValue');
  if (type === 'boolean') return { default: text === 'true' };
  return text !== undefined && /^-?\d+(\.\d+)?$/.test(text) && type !== 'string' ? { default: Number(text) } : {};
}

function sharingOf(model: string | undefined): ObjectDefinition['sharing'] {
  if (model === 'Private' || model === 'Read') return model;
  return model === undefined ? undefined : 'ReadWrite';
}

function isTrue(element: XmlElement, name: string): boolean {
  return childText(element, name) === 'true';
}
