import { describe, expect, it } from '@jest/globals';
import type { Place } from '@agent-readiness/protocol';
import { recordEventsOf } from '../../../src/effects/automation/recordEvents.ts';
import {
  createRecordEventExpander,
  type Automation,
  type AutomationLookups,
} from '../../../src/effects/automation/recordEventExpander.ts';
import type { Call, CallContext, Expansion, LocalEffect, RecordEvent } from '../../../src/effects/model.ts';
import type { FieldFacts } from '../../../src/extract/metadata/customField.ts';
import { parseWorkflow } from '../../../src/extract/metadata/workflow.ts';

const site: Place = { file: 'site', line: 1, column: 1 };
const context: CallContext = { identity: 'system', isEntry: false, inputs: {}, otherInputs: 'model' };

function field(path: string, type: string, more: Partial<FieldFacts> = {}): FieldFacts {
  const [object = '', name = ''] = path.split('.');
  return {
    object,
    name,
    place: { file: path, line: 2, column: 1 },
    type,
    referenceTo: ['Parent__c'],
    deleteConstraint: undefined,
    isCalculated: false,
    summarizes: undefined,
    securityClassification: undefined,
    complianceGroups: [],
    ...more,
  };
}

const nothing: AutomationLookups = {
  automations: () => [],
  fieldsReferencing: () => [],
  rollUpsOf: () => [],
  referencesTo: () => [],
  workflow: () => undefined,
  isStored: () => true,
};

function expand(
  object: string,
  event: RecordEvent,
  lookups: Partial<AutomationLookups> = {},
  { many = false, fields = ['*'] }: { many?: boolean; fields?: readonly string[] } = {},
): Expansion {
  const expansion = createRecordEventExpander({ ...nothing, ...lookups })(
    { kind: 'record-event', name: object, event, many, fields },
    context,
    site,
  );
  if (!expansion) throw new Error('not expanded');
  return expansion;
}

const effectLine = ({ operation, object, fields, extent, identity, certainty }: LocalEffect): string =>
  [operation, object, fields.join('+'), extent, identity, certainty].filter(Boolean).join(' ');
const callLine = ({ callee, cause }: Call): string =>
  `${cause} ${callee.kind} ${callee.name}${'event' in callee ? ` ${callee.event}` : ''}`;

describe('recordEventsOf', () => {
  const effect = (more: Partial<LocalEffect>): LocalEffect => ({
    operation: 'update',
    object: 'Case',
    fields: [],
    extent: 'one',
    identity: 'user',
    chosenBy: 'model',
    reversibility: 'reversible',
    certainty: 'possible',
    place: site,
    label: 'write',
    ...more,
  });

  it.each([
    ['create', ['create']],
    ['update', ['update']],
    ['upsert', ['create', 'update']],
    ['delete', ['delete']],
    ['undelete', ['undelete']],
    ['merge', ['update', 'delete']],
    ['publish-event', ['publish']],
    ['send-message', []],
    ['callout', []],
    ['unknown', []],
  ] as const)('%s starts %j', (operation, expected) => {
    const events = recordEventsOf(effect({ operation })).map(({ callee }) => 'event' in callee && callee.event);
    expect(events).toEqual(expected);
  });

  it('starts nothing for an object that is decided at run time', () => {
    expect(recordEventsOf(effect({ object: '*' }))).toEqual([]);
  });

  it('is as sure as the write, and knows whether it was more than one record', () => {
    const [one] = recordEventsOf(effect({}));
    expect(one).toMatchObject({ certainty: 'possible', cause: 'automation', callee: { many: false } });
    const [many] = recordEventsOf(effect({ extent: 'bounded', extentLimit: 5 }));
    expect(many?.callee).toMatchObject({ many: true });
  });
});

