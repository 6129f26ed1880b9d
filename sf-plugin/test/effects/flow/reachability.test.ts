import { describe, expect, it } from '@jest/globals';
import { expandFlow } from '../../../src/effects/flow/expandFlow.ts';
import {
  agentContext,
  connector,
  effectsOf,
  element,
  filter,
  flow,
  item,
  noLookups,
  ref,
  set,
  start,
  text,
  variable,
} from './flowUnderTest.ts';

const create = (name: string, ...rest: readonly string[]): string =>
  element('recordCreates', name, '<object>Case</object>', ...rest);
const created = (name: string): string =>
  `create | Case[] | one | user | constant | reversible | proven | Create Records "${name}"`;

describe('what connectors reach', () => {
  it('does not include an element that nothing leads to', () => {
    expect(effectsOf(flow(start('A'), create('A'), create('Orphan', connector('A'))))).toEqual([created('A')]);
  });

  it('includes every way on: faults, time-outs, waits, scheduled paths, paths of an experiment', () => {
    const facts = flow(
      start(
        'A',
        `<scheduledPaths><name>Later</name><pathType>AsyncAfterCommit</pathType>${connector('Late')}</scheduledPaths>`,
      ),
      create('A', connector('Act'), connector('Failed', 'faultConnector')),
      create('Failed'),
      create('Late'),
      element(
        'actionCalls',
        'Act',
        '<actionType>flow</actionType><actionName>Sub</actionName>',
        connector('Timed_Out', 'timeoutConnector'),
        connector('Pause'),
      ),
      create('Timed_Out'),
      element(
        'waits',
        'Pause',
        `<waitEvents><name>w</name>${connector('Resumed')}</waitEvents>`,
        connector('Default', 'defaultConnector'),
      ),
      create('Resumed'),
      create('Default', connector('Try')),
      element('experiments', 'Try', `<paths><name>p</name>${connector('Path')}</paths>`),
      create('Path'),
    );
    expect(effectsOf(facts)).toEqual([
      ...['A', 'Failed', 'Late', 'Timed Out', 'Resumed', 'Default', 'Path'].map(created),
      '-> flow Sub | user | {} | constant | Subflow "Act"',
    ]);
  });

  it('starts at the start reference of older flows', () => {
    expect(effectsOf(flow('<startElementReference>A</startElementReference>', create('A'), create('B')))).toEqual([
      created('A'),
    ]);
  });

  it('finds elements whatever the case of their name', () => {
    expect(effectsOf(flow(start('MAKE_CASE'), create('Make_Case')))).toEqual([created('Make Case')]);
  });
});

