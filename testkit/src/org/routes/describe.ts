import type { FieldDefinition, FieldType, ObjectType } from '../schema/objectType.ts';
import { dataSourceFor } from './dataSource.ts';
import { objectType, type DataRequest, type DataRoute } from './dataRequest.ts';

export const describeRoutes: readonly DataRoute[] = [
  {
    method: 'GET',
    pattern: '/sobjects',
    handle: (request) => ({
      status: 200,
      body: {
        encoding: 'UTF-8',
        maxBatchSize: 200,
        sobjects: request.org.schema.types
          .filter((type) => request.access.can('read', type) || request.access.can('create', type))
          .map((type) => describeObject(type, request)),
      },
    }),
  },
  {
    method: 'GET',
    pattern: '/sobjects/:type',
    handle: (request, name = '') => ({
      status: 200,
      body: { objectDescribe: describeObject(objectType(request, name), request), recentItems: [] },
    }),
  },
  {
    method: 'GET',
    pattern: '/sobjects/:type/describe',
    handle: (request, name = '') => ({ status: 200, body: describeFully(objectType(request, name), request) }),
  },
];

function describeObject(type: ObjectType, { access, basePath }: DataRequest): object {
  const { name, label, keyPrefix, isCustom, isEvent } = type;
  const url = `${basePath}/sobjects/${name}`;
  return {
    name,
    label,
    labelPlural: label,
    keyPrefix,
    custom: isCustom,
    customSetting: false,
    createable: access.can('create', type),
    updateable: !isEvent && access.can('edit', type),
    deletable: !isEvent && access.can('delete', type),
    queryable: !isEvent && access.can('read', type),
    retrieveable: !isEvent && access.can('read', type),
    searchable: false,
    urls: { sobject: url, describe: `${url}/describe`, rowTemplate: `${url}/{ID}` },
  };
}

function describeFully(type: ObjectType, request: DataRequest): object {
  const { org, access } = request;
  const data = dataSourceFor(org, access);
  return {
    ...describeObject(type, request),
    childRelationships: data.childrenOf(type).map(({ name, child, field }) => ({
      childSObject: child.name,
      field: field.name,
      relationshipName: name,
      cascadeDelete: field.masterDetail ?? false,
    })),
    fields: type.fields
      .filter((field) => access.canReadField(type, field))
      .map((field) => describeField(field, access.canEditField(type, field))),
    recordTypeInfos: [],
  };
}

function describeField(field: FieldDefinition, isEditable: boolean): object {
  const isWritable = isEditable && !field.formula;
  return {
    name: field.name,
    label: field.label ?? field.name,
    type: field.type,
    soapType: soapTypes[field.type],
    length: field.length ?? 255,
    custom: field.name.endsWith('__c'),
    createable: isWritable,
    updateable: isWritable,
    calculated: field.formula !== undefined,
    nillable: field.required !== true,
    defaultedOnCreate: field.default !== undefined || field.name === 'OwnerId',
    externalId: field.externalId ?? false,
    idLookup: field.type === 'id' || field.externalId === true,
    unique: field.unique ?? false,
    nameField: field.name === 'Name',
    filterable: field.type !== 'textarea',
    referenceTo: field.referenceTo ?? [],
    relationshipName: field.relationshipName ?? null,
    restrictedPicklist: field.values !== undefined,
    picklistValues: (field.values ?? []).map((value) => ({
      active: true,
      defaultValue: value === field.default,
      label: value,
      value,
    })),
  };
}

const soapTypes: Readonly<Record<FieldType, string>> = {
  boolean: 'xsd:boolean',
  currency: 'xsd:double',
  date: 'xsd:date',
  datetime: 'xsd:dateTime',
  double: 'xsd:double',
  email: 'xsd:string',
  id: 'tns:ID',
  int: 'xsd:int',
  multipicklist: 'xsd:string',
  percent: 'xsd:double',
  phone: 'xsd:string',
  picklist: 'xsd:string',
  reference: 'tns:ID',
  string: 'xsd:string',
  textarea: 'xsd:string',
  url: 'xsd:string',
};
