import { describe, expect, it } from '@jest/globals';
import { expandFlow } from '../../../src/effects/flow/expandFlow.ts';
import type { CallContext, Size } from '../../../src/effects/model.ts';
import type { FlowLookups } from '../../../src/effects/flow/flowLookups.ts';
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

const parameter = (name: string, value: string, tag = 'inputParameters'): string =>
  `<${tag}><name>${name}</name><value>${value}</value></${tag}>`;
const action = (type: string, name: string, ...rest: readonly string[]): string =>
  element('actionCalls', 'Act', `<actionName>${name}</actionName><actionType>${type}</actionType>`, ...rest);

describe('what an action of a flow starts', () => {
  it.each([
    ['apex', 'RefundService', 'apex-class/invocable RefundService'],
    ['apex', 'pkg__RefundService', 'apex-class/invocable pkg__RefundService'],
    ['flow', 'Refund', 'flow Refund'],
    ['evaluationFlow', 'Is_Done', 'flow Is_Done'],
    ['generatePromptResponse', 'Summary', 'prompt-template Summary'],
    ['externalService', 'Weather.getForecast', 'external-service Weather.getForecast'],
    ['quickAction', 'Case.Escalate', 'quick-action Case.Escalate'],
    ['emailSimple', 'emailSimple', 'standard-action emailSimple'],
    ['emailAlert', 'Case.Owner_Alert', 'standard-action emailAlert/Case.Owner_Alert'],
    ['chatterPost', 'chatterPost', 'standard-action chatterPost'],
    ['customNotificationAction', 'customNotificationAction', 'standard-action customNotificationAction'],
    ['actionOfTheFuture', 'x', 'opaque actionOfTheFuture:x'],
    ['lwcComponent', 'c:confetti', 'opaque lwcComponent:c:confetti'],
    ['apex', '', 'opaque apex:'],
  ])('of type %s, named %s', (type, name, callee) => {
    const title = type === 'flow' ? 'Subflow' : type === 'lwcComponent' ? 'Screen component' : 'Action';
    expect(effectsOf(flow(start('Act'), action(type, name)))).toEqual([
      `-> ${callee} | user | {} | constant | ${title} "Act"`,
    ]);
  });

  it('gets what is known of each input', () => {
    const facts = flow(
      '<runInMode>SystemModeWithoutSharing</runInMode>',
      variable('email', { flags: 'input' }),
      variable('ticket', { object: 'Case' }),
      variable('tickets', { object: 'Case', flags: 'input collection' }),
      start('Fill'),
      element('assignments', 'Fill', item('ticket.Subject', text('Help')), connector('Act')),
      action(
        'apex',
        'Notifier',
        parameter('address', ref('email')),
        parameter('ticket', ref('ticket')),
        parameter('tickets', ref('tickets')),
        parameter('urgent', '<booleanValue>false</booleanValue>'),
        parameter('owner', ref('$User.Id')),
        parameter('body', text('Dear {!email}')),
        '<inputParameters><name>unset</name></inputParameters>',
      ),
    );
    expect(effectsOf(facts)).toEqual([
      '-> apex-class/invocable Notifier | system | {"address":{"chosenBy":"model"},' +
        '"ticket":{"chosenBy":"constant","type":"Case","fields":{"Subject":{"chosenBy":"constant","constant":"Help"}},"content":"own"},' +
        '"tickets":{"chosenBy":"model","type":"List<Case>"},' +
        '"urgent":{"chosenBy":"constant","constant":false},' +
        '"owner":{"chosenBy":"linked"},"body":{"chosenBy":"model"},' +
        '"unset":{"chosenBy":"constant","constant":null}} | constant | Action "Act"',
    ]);
  });
});