describe('what cannot be followed', () => {
  it('is opaque where a connector leads nowhere', () => {
    const facts = flow(start('A'), create('A', connector('Gone')));
    expect(effectsOf(facts)).toEqual([
      created('A'),
      '-> opaque recordCreates:Under_Test.A | system | {} | model | opaque | Under_Test.A leads to Gone, which the flow does not have',
    ]);
    const target = facts.elements[0]?.connectors[0]?.place;
    expect(expandFlow(facts, agentContext(), noLookups).calls.map(({ place }) => place)).toEqual([target]);
  });

  it('is opaque where an element is of an unknown kind, which may also have set any variable', () => {
    const facts = flow(
      variable('ok', { type: 'Boolean', value: '<booleanValue>false</booleanValue>' }),
      start('New'),
      element('quantumLeaps', 'New', connector('Sure')),
      element(
        'decisions',
        'Sure',
        '<rules><name>Y</name><conditionLogic>and</conditionLogic><conditions><leftValueReference>ok</leftValueReference><operator>EqualTo</operator><rightValue><booleanValue>true</booleanValue></rightValue></conditions>' +
          `${connector('A')}</rules>`,
      ),
      create('A'),
      element('quantumLeaps', 'Unreached', connector('A')),
    );
    expect(effectsOf(facts)).toEqual([
      created('A'),
      '-> opaque quantumLeaps:Under_Test.New | system | {} | model | opaque | Under_Test.New is an element of an unknown kind, quantumLeaps',
    ]);
  });

  it('is opaque, and everything may run, where the flow has no start', () => {
    expect(effectsOf(flow(create('A'), create('B')))).toEqual([
      created('A'),
      created('B'),
      '-> opaque start:Under_Test | system | {} | model | opaque | Under_Test has no start',
    ]);
  });

  it('is taken to run where it has no name', () => {
    const facts = flow(
      start('A'),
      create('A'),
      '<quantumLeaps><actionType>apex</actionType><actionName>Hidden</actionName></quantumLeaps>',
    );
    expect(effectsOf(facts)).toEqual([
      created('A'),
      '-> opaque quantumLeaps:Under_Test | system | {} | model | opaque | Under_Test is an element of an unknown kind, quantumLeaps',
      '-> apex-class/invocable Hidden | user | {} | constant | Action "Hidden"',
    ]);
  });

  it('knows nothing of the variables on the fault path of a group', () => {
    const facts = flow(
      start('A'),
      create('A'),
      element('groups', 'G', connector('Undo', 'faultConnector')),
      element('recordDeletes', 'Undo', filter('Id', ref('A')), '<object>Case</object>'),
    );
    expect(effectsOf(facts)).toEqual([
      created('A'),
      'delete | Case[] | one | user | model | recoverable | proven | Delete Records "Undo"',
    ]);
  });
});

describe('a record-triggered flow', () => {
  const caused = { ...agentContext(), otherInputs: 'derived' as const };

  it('writes its own record by assignment when it runs before the save', () => {
    const facts = flow(
      start(
        'Fill',
        '<object>Order</object><recordTriggerType>CreateAndUpdate</recordTriggerType><triggerType>RecordBeforeSave</triggerType>',
      ),
      variable('local', {}),
      element(
        'assignments',
        'Fill',
        item('$Record.Status', text('New')),
        item('local', text('x')),
        item('$Record.Note__c', ref('$Record.Name')),
      ),
    );
    expect(effectsOf(facts, caused)).toEqual([
      'update | Order[Status] | one | system | constant | reversible | proven | Assignment "Fill" before the save',
      'update | Order[Note__c] | one | system | derived | reversible | proven | Assignment "Fill" before the save',
    ]);
  });

  it('writes its record and those related to it after the save', () => {
    const facts = flow(
      start(
        'Own',
        '<object>Order</object><recordTriggerType>Update</recordTriggerType><triggerType>RecordAfterSave</triggerType>',
      ),
      element(
        'recordUpdates',
        'Own',
        set('Status', text('New')),
        '<inputReference>$Record</inputReference>',
        connector('Parent'),
      ),
      element(
        'recordUpdates',
        'Parent',
        set('Rating', text('Hot')),
        '<inputReference>$Record.Account</inputReference>',
        connector('Custom'),
      ),
      element(
        'recordUpdates',
        'Custom',
        set('Used__c', text('yes')),
        '<inputReference>$Record.Plan__r</inputReference>',
        connector('Children'),
      ),
      element(
        'recordUpdates',
        'Children',
        set('Used__c', text('yes')),
        '<inputReference>$Record.Lines__r</inputReference>',
      ),
    );
    const lookups = {
      ...noLookups,
      referencesTo: (object: string, field: string) =>
        `${object}.${field}` === 'Order.Plan__c' ? ['Price_Plan__c'] : [],
    };
    expect(effectsOf(facts, { ...caused, inputs: { $Record: { chosenBy: 'model' } } }, lookups)).toEqual([
      'update | Order[Status] | one | system | model | reversible | proven | Update Records "Own"',
      'update | Account[Rating] | one | system | model | reversible | proven | Update Records "Parent"',
      'update | Price_Plan__c[Used__c] | one | system | model | reversible | proven | Update Records "Custom"',
      'update | *[*] | unbounded | system | model | reversible | possible | Update Records "Children"',
    ]);
  });
});
