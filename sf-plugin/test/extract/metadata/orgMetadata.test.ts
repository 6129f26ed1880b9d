import { describe, expect, it } from '@jest/globals';
import { parseApexMeta } from '../../../src/extract/metadata/apexMeta.ts';
import { parseCustomField } from '../../../src/extract/metadata/customField.ts';
import { parseCustomObject } from '../../../src/extract/metadata/customObject.ts';
import { parseMcpServer } from '../../../src/extract/metadata/mcpServer.ts';
import { parseQuickAction } from '../../../src/extract/metadata/quickAction.ts';
import { parseFixture } from './fixture.ts';

describe('parseQuickAction', () => {
  it('joins the fields of the layout with the preset ones', () => {
    const file = 'Refund__c.New_Line.quickAction-meta.xml';
    expect(parseFixture(parseQuickAction, file)).toEqual({
      name: 'Refund__c.New_Line',
      place: { file, line: 1, column: 1 },
      type: 'Create',
      targetObject: 'Refund_Line__c',
      fields: ['Amount__c', 'Origin__c', 'Quantity__c'],
      flow: undefined,
      createsFeedItem: true,
    });
  });

  it('takes the object of an update from the name', () => {
    const text = '<QuickAction><optionsCreateFeedItem>false</optionsCreateFeedItem><type>Update</type></QuickAction>';
    expect(parseQuickAction('a/Case.Close.quickAction', text)).toMatchObject({
      name: 'Case.Close',
      type: 'Update',
      targetObject: 'Case',
      createsFeedItem: false,
    });
  });
});

describe('parseMcpServer', () => {
  it('keeps what the author claims of each tool', () => {
    const file = 'Orders.mcpServerDefinition-meta.xml';
    expect(parseFixture(parseMcpServer, file)).toEqual({
      name: 'Orders',
      place: { file, line: 1, column: 1 },
      tools: [
        {
          name: 'openOrders',
          place: { file, line: 4, column: 5 },
          readOnly: true,
          destructive: false,
          openWorld: false,
          api: { source: 'API_CATALOG', identifier: 'Open_Orders', operation: 'execute' },
        },
        {
          name: 'purgeOrders',
          place: { file, line: 14, column: 5 },
          readOnly: false,
          destructive: true,
          openWorld: true,
          api: undefined,
        },
      ],
    });
  });
});

describe('parseCustomField', () => {
  it('takes the object from the folder and splits the compliance groups', () => {
    const file = 'objects/Refund__c/fields/Card__c.field-meta.xml';
    expect(parseFixture(parseCustomField, file)).toEqual({
      object: 'Refund__c',
      name: 'Card__c',
      place: { file, line: 1, column: 1 },
      type: 'Text',
      referenceTo: [],
      deleteConstraint: undefined,
      isCalculated: false,
      summarizes: undefined,
      securityClassification: 'Restricted',
      complianceGroups: ['PII', 'PCI'],
    });
  });
});

describe('parseCustomObject', () => {
  it('reads a decomposed object', () => {
    const file = 'objects/Refund__c/Refund__c.object-meta.xml';
    expect(parseFixture(parseCustomObject, file)).toEqual({
      name: 'Refund__c',
      place: { file, line: 1, column: 1 },
      sharingModel: 'Private',
      fields: [],
    });
  });

  it('reads an object in one file, and takes an unknown delete constraint for the worst', () => {
    const file = 'Refund_Line__c.object';
    const field = (line: number, name: string, more: object) => ({
      object: 'Refund_Line__c',
      name,
      place: { file, line, column: 5 },
      referenceTo: [],
      deleteConstraint: undefined,
      isCalculated: false,
      summarizes: undefined,
      securityClassification: undefined,
      complianceGroups: [],
      ...more,
    });
    expect(parseFixture(parseCustomObject, file)).toEqual({
      name: 'Refund_Line__c',
      place: { file, line: 1, column: 1 },
      sharingModel: undefined,
      fields: [
        field(2, 'Refund__c', { type: 'MasterDetail', referenceTo: ['Refund__c'] }),
        field(7, 'Product__c', { type: 'Lookup', referenceTo: ['Product2'], deleteConstraint: 'SetNull' }),
        field(13, 'Batch__c', { type: 'Lookup', referenceTo: ['Refund_Batch__c'], deleteConstraint: 'Cascade' }),
        field(19, 'Shipments__c', { type: 'Summary', isCalculated: true, summarizes: 'Shipment__c.Refund_Line__c' }),
      ],
    });
  });
});

describe('parseApexMeta', () => {
  it('reads the version of a class and the status of a trigger', () => {
    const [cls, trigger] = ['RefundService.cls-meta.xml', 'RefundTrigger.trigger-meta.xml'] as const;
    expect(parseFixture(parseApexMeta, cls)).toEqual({
      place: { file: cls, line: 2, column: 1 },
      apiVersion: 67,
      status: 'Active',
    });
    expect(parseFixture(parseApexMeta, trigger)).toEqual({
      place: { file: trigger, line: 1, column: 1 },
      apiVersion: undefined,
      status: 'Inactive',
    });
  });

  it.each(['<ApexClass><apiVersion>latest</apiVersion></ApexClass>', '<ApexPage/>'])('refuses %s', (text) => {
    expect(() => parseApexMeta('X.cls-meta.xml', text)).toThrow(expect.objectContaining({ name: 'UnreadableError' }));
  });
});