describe('a flow that another flow calls', () => {
  const caller = flow(
    variable('note', { flags: 'input' }),
    variable('tasks', { object: 'Task', flags: 'collection' }),
    variable('task', { object: 'Task' }),
    variable('ids', { flags: 'collection' }),
    start('Get'),
    element(
      'recordLookups',
      'Get',
      '<object>Case</object><limit><numberValue>3</numberValue></limit>',
      connector('Fill'),
    ),
    element(
      'assignments',
      'Fill',
      item('task.Subject', text('Call')),
      item('task.Description', ref('note')),
      item('tasks', ref('task'), 'Add'),
      item('ids', text('500A'), 'Add'),
      item('ids', text('x'.repeat(201)), 'Add'),
      connector('Sub'),
    ),
    element(
      'subflows',
      'Sub',
      '<flowName>Save</flowName>',
      ...['tasks', 'task', 'ids', 'Get'].map((name) => parameter(name.toLowerCase(), ref(name), 'inputAssignments')),
      parameter('long', text('x'.repeat(201)), 'inputAssignments'),
    ),
  );
  const callee = flow(
    variable('tasks', { object: 'Task', flags: 'input collection' }),
    variable('task', { object: 'Task', flags: 'input' }),
    variable('get', { object: 'Case', flags: 'input collection' }),
    variable('ids', { flags: 'input collection' }),
    variable('kept', { object: 'Task', flags: 'input' }),
    start('Save'),
    element('recordCreates', 'Save', '<inputReference>tasks</inputReference>', connector('One')),
    element('recordCreates', 'One', '<inputReference>task</inputReference>', connector('Cases')),
    element('recordUpdates', 'Cases', '<inputReference>get</inputReference>', connector('Drop')),
    element('recordDeletes', 'Drop', filter('Id', ref('ids'), 'In'), '<object>Case</object>', connector('Kept')),
    element('recordCreates', 'Kept', '<inputReference>kept</inputReference>'),
  );

  it('is told how many records it gets, and what is in them', () => {
    const [call] = expandFlow(caller, agentContext(), noLookups).calls;
    expect(call?.context).toEqual({
      identity: 'user',
      isEntry: false,
      inputs: {
        tasks: {
          chosenBy: 'model',
          type: 'List<Task>',
          size: 1,
          fields: { Description: { chosenBy: 'model' }, Subject: { chosenBy: 'constant' } },
          content: 'own',
        },
        task: {
          chosenBy: 'model',
          type: 'Task',
          fields: { Description: { chosenBy: 'model' }, Subject: { chosenBy: 'constant', constant: 'Call' } },
          content: 'own',
        },
        ids: { chosenBy: 'constant', size: 2, content: 'own' },
        get: { chosenBy: 'derived', type: 'List<Case>', size: 3, content: 'stored' },
        long: { chosenBy: 'constant' },
      },
      otherInputs: 'constant',
    });
  });

  it('knows what it is told, and how often it is called', () => {
    const [call] = expandFlow(caller, agentContext(), noLookups).calls;
    const lines = (repeats?: Size): string[] =>
      effectsOf(callee, { ...(call?.context ?? agentContext()), ...(repeats !== undefined && { repeats }) });
    expect(lines()).toEqual([
      'create | Task[Description,Subject] | one | user | model | reversible | proven | Create Records "Save"',
      'create | Task[Description,Subject] | one | user | model | reversible | proven | Create Records "One"',
      'update | Case[] | bounded 3 | user | derived | reversible | proven | Update Records "Cases"',
      'delete | Case[] | bounded 2 | user | constant | recoverable | proven | Delete Records "Drop"',
      'create | Task[] | one | user | constant | reversible | proven | Create Records "Kept"',
    ]);
    const extents = (repeats: Size): (string | undefined)[] => lines(repeats).map((line) => line.split(' | ')[2]);
    expect(extents(5)).toEqual(['bounded 5', 'bounded 5', 'bounded 15', 'bounded 10', 'bounded 5']);
    expect(extents('unbounded')).toEqual(Array.from({ length: 5 }, () => 'unbounded'));
  });

  it('passes on how often it is called itself', () => {
    const repeats = (context: CallContext): unknown => expandFlow(caller, context, noLookups).calls[0]?.context.repeats;
    expect(repeats({ ...agentContext(), repeats: 4 })).toBe(4);
    expect(repeats(agentContext())).toBeUndefined();
  });
});

