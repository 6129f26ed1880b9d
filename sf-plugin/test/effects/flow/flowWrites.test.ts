import { describe, expect, it } from '@jest/globals';
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

const recordId = variable('recordId', { flags: 'input' });

describe('the records of a write', () => {
  it('is one record where the Id is given', () => {
    const facts = flow(
      recordId,
      start('Drop'),
      element('recordDeletes', 'Drop', filter('Id', ref('recordId')), '<object>Case</object>'),
    );
    expect(effectsOf(facts)).toEqual([
      'delete | Case[] | one | user | model | recoverable | proven | Delete Records "Drop"',
    ]);
    expect(effectsOf(facts, agentContext({ RecordID: { chosenBy: 'linked' } }))).toEqual([
      'delete | Case[] | one | user | linked | recoverable | proven | Delete Records "Drop"',
    ]);
    expect(effectsOf(facts, agentContext({ recordId: { chosenBy: 'constant', constant: '500xx' } }))).toEqual([
      'delete | Case[] | one | user | constant | recoverable | proven | Delete Records "Drop"',
    ]);
  });

  it.each([
    ['no filter at all', '', 'unbounded', 'derived'],
    ['a filter on anything else', filter('Subject', ref('recordId')), 'unbounded', 'model'],
    [
      'an Id that only one of two filters asks for',
      `<filterLogic>or</filterLogic>${filter('Id', ref('recordId'))}${filter('Subject', text('x'))}`,
      'unbounded',
      'model',
    ],
    [
      'an Id among filters that all hold',
      `<filterLogic>1 AND 2</filterLogic>${filter('Status', text('New'))}${filter('Id', ref('recordId'))}`,
      'one',
      'model',
    ],
    ['a standard parent', filter('AccountId', ref('recordId')), 'children-of-one', 'model'],
    ['no parent', filter('AccountId', text('')), 'unbounded', 'derived'],
    ['an owner, who is no parent', filter('OwnerId', ref('$User.Id')), 'unbounded', 'derived'],
    ['a field that the project knows as a lookup', filter('Site__c', ref('recordId')), 'children-of-one', 'model'],
    ['a field that may be text', filter('Note__c', ref('recordId')), 'unbounded', 'model'],
    ['a field compared with the Id of a record', filter('Note__c', ref('$Record.Id')), 'children-of-one', 'model'],
    [
      'a list of Ids',
      filter(
        'Id',
        '<collectionElements><stringValue>a</stringValue></collectionElements><collectionElements><stringValue>b</stringValue></collectionElements>',
        'In',
      ),
      'bounded 2',
      'derived',
    ],
  ])('with %s', (_, filters, extent, chosenBy) => {
    const facts = flow(recordId, start('Drop'), element('recordDeletes', 'Drop', filters, '<object>Case</object>'));
    const lookups = {
      ...noLookups,
      referencesTo: (_object: string, field: string) => (field === 'Site__c' ? ['Site__c'] : []),
    };
    expect(effectsOf(facts, agentContext(), lookups)).toEqual([
      `delete | Case[] | ${extent} | user | ${chosenBy} | recoverable | proven | Delete Records "Drop"`,
    ]);
  });

  it('is the list that a caller passes in whole', () => {
    const facts = flow(
      variable('orders', { object: 'Order', flags: 'input collection' }),
      start('Save'),
      element('recordUpdates', 'Save', '<inputReference>orders</inputReference>'),
    );
    expect(effectsOf(facts)).toEqual([
      'update | Order[*] | unbounded | user | model | reversible | proven | Update Records "Save"',
    ]);
  });

  it('is of any object where nothing names it', () => {
    const facts = flow(start('Save'), element('recordUpdates', 'Save', '<inputReference>missing</inputReference>'));
    expect(effectsOf(facts)).toEqual([
      'update | *[*] | unbounded | user | model | reversible | possible | Update Records "Save"',
    ]);
  });
});

