import { describe, expect, it } from '@jest/globals';
import { recordTriggeredOn } from '../../../src/effects/flow/recordTriggeredOn.ts';
import { parseFlow } from '../../../src/extract/flow/parseFlow.ts';

const setting = (name: string, value: string): string =>
  `<processMetadataValues><name>${name}</name><value><stringValue>${value}</stringValue></value></processMetadataValues>`;
const of = (start: string, rest = '<status>Active</status>'): unknown =>
  recordTriggeredOn(parseFlow('flows/T.flow-meta.xml', `<Flow><start>${start}</start>${rest}</Flow>`));
const trigger = (type: string, on = ''): string =>
  `<object>Order</object><triggerType>${type}</triggerType>${on && `<recordTriggerType>${on}</recordTriggerType>`}`;

describe('recordTriggeredOn', () => {
  it.each([
    [trigger('RecordBeforeSave', 'Create'), { object: 'Order', events: ['create'], timing: 'before' }],
    [
      trigger('RecordBeforeSave', 'CreateAndUpdate'),
      { object: 'Order', events: ['create', 'update'], timing: 'before' },
    ],
    [trigger('RecordBeforeDelete', 'Delete'), { object: 'Order', events: ['delete'], timing: 'before' }],
    [trigger('RecordBeforeDelete'), { object: 'Order', events: ['delete'], timing: 'before' }],
    [trigger('RecordAfterSave', 'Update'), { object: 'Order', events: ['update'], timing: 'after' }],
    [
      trigger('RecordAfterSave', 'SomethingNew'),
      { object: 'Order', events: ['create', 'update', 'delete'], timing: 'after' },
    ],
    [trigger('PlatformEvent'), { object: 'Order', events: ['publish'], timing: 'after' }],
    [trigger('Scheduled'), undefined],
    ['<object>Order</object>', undefined],
    ['<triggerType>RecordAfterSave</triggerType>', undefined],
  ])('of %s', (start, expected) => {
    expect(of(start)).toEqual(expected);
  });

  it('is nothing for a flow that does not run, and something for one that does not say', () => {
    const start = trigger('RecordAfterSave', 'Update');
    const update = { object: 'Order', events: ['update'], timing: 'after' };
    expect(of(start, '<status>Draft</status>')).toBeUndefined();
    expect(of(start, '<status>Obsolete</status>')).toBeUndefined();
    expect(of(start, '')).toEqual(update);
  });

  it('reads what starts a process', () => {
    const process = (type: string, when: string): unknown =>
      of(
        '',
        `<processType>${type}</processType>${setting('ObjectType', 'Order')}${setting('TriggerType', when)}<status>Active</status>`,
      );
    expect(process('Workflow', 'onAllChanges')).toEqual({
      object: 'Order',
      events: ['create', 'update'],
      timing: 'after',
    });
    expect(process('Workflow', 'onCreateOnly')).toEqual({ object: 'Order', events: ['create'], timing: 'after' });
    expect(process('InvocableProcess', 'onAllChanges')).toBeUndefined();
  });

  const filter = (field: string, operator = 'EqualTo', value = 'true'): string =>
    `<filters><field>${field}</field><operator>${operator}</operator><value><booleanValue>${value}</booleanValue></value></filters>`;
  const onlyOnChange = '<doesRequireRecordChangedToMeetCriteria>true</doesRequireRecordChangedToMeetCriteria>';

  it.each([
    ['any update, by default', filter('Stage__c'), undefined],
    ['a change that meets the conditions', `${onlyOnChange}${filter('A__c')}${filter('B__c')}`, ['A__c', 'B__c']],
    [
      'a change of one field, among conditions that all hold',
      `${filter('A__c')}${filter('B__c', 'IsChanged')}`,
      ['B__c'],
    ],
    [
      'any update, where a changed field is one of several ways in',
      `<filterLogic>or</filterLogic>${filter('A__c')}${filter('B__c', 'IsChanged')}`,
      undefined,
    ],
    [
      'any update, where a field must not change',
      `${filter('A__c')}${filter('B__c', 'IsChanged', 'false')}`,
      undefined,
    ],
    [
      'any update that may meet the conditions by leaving a field alone',
      `${onlyOnChange}${filter('A__c')}${filter('B__c', 'IsChanged', 'false')}`,
      undefined,
    ],
    [
      'any update, where a formula decides',
      `${onlyOnChange}<filterFormula>x</filterFormula>${filter('A__c')}`,
      undefined,
    ],
    ['any update, where a change is required of nothing', onlyOnChange, undefined],
  ])('waits for %s', (_, conditions, changes) => {
    expect(of(`${trigger('RecordAfterSave', 'Update')}${conditions}`)).toEqual({
      object: 'Order',
      events: ['update'],
      timing: 'after',
      changes,
    });
  });
});