describe('other elements that start something', () => {
  it('are subflows, Apex plug-ins, stage steps and custom components of screens', () => {
    const facts = flow(
      variable('recordId', { flags: 'input' }),
      start('Sub'),
      element(
        'subflows',
        'Sub',
        '<flowName>Archive</flowName>',
        parameter('id', ref('recordId'), 'inputAssignments'),
        connector('Plug'),
      ),
      element(
        'apexPluginCalls',
        'Plug',
        '<apexClass>LegacyPlugin</apexClass>',
        parameter('id', ref('recordId')),
        connector('Stage'),
      ),
      element(
        'orchestratedStages',
        'Stage',
        '<exitActionName>Is_Done</exitActionName><exitActionType>evaluationFlow</exitActionType>',
        parameter('id', ref('recordId'), 'exitActionInputParameters'),
        element(
          'stageSteps',
          'Review',
          '<actionName>Review_Screen</actionName><actionType>stepInteractive</actionType>',
          '<entryActionName>May_Start</entryActionName><entryActionType>evaluationFlow</entryActionType>',
          '<autoApprovalActionName>Is_Small</autoApprovalActionName><autoApprovalActionType>autoApprovalEvaluationFlow</autoApprovalActionType>',
        ),
        element('stageSteps', 'Work', '<actionName>Do_It</actionName><actionType>stepBackground</actionType>'),
        connector('Ask'),
      ),
      element(
        'screens',
        'Ask',
        '<fields><name>Region</name><fieldType>RegionContainer</fieldType><fields><name>Column</name><fieldType>Region</fieldType>' +
          '<fields><name>Map</name><extensionName>c:map</extensionName><fieldType>ComponentInstance</fieldType></fields>' +
          '<fields><name>File</name><extensionName>forceContent:fileUpload</extensionName><fieldType>ComponentInstance</fieldType></fields>' +
          '</fields></fields>',
        '<actions><name>Load</name><label>Load</label><actionName>Loader</actionName><actionType>apex</actionType></actions>',
      ),
    );
    expect(effectsOf(facts)).toEqual([
      '-> flow Archive | user | {"id":{"chosenBy":"model"}} | constant | Subflow "Sub"',
      '-> apex-class/flow-plugin LegacyPlugin | user | {"id":{"chosenBy":"model"}} | constant | Apex plug-in "Plug"',
      '-> flow Is_Done | user | {"id":{"chosenBy":"model"}} | constant | Action "Stage"',
      '-> flow Review_Screen | user | {} | constant | Step "Review"',
      '-> flow May_Start | user | {} | constant | Action "Review"',
      '-> flow Is_Small | user | {} | constant | Action "Review"',
      '-> flow Do_It | user | {} | constant | Step "Work"',
      '-> opaque screenComponent:c:map | user | {} | constant | Screen component "Map"',
      '-> apex-class/invocable Loader | user | {} | constant | Action "Load"',
    ]);
  });

  it('are the actions of a transform and of a start', () => {
    const facts = flow(
      start(
        'Map',
        '<fanOutAction><name>Fan</name><label>Fan</label><actionName>Expander</actionName><actionType>apex</actionType></fanOutAction>',
      ),
      element(
        'transforms',
        'Map',
        '<transformValues><transformValueActions><actionName>Scorer</actionName><actionType>apex</actionType>' +
          '<transformType>InvocableAction</transformType></transformValueActions></transformValues>',
      ),
    );
    expect(effectsOf(facts)).toEqual([
      '-> apex-class/invocable Expander | user | {} | constant | Action "Fan"',
      '-> apex-class/invocable Scorer | user | {} | constant | Action "Scorer"',
    ]);
  });
});