describe('a record event', () => {
  it('runs the triggers and flows of its object and event', () => {
    const automations = (object: string, event: RecordEvent): Automation[] =>
      object === 'Case' && event === 'update'
        ? [
            { kind: 'trigger', name: 'CaseTrigger', place: site, event: 'after update' },
            { kind: 'flow', name: 'On_Case', place: site, changes: undefined },
          ]
        : [];
    expect(expand('Case', 'update', { automations }).calls.map(callLine)).toEqual([
      'automation trigger CaseTrigger after update',
      'automation flow On_Case',
    ]);
    expect(expand('Case', 'delete', { automations }).calls.map(callLine)).not.toContain(
      'automation trigger CaseTrigger after delete',
    );
  });

  it('does not start a flow that waits for a change of other fields', () => {
    const automations = (): Automation[] => [
      { kind: 'flow', name: 'On_Status', place: site, changes: ['Status__c'] },
      { kind: 'flow', name: 'On_Any', place: site, changes: undefined },
      { kind: 'trigger', name: 'CaseTrigger', place: site, event: 'after update' },
    ];
    const started = (fields: readonly string[], lookups: Partial<AutomationLookups> = {}): string[] =>
      expand('Case', 'update', { automations, ...lookups }, { fields }).calls.map(({ callee }) => callee.name);
    expect(started(['Owner__c'])).toEqual(['On_Any', 'CaseTrigger']);
    expect(started(['Owner__c', 'status__c'])).toEqual(['On_Status', 'On_Any', 'CaseTrigger']);
    // Fields that are not known may be any, and a formula may change with any field.
    expect(started(['*'])).toContain('On_Status');
    expect(started(['Owner__c'], { isStored: () => false })).toContain('On_Status');
    expect(expand('Case', 'update', { automations }, { fields: ['Owner__c'] }).pruned).toEqual([
      { ...site, reason: 'flow On_Status waits for a change of other fields than Owner__c' },
    ]);
    // A new record has changed all of its fields.
    expect(expand('Case', 'create', { automations }, { fields: ['Owner__c'] }).calls).toHaveLength(3);
  });

  it('deletes details, follows cascading lookups, clears others, and respects a restriction', () => {
    const fieldsReferencing = (): FieldFacts[] => [
      field('Detail__c.Parent__c', 'MasterDetail'),
      field('Follower__c.Parent__c', 'Lookup', { deleteConstraint: 'Cascade' }),
      field('Loose__c.Parent__c', 'Lookup', { deleteConstraint: 'SetNull' }),
      field('Undeclared__c.Parent__c', 'Lookup'),
      field('Blocking__c.Parent__c', 'Lookup', { deleteConstraint: 'Restrict' }),
    ];
    const { effects, calls } = expand('Parent__c', 'delete', { fieldsReferencing });
    expect(effects.map(effectLine)).toEqual([
      'delete Detail__c children-of-one system proven',
      'delete Follower__c children-of-one system proven',
      'update Loose__c Parent__c children-of-one system proven',
      'update Undeclared__c Parent__c children-of-one system proven',
    ]);
    // Children go without their triggers, and take their own children along.
    expect(calls.map(callLine)).toEqual([
      'cascade record-event Detail__c cascade-delete',
      'cascade record-event Follower__c cascade-delete',
    ]);
  });

  it('reaches any number of children when more than one parent goes', () => {
    const fieldsReferencing = (): FieldFacts[] => [field('Detail__c.Parent__c', 'MasterDetail')];
    const { effects } = expand('Parent__c', 'delete', { fieldsReferencing }, { many: true });
    expect(effects.map(effectLine)).toEqual(['delete Detail__c unbounded system proven']);
  });

  it('leaves children alone unless their parent goes', () => {
    const fieldsReferencing = (): FieldFacts[] => [field('Detail__c.Parent__c', 'MasterDetail')];
    for (const event of ['create', 'update', 'undelete'] as const) {
      expect(expand('Parent__c', event, { fieldsReferencing })).toEqual({ effects: [], calls: [], pruned: [] });
    }
  });

  it('knows what the platform deletes by itself', () => {
    const { effects } = expand('Opportunity', 'delete');
    expect(effects.map(effectLine)).toContain('delete OpportunityLineItem children-of-one system proven');
  });

  it('works out roll-ups anew, which is an update of the parent', () => {
    const rollUpsOf = (child: string): FieldFacts[] =>
      child === 'Detail__c'
        ? [field('Parent__c.Total__c', 'Summary', { referenceTo: [], summarizes: 'Detail__c.Parent__c' })]
        : [];
    const { effects, calls } = expand('Detail__c', 'create', { rollUpsOf });
    expect(effects.map(effectLine)).toEqual(['update Parent__c Total__c one system proven']);
    expect(calls.map(callLine)).toEqual(['automation record-event Parent__c update']);
  });
});

const workflow = parseWorkflow(
  'force-app/workflows/Case.workflow-meta.xml',
  `<?xml version="1.0" encoding="UTF-8"?>
<Workflow xmlns="http://soap.sforce.com/2006/04/metadata">
    <alerts><fullName>Tell_Owner</fullName><template>x/y</template></alerts>
    <fieldUpdates><fullName>Close</fullName><field>Status</field></fieldUpdates>
    <fieldUpdates><fullName>Mark</fullName><field>Rating</field><targetObject>AccountId</targetObject></fieldUpdates>
    <outboundMessages><fullName>Send</fullName><endpointUrl>https://Hooks.example.com/in?x=1</endpointUrl></outboundMessages>
    <tasks><fullName>Call</fullName><subject>Call</subject></tasks>
    <rules>
        <fullName>Always</fullName>
        <actions><name>Close</name><type>FieldUpdate</type></actions>
        <actions><name>Tell_Owner</name><type>Alert</type></actions>
        <active>true</active>
        <triggerType>onAllChanges</triggerType>
    </rules>
    <rules>
        <fullName>New only</fullName>
        <actions><name>Mark</name><type>FieldUpdate</type></actions>
        <actions><name>Send</name><type>OutboundMessage</type></actions>
        <active>true</active>
        <triggerType>onCreateOnly</triggerType>
        <workflowTimeTriggers><actions><name>Call</name><type>Task</type></actions></workflowTimeTriggers>
    </rules>
    <rules>
        <fullName>Strange</fullName>
        <actions><name>What</name><type>Teleport</type></actions>
        <active>true</active>
        <triggerType>onCreateOnly</triggerType>
    </rules>
    <rules>
        <fullName>Off</fullName>
        <actions><name>Close</name><type>FieldUpdate</type></actions>
        <active>false</active>
        <triggerType>onAllChanges</triggerType>
    </rules>
</Workflow>`,
);

describe('workflow rules', () => {
  const lookups = { workflow: (object: string) => (object === 'Case' ? workflow : undefined) };

  it('act on a creation, each with its own kind of effect', () => {
    expect(expand('Case', 'create', lookups).effects.map(effectLine)).toEqual([
      'update Case Status one system proven',
      'send-message email one system proven',
      'update Account Rating one system proven',
      'callout hooks.example.com one system proven',
      'create Task * one system proven',
      'unknown * * one system opaque',
    ]);
  });

  it('act on an update only when they say so', () => {
    expect(expand('Case', 'update', lookups).effects.map(effectLine)).toEqual([
      'update Case Status one system proven',
      'send-message email one system proven',
    ]);
  });

  it('do not act on a delete, and a field update starts the automation of its object', () => {
    expect(expand('Case', 'delete', lookups).effects.filter(({ operation }) => operation === 'update')).toEqual([]);
    expect(expand('Case', 'update', lookups).calls.map(callLine)).toEqual(['automation record-event Case update']);
  });
});