describe('the fields of a write', () => {
  it('come from the assignments that reach the element', () => {
    const facts = flow(
      variable('subject', { flags: 'input' }),
      variable('task', { object: 'Task' }),
      start('Fill'),
      element(
        'assignments',
        'Fill',
        item('task.Subject', ref('subject')),
        item('TASK.Status', text('Open')),
        connector('First'),
      ),
      element('recordCreates', 'First', '<inputReference>task</inputReference>', connector('More')),
      element('assignments', 'More', item('task.Priority', text('High')), connector('Second')),
      element('recordUpdates', 'Second', '<inputReference>task</inputReference>'),
    );
    expect(effectsOf(facts)).toEqual([
      'create | Task[Status,Subject] | one | user | model | reversible | proven | Create Records "First"',
      'update | Task[Priority,Status,Subject] | one | user | model | reversible | proven | Update Records "Second"',
    ]);
  });

  it('are what was set on a record that was read, and everything of a copy of it', () => {
    const lookup = element(
      'recordLookups',
      'Get_Case',
      connector('Fill'),
      filter('Id', ref('recordId')),
      '<getFirstRecordOnly>true</getFirstRecordOnly><object>Case</object>',
    );
    const facts = flow(
      recordId,
      start('Get_Case'),
      lookup,
      element('assignments', 'Fill', item('Get_Case.Status', text('Closed')), connector('Close')),
      element('recordUpdates', 'Close', '<inputReference>Get_Case</inputReference>', connector('Clone')),
      element('recordCreates', 'Clone', '<inputReference>Get_Case</inputReference>'),
    );
    expect(effectsOf(facts, agentContext({ recordId: { chosenBy: 'linked' } }))).toEqual([
      'update | Case[Status] | one | user | linked | reversible | proven | Update Records "Close"',
      'create | Case[*] | one | user | linked | reversible | proven | Create Records "Clone"',
    ]);
  });

  it('are any for a record with more of them than an object can have', () => {
    const items = Array.from({ length: 1002 }, (_, index) => item(`task.Field_${String(index)}__c`, text('x')));
    const facts = flow(
      variable('task', { object: 'Task' }),
      start('Fill'),
      element('assignments', 'Fill', ...items, connector('Make')),
      element('recordCreates', 'Make', '<inputReference>task</inputReference>'),
    );
    expect(effectsOf(facts)).toEqual([
      'create | Task[*] | one | user | constant | reversible | proven | Create Records "Make"',
    ]);
  });

  it('take their chooser from what a text or formula is made of', () => {
    const facts = flow(
      variable('note', { flags: 'input' }),
      '<textTemplates><name>body</name><text>Note: {!first}</text></textTemplates>',
      '<formulas><name>first</name><dataType>String</dataType><expression>LEFT({!second}, 5)</expression></formulas>',
      '<formulas><name>second</name><dataType>String</dataType><expression>{!first} &amp; {!note}</expression></formulas>',
      '<constants><name>origin</name><dataType>String</dataType><value><stringValue>Web</stringValue></value></constants>',
      start('Create'),
      element('recordCreates', 'Create', set('Description', ref('body')), '<object>Case</object>', connector('Fixed')),
      element('recordCreates', 'Fixed', set('Origin', ref('origin')), '<object>Case</object>', connector('Session')),
      element('recordCreates', 'Session', set('OwnerId', ref('$User.Id')), '<object>Case</object>', connector('Now')),
      element(
        'recordCreates',
        'Now',
        set('Opened__c', ref('$Flow.CurrentDateTime')),
        '<object>Case</object>',
        connector('Merged'),
      ),
      element('recordCreates', 'Merged', set('Subject', text('About {!note}')), '<object>Case</object>'),
    );
    expect(effectsOf(facts)).toEqual([
      'create | Case[Description] | one | user | model | reversible | proven | Create Records "Create"',
      'create | Case[Origin] | one | user | constant | reversible | proven | Create Records "Fixed"',
      'create | Case[OwnerId] | one | user | linked | reversible | proven | Create Records "Session"',
      'create | Case[Opened__c] | one | user | derived | reversible | proven | Create Records "Now"',
      'create | Case[Subject] | one | user | model | reversible | proven | Create Records "Merged"',
    ]);
  });
});