describe('what comes back', () => {
  const scored = (source: string): string[] =>
    effectsOf(
      flow(
        variable('recordId', { flags: 'input' }),
        start('Act'),
        source,
        element('recordCreates', 'Save', set('Score__c', ref('Act.result')), '<object>Lead</object>'),
      ),
      agentContext({ recordId: { chosenBy: 'linked' } }),
    ).slice(0, 1);

  it('is worked out of the inputs', () => {
    const create = (chosenBy: string): string[] => [
      `create | Lead[Score__c] | one | user | ${chosenBy} | reversible | proven | Create Records "Save"`,
    ];
    expect(scored(action('apex', 'Scorer', parameter('id', ref('recordId')), connector('Save')))).toEqual(
      create('derived'),
    );
    expect(scored(action('generatePromptResponse', 'Score', connector('Save')))).toEqual(create('model'));
    expect(scored(element('screens', 'Act', connector('Save')))).toEqual(create('model'));
  });

  it('has the type that a subflow declares', () => {
    const callee = flow(
      variable('stale', { object: 'Lead', flags: 'output collection' }),
      variable('best', { object: 'Lead', flags: 'output' }),
    );
    const lookups: FlowLookups = { ...noLookups, flow: (name) => (name === 'Find' ? callee : undefined) };
    const facts = flow(
      start('Sub'),
      element('subflows', 'Sub', '<flowName>Find</flowName>', connector('Drop')),
      element('recordDeletes', 'Drop', '<inputReference>Sub.stale</inputReference>', connector('Best')),
      element('recordDeletes', 'Best', '<inputReference>Sub.best</inputReference>', connector('Other')),
      element('recordDeletes', 'Other', '<inputReference>Sub.unknown</inputReference>'),
    );
    expect(effectsOf(facts, agentContext(), lookups)).toEqual([
      'delete | Lead[] | unbounded | user | derived | recoverable | proven | Delete Records "Drop"',
      'delete | Lead[] | one | user | derived | recoverable | proven | Delete Records "Best"',
      'delete | *[] | unbounded | user | derived | recoverable | possible | Delete Records "Other"',
      '-> flow Find | user | {} | constant | Subflow "Sub"',
    ]);
  });

  it('has the object that an action of generic type is given', () => {
    const mapping = '<dataTypeMappings><typeName>U__records</typeName><typeValue>Lead</typeValue></dataTypeMappings>';
    const facts = flow(
      start('Act'),
      action('apex', 'CsvReader', mapping, connector('Save')),
      element('recordCreates', 'Save', '<inputReference>Act.records</inputReference>'),
    );
    expect(effectsOf(facts)).toEqual([
      'create | Lead[*] | unbounded | user | derived | reversible | proven | Create Records "Save"',
      '-> apex-class/invocable CsvReader | user | {} | constant | Action "Act"',
    ]);
  });

  it('has the object and fields that a transform maps', () => {
    const mapping = (field: string, value: string): string =>
      `<transformValueActions><outputFieldApiName>${field}</outputFieldApiName><transformType>Map</transformType><value>${value}</value></transformValueActions>`;
    const facts = flow(
      variable('note', { flags: 'input' }),
      start('Get'),
      element(
        'recordLookups',
        'Get',
        '<object>Lead</object><limit><numberValue>20</numberValue></limit>',
        connector('Map'),
      ),
      element(
        'transforms',
        'Map',
        '<dataType>SObject</dataType><isCollection>true</isCollection><objectType>Task</objectType>',
        `<transformValues>${mapping('WhoId', ref('Get[$EachItem].Id'))}${mapping('Subject', ref('note'))}</transformValues>`,
        connector('Save'),
      ),
      element('recordCreates', 'Save', '<inputReference>Map</inputReference>'),
    );
    expect(effectsOf(facts)).toEqual([
      'create | Task[Subject,WhoId] | bounded 20 | user | model | reversible | proven | Create Records "Save"',
    ]);
  });

  it.each(['InnerJoin', 'InvocableAction'])('is unbounded where a transform may make more items: %s', (type) => {
    const facts = flow(
      start('Get'),
      element(
        'recordLookups',
        'Get',
        '<object>Lead</object><limit><numberValue>2</numberValue></limit>',
        connector('Map'),
      ),
      element(
        'transforms',
        'Map',
        '<isCollection>true</isCollection><objectType>Task</objectType><transformValues><transformValueActions>' +
          `<outputFieldApiName>WhoId</outputFieldApiName><transformType>${type}</transformType>` +
          `<value>${ref('Get[$EachItem].Id')}</value></transformValueActions></transformValues>`,
        connector('Save'),
      ),
      element('recordCreates', 'Save', '<inputReference>Map</inputReference>'),
    );
    expect(effectsOf(facts)).toEqual([
      'create | Task[WhoId] | unbounded | user | derived | reversible | proven | Create Records "Save"',
    ]);
  });
});

it('enters Apex, and nothing else, as an entry point', () => {
  const entries = ['apex', 'flow', 'emailSimple'].flatMap((type) =>
    expandFlow(flow(start('Act'), action(type, 'x')), agentContext(), noLookups).calls.map(
      ({ context }) => context.isEntry,
    ),
  );
  expect(entries).toEqual([true, false, false]);
});
