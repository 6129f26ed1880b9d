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
});
