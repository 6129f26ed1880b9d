import type { FieldDefinition, ObjectDefinition, StoredRecord } from './objectType.ts';

const text = (name: string, more: Partial<FieldDefinition> = {}): FieldDefinition => ({
  name,
  type: 'string',
  ...more,
});

const lookup = (relationshipName: string, to: string, children?: string): FieldDefinition => ({
  name: `${relationshipName}Id`,
  type: 'reference',
  referenceTo: [to],
  relationshipName,
  ...(children && { childRelationshipName: children }),
});

const fullName = ({ FirstName, LastName }: StoredRecord): string =>
  [FirstName, LastName].filter((part) => part !== null && part !== undefined).join(' ');

/** The part of the standard data model that clients ask for by themselves, and a few business objects. */
export const standardObjects: readonly ObjectDefinition[] = [
  {
    name: 'Organization',
    keyPrefix: '00D',
    fields: [
      text('Name', { required: true }),
      text('InstanceName'),
      { name: 'IsSandbox', type: 'boolean', default: false },
      { name: 'TrialExpirationDate', type: 'datetime' },
      text('NamespacePrefix'),
      text('OrganizationType'),
    ],
  },
  {
    name: 'User',
    keyPrefix: '005',
    fields: [
      text('Username', { required: true, unique: true }),
      text('Name', { required: true }),
      text('LastName'),
      text('Alias'),
      { name: 'Email', type: 'email' },
      { name: 'IsActive', type: 'boolean', default: true, required: true },
      text('UserType', { default: 'Standard' }),
      lookup('Profile', 'Profile'),
    ],
  },
  { name: 'Profile', keyPrefix: '00e', fields: [text('Name', { required: true })] },
  { name: 'Group', keyPrefix: '00G', fields: [text('Name', { required: true }), text('DeveloperName'), text('Type')] },
  {
    name: 'PermissionSet',
    keyPrefix: '0PS',
    fields: [text('Name', { required: true, unique: true }), text('Label')],
  },
  {
    name: 'PermissionSetAssignment',
    keyPrefix: '0Pa',
    fields: [
      { ...lookup('Assignee', 'User', 'PermissionSetAssignments'), required: true },
      { ...lookup('PermissionSet', 'PermissionSet', 'Assignments'), required: true },
    ],
  },
  {
    name: 'Account',
    keyPrefix: '001',
    fields: [
      text('Name', { required: true }),
      text('AccountNumber', { length: 40 }),
      { name: 'Industry', type: 'picklist' },
      { name: 'AnnualRevenue', type: 'currency' },
      { name: 'NumberOfEmployees', type: 'int' },
      { name: 'Phone', type: 'phone' },
      { name: 'Website', type: 'url' },
      { name: 'Description', type: 'textarea', length: 32_000 },
      lookup('Parent', 'Account', 'ChildAccounts'),
    ],
  },
  {
    name: 'Contact',
    keyPrefix: '003',
    fields: [
      text('LastName', { required: true, length: 80 }),
      text('FirstName', { length: 40 }),
      text('Name', { readOnly: true, formula: fullName }),
      { name: 'Email', type: 'email' },
      { name: 'Phone', type: 'phone' },
      { name: 'Birthdate', type: 'date' },
      lookup('Account', 'Account', 'Contacts'),
    ],
  },
  {
    name: 'Case',
    keyPrefix: '500',
    fields: [
      text('Subject'),
      { name: 'Status', type: 'picklist', default: 'New', required: true },
      { name: 'Priority', type: 'picklist', default: 'Medium' },
      { name: 'Description', type: 'textarea', length: 32_000 },
      lookup('Account', 'Account', 'Cases'),
      lookup('Contact', 'Contact', 'Cases'),
    ],
  },
];