describe('the chooser of a write', () => {
  const linked = agentContext({ recordId: { chosenBy: 'linked' } });
  const dropById = (value: string): string =>
    element('recordDeletes', 'Drop', filter('Id', value), '<object>Case</object>');
  const dropped = (chosenBy: string): string =>
    `delete | Case[] | one | user | ${chosenBy} | recoverable | proven | Delete Records "Drop"`;

  it('of the Id of a record is that of the record, of any other field the data has a say', () => {
    const get = element(
      'recordLookups',
      'Get',
      filter('Id', ref('recordId')),
      '<object>Case</object><getFirstRecordOnly>true</getFirstRecordOnly>',
      connector('Drop'),
    );
    expect(effectsOf(flow(recordId, start('Get'), get, dropById(ref('Get.Id'))), linked)).toEqual([dropped('linked')]);
    expect(effectsOf(flow(recordId, start('Get'), get, dropById(ref('Get.ParentId'))), linked)).toEqual([
      dropped('derived'),
    ]);
  });

  it('of a part of an Apex-defined variable is that of what was put into it', () => {
    const facts = (target: string): string[] =>
      effectsOf(
        flow(
          recordId,
          variable('request', { type: 'Apex' }),
          start('Fill'),
          element('assignments', 'Fill', item(target, ref('recordId')), connector('Drop')),
          dropById(ref('request.target.id')),
        ),
      );
    expect(facts('request.target')).toEqual([dropped('model')]);
    expect(facts('request.target.id')).toEqual([dropped('model')]);
    expect(facts('request.other')).toEqual([dropped('derived')]);
  });

  it('is nobody for one constant, and the flow where it picks one of two', () => {
    const either = (second: string): string[] =>
      effectsOf(
        flow(
          variable('id', {}),
          variable('mode', { flags: 'input' }),
          start('Which'),
          element(
            'decisions',
            'Which',
            '<rules><name>A</name><conditionLogic>and</conditionLogic><conditions><leftValueReference>mode</leftValueReference><operator>EqualTo</operator><rightValue><stringValue>a</stringValue></rightValue></conditions>' +
              `${connector('First')}</rules>`,
            connector('Second', 'defaultConnector'),
          ),
          element('assignments', 'First', item('id', text('500A')), connector('Drop')),
          element('assignments', 'Second', item('id', text(second)), connector('Drop')),
          dropById(ref('id')),
        ),
      );
    expect(either('500A')).toEqual([dropped('constant')]);
    expect(either('500B')).toEqual([dropped('derived')]);
  });

  it('on a fault path is whoever chose what the element had yet to write', () => {
    const facts = flow(
      recordId,
      start('Make'),
      element(
        'recordCreates',
        'Make',
        '<object>Case</object><assignRecordIdToReference>recordId</assignRecordIdToReference>',
        connector('Drop'),
        connector('Undo', 'faultConnector'),
      ),
      dropById(ref('recordId')),
      element('recordDeletes', 'Undo', filter('Id', ref('recordId')), '<object>Case</object>'),
    );
    expect(effectsOf(facts)).toEqual([
      'create | Case[] | one | user | constant | reversible | proven | Create Records "Make"',
      dropped('derived'),
      'delete | Case[] | one | user | model | recoverable | proven | Delete Records "Undo"',
    ]);
  });

  it('is the model for what a caller may fill in ways that are not known', () => {
    expect(
      effectsOf(flow(start('Drop'), dropById(ref('$Input.Case'))), { ...linked, otherInputs: 'constant' }),
    ).toEqual([dropped('model')]);
    expect(effectsOf(flow(start('Drop'), dropById(ref('$Label.Case'))))).toEqual([dropped('derived')]);
  });
});

describe('the operation of a write', () => {
  const create = (object: string, rest = ''): string[] =>
    effectsOf(
      flow(start('Make'), element('recordCreates', 'Make', set('Name', text('x')), `<object>${object}</object>`, rest)),
    );

  it.each([
    ['Account', '', 'create | Account[Name] | one | user | constant | reversible'],
    ['Order_Placed__e', '', 'publish-event | Order_Placed__e[Name] | one | user | constant | irreversible'],
    ['PermissionSetAssignment', '', 'grant | PermissionSetAssignment[Name] | one | user | constant | reversible'],
    ['Invoice__Share', '', 'grant | Invoice__Share[Name] | one | user | constant | reversible'],
    ['Account', '<doesUpsert>true</doesUpsert>', 'upsert | Account[Name] | one | user | constant | reversible'],
    [
      'Account',
      '<operationOneMatchingRecord>UpdateRecord</operationOneMatchingRecord>',
      'upsert | Account[Name] | one | user | constant | reversible',
    ],
  ])('on %s %s', (object, rest, expected) => {
    expect(create(object, rest)).toEqual([`${expected} | proven | Create Records "Make"`]);
  });

  it('is none for a rollback, a custom error or a screen without components', () => {
    const facts = flow(
      start('Undo'),
      element('recordRollbacks', 'Undo', connector('Ask')),
      element(
        'screens',
        'Ask',
        '<fields><name>Hint</name><fieldType>DisplayText</fieldType></fields>',
        connector('Fail'),
      ),
      element('customErrors', 'Fail', '<customErrorMessages><errorMessage>No</errorMessage></customErrorMessages>'),
    );
    expect(effectsOf(facts)).toEqual([]);
  });
});

describe('the identity of a write', () => {
  const identityIn = (settings: string, startRest = ''): string | undefined =>
    effectsOf(flow(settings, start('Make', startRest), element('recordCreates', 'Make', '<object>Case</object>')), {
      ...agentContext(),
      identity: 'system-with-sharing',
    })[0]?.split(' | ')[3];

  it.each([
    ['', '', 'system-with-sharing'],
    ['<runInMode>DefaultMode</runInMode>', '', 'system-with-sharing'],
    ['<runInMode>UserMode</runInMode>', '', 'user'],
    ['<runInMode>SystemModeWithSharing</runInMode>', '', 'system-with-sharing'],
    ['<runInMode>SystemModeWithoutSharing</runInMode>', '', 'system'],
    ['<runInMode>ModeOfTheFuture</runInMode>', '', 'system'],
    ['<runInMode>UserMode</runInMode>', '<object>Case</object><triggerType>RecordAfterSave</triggerType>', 'system'],
    ['', '<triggerType>Scheduled</triggerType>', 'system'],
    ['<processType>Workflow</processType>', '', 'system'],
  ])('with %s %s is %s', (settings, startRest, identity) => {
    expect(identityIn(settings, startRest)).toBe(identity);
  });
});
