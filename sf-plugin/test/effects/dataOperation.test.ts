import { describe, expect, it } from '@jest/globals';
import { operationFor } from '../../src/effects/dataOperation.ts';

describe('operationFor', () => {
  it.each([
    ['Account', 'update', 'update'],
    ['Timeshare__c', 'delete', 'delete'],
    ['*', 'upsert', 'upsert'],
    ['User', 'update', 'grant'],
    ['permissionsetassignment', 'delete', 'grant'],
    ['GroupMember', 'create', 'grant'],
    ['AccountShare', 'create', 'grant'],
    ['Invoice__Share', 'create', 'grant'],
    ['Order_Placed__e', 'create', 'publish-event'],
  ] as const)('on %s, %s is %s', (object, dml, operation) => {
    expect(operationFor(object, dml)).toBe(operation);
  });
});
