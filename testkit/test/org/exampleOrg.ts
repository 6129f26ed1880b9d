import { startFakeOrg, type FakeOrg, type FakeOrgOptions, type ObjectDefinition } from '../../src/index.ts';

/** The moment at which the tests play: a Monday. */
export const noon = new Date('2026-11-23T12:00:00Z');

/** An object with an external id, a private one, details, and events of both kinds. */
export const exampleObjects: readonly ObjectDefinition[] = [
  {
    name: 'Refund__c',
    sharing: 'Private',
    fields: [
      { name: 'Key__c', type: 'string', length: 40, unique: true, externalId: true },
      { name: 'Batch__c', type: 'string', externalId: true },
      { name: 'Amount__c', type: 'currency', required: true },
      { name: 'Status__c', type: 'picklist', values: ['Open', 'Paid'], default: 'Open' },
      { name: 'Tags__c', type: 'multipicklist', values: ['gift', 'late', 'loss'] },
      { name: 'Secret__c', type: 'string' },
      { name: 'Due__c', type: 'date' },
      {
        name: 'Account__c',
        type: 'reference',
        referenceTo: ['Account'],
        relationshipName: 'Account__r',
        childRelationshipName: 'Refunds__r',
      },
    ],
  },
  {
    name: 'Refund_Line__c',
    sharing: 'Private',
    fields: [
      { name: 'Quantity__c', type: 'int' },
      {
        name: 'Refund__c',
        type: 'reference',
        required: true,
        masterDetail: true,
        referenceTo: ['Refund__c'],
        relationshipName: 'Refund__r',
        childRelationshipName: 'Lines__r',
      },
    ],
  },
  {
    name: 'Refund_Paid__e',
    fields: [{ name: 'Key__c', type: 'string', required: true }],
  },
  {
    name: 'Refund_Tried__e',
    publishBehavior: 'PublishImmediately',
    fields: [{ name: 'Key__c', type: 'string', required: true }],
  },
];

export function startExampleOrg(options: Partial<FakeOrgOptions> = {}): Promise<FakeOrg> {
  return startFakeOrg({ now: () => noon, objects: exampleObjects, ...options });
}
