import { describe, expect, it } from '@jest/globals';
import { parsePermissionSet } from '../../../src/extract/metadata/permissionSet.ts';
import { UnreadableError } from '../../../src/extract/unreadable.ts';
import { parseFixture } from './fixture.ts';

const file = 'Order_Agent.permissionset-meta.xml';
const at = (line: number) => ({ file, line, column: 5 });

describe('parsePermissionSet', () => {
  it('lists what is granted and leaves out what is switched off', () => {
    expect(parseFixture(parsePermissionSet, file)).toEqual({
      name: 'Order_Agent',
      place: { file, line: 2, column: 1 },
      agents: [{ name: 'Order_Agent', place: at(3) }],
      classes: [{ name: 'RefundService', place: at(7) }],
      principals: [{ name: 'Carrier-Service', place: at(15) }],
      fields: [
        { object: 'Refund__c', field: 'Amount__c', readable: true, editable: true, place: at(19) },
        { object: 'Refund__c', field: 'Approver__c', readable: false, editable: false, place: at(24) },
      ],
      flows: [{ name: 'Request_Refund', place: at(29) }],
      objects: [
        {
          object: 'Refund__c',
          create: true,
          read: true,
          edit: true,
          delete: false,
          viewAll: true,
          modifyAll: false,
          place: at(34),
        },
      ],
      userPermissions: [{ name: 'RunFlow', place: at(43) }],
    });
  });

  it('refuses an entry that does not say what it grants, at the entry', () => {
    const text = '<PermissionSet>\n  <classAccesses><enabled>true</enabled></classAccesses>\n</PermissionSet>';
    expect(() => parsePermissionSet('P.permissionset', text)).toThrow(
      expect.objectContaining({
        name: 'UnreadableError',
        message: '<classAccesses> has no <apexClass>',
        place: { file: 'P.permissionset', line: 2, column: 3 },
      }),
    );
  });

  it('refuses a file of another type', () => {
    expect(() => parsePermissionSet('P.permissionset', '<Profile/>')).toThrow(UnreadableError);
  });
});
