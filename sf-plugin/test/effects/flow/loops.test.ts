import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { expandFlow } from '../../../src/effects/flow/expandFlow.ts';
import { parseFlow } from '../../../src/extract/flow/parseFlow.ts';
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
  start,
  text,
  variable,
} from './flowUnderTest.ts';

const lookup = (name: string, next: string, rest = ''): string =>
  element('recordLookups', name, connector(next), rest, '<object>Lead</object>');
const loop = (name: string, over: string, body: string, then = ''): string =>
  element(
    'loops',
    name,
    `<collectionReference>${over}</collectionReference>`,
    connector(body, 'nextValueConnector'),
    then && connector(then, 'noMoreValuesConnector'),
  );
const limit = (n: number): string => `<limit><numberValue>${String(n)}.0</numberValue></limit>`;
const save = (name: string, what: string, next = ''): string =>
  element('recordUpdates', name, `<inputReference>${what}</inputReference>`, next && connector(next));

describe('how many records a flow writes', () => {
  it('is unbounded for records collected over a list that the model supplies, with no object on the element', () => {
    const file = 'Grant_Vouchers.flow-meta.xml';
    const source = readFileSync(new URL(`./fixtures/${file}`, import.meta.url), 'utf8');
    expect(expandFlow(parseFlow(`flows/${file}`, source), agentContext(), noLookups)).toEqual({
      effects: [
        {
          operation: 'create',
          object: 'Voucher__c',
          fields: ['Amount__c', 'Guest__c'],
          extent: 'unbounded',
          identity: 'user',
          chosenBy: 'model',
          reversibility: 'reversible',
          certainty: 'proven',
          place: { file: `flows/${file}`, line: 52, column: 5 },
          label: 'Create Records "Create vouchers"',
          manner: { hasNoFaultPath: true },
        },
      ],
      calls: [],
      pruned: [],
    });
  });

  it('is the limit of the lookup, counted through the loop', () => {
    const facts = flow(
      variable('toSave', { object: 'Lead', flags: 'collection' }),
      start('Get_Leads'),
      lookup('Get_Leads', 'Each', limit(5)),
      loop('Each', 'Get_Leads', 'Fill', 'Save'),
      element(
        'assignments',
        'Fill',
        item('Each.Rating', text('Hot')),
        item('toSave', ref('Each'), 'Add'),
        connector('Each'),
      ),
      save('Save', 'toSave'),
    );
    expect(effectsOf(facts)).toEqual([
      'update | Lead[Rating] | bounded 5 | user | derived | reversible | proven | Update Records "Save"',
    ]);
  });

  it('includes what is set on the items of the collection itself', () => {
    const facts = flow(
      start('Get_Leads'),
      lookup('Get_Leads', 'Each', filter('CampaignId', ref('$User.Id'))),
      loop('Each', 'Get_Leads', 'Fill', 'Save'),
      element('assignments', 'Fill', item('Each.Rating', text('Hot')), connector('Each')),
      save('Save', 'Get_Leads'),
    );
    expect(effectsOf(facts)).toEqual([
      'update | Lead[Rating] | children-of-one | user | derived | reversible | proven | Update Records "Save"',
    ]);
  });

  it('multiplies through nested loops, and once per item for a single record', () => {
    const facts = flow(
      start('Get_Outer'),
      lookup('Get_Outer', 'Get_Inner', limit(3)),
      lookup('Get_Inner', 'Outer', limit(4)),
      loop('Outer', 'Get_Outer', 'Save_Outer'),
      save('Save_Outer', 'Outer', 'Inner'),
      loop('Inner', 'Get_Inner', 'Save_Inner', 'Outer'),
      save('Save_Inner', 'Inner', 'Inner'),
    );
    expect(effectsOf(facts)).toEqual([
      'update | Lead[] | bounded 3 | user | derived | reversible | proven | Update Records "Save Outer"',
      'update | Lead[] | bounded 12 | user | derived | reversible | proven | Update Records "Save Inner"',
    ]);
  });

  it('is not multiplied by a loop that has ended, or that is left for good', () => {
    const facts = flow(
      start('Get_Leads'),
      lookup('Get_Leads', 'Each'),
      loop('Each', 'Get_Leads', 'Leave', 'After'),
      element('recordCreates', 'Leave', '<object>Case</object>'),
      element('recordCreates', 'After', '<object>Case</object>'),
    );
    expect(effectsOf(facts)).toEqual([
      'create | Case[] | one | user | constant | reversible | proven | Create Records "Leave"',
      'create | Case[] | one | user | constant | reversible | proven | Create Records "After"',
    ]);
  });

  it('is unbounded on a cycle of connectors, and for what a cycle collects', () => {
    const facts = flow(
      variable('all', { object: 'Lead', flags: 'collection' }),
      variable('lead', { object: 'Lead' }),
      start('Make'),
      element('recordCreates', 'Make', '<object>Case</object>', connector('Collect')),
      element('assignments', 'Collect', item('all', ref('lead'), 'Add'), connector('Again')),
      element(
        'decisions',
        'Again',
        connector('Done', 'defaultConnector'),
        `<rules><name>More</name><label>More</label><conditionLogic>and</conditionLogic><conditions><leftValueReference>$Flow.CurrentDate</leftValueReference><operator>IsNull</operator><rightValue><booleanValue>false</booleanValue></rightValue></conditions><connector><isGoTo>true</isGoTo><targetReference>Make</targetReference></connector></rules>`,
      ),
      save('Done', 'all'),
    );
    expect(effectsOf(facts)).toEqual([
      'create | Case[] | unbounded | user | constant | reversible | proven | Create Records "Make"',
      'update | Lead[] | unbounded | user | constant | reversible | proven | Update Records "Done"',
    ]);
  });

  it('ends where two collections are added to each other', () => {
    const facts = flow(
      variable('a', { object: 'Lead', flags: 'collection' }),
      variable('b', { object: 'Lead', flags: 'collection' }),
      variable('lead', { object: 'Lead' }),
      start('Seed'),
      element('assignments', 'Seed', item('a', ref('lead'), 'Add'), connector('Get_Leads')),
      lookup('Get_Leads', 'Each', limit(2)),
      loop('Each', 'Get_Leads', 'Mix', 'Save'),
      element('assignments', 'Mix', item('a', ref('b'), 'Add'), item('b', ref('a'), 'Add'), connector('Each')),
      save('Save', 'a'),
    );
    expect(effectsOf(facts)).toEqual([
      'update | Lead[] | unbounded | user | constant | reversible | proven | Update Records "Save"',
    ]);
  });

  it('says how often a call is made', () => {
    const call = (name: string, next: string): string =>
      element('actionCalls', name, '<actionName>Notifier</actionName><actionType>apex</actionType>', connector(next));
    const facts = flow(
      variable('leads', { object: 'Lead', flags: 'input collection' }),
      start('Get_Leads'),
      lookup('Get_Leads', 'Few', limit(3)),
      loop('Few', 'Get_Leads', 'Call_Few', 'Many'),
      call('Call_Few', 'Few'),
      loop('Many', 'leads', 'Call_Many', 'Call_Once'),
      call('Call_Many', 'Many'),
      call('Call_Once', ''),
    );
    expect(effectsOf(facts)).toEqual([
      '-> apex-class/invocable Notifier | user | {} | constant | times 3 | Action "Call Few"',
      '-> apex-class/invocable Notifier | user | {} | constant | times unbounded | Action "Call Many"',
      '-> apex-class/invocable Notifier | user | {} | constant | Action "Call Once"',
    ]);
  });

  it('keeps to the limit of a sort, and to the items of a filter', () => {
    const processor = (name: string, type: string, next: string, rest = ''): string =>
      element(
        'collectionProcessors',
        name,
        `<collectionProcessorType>${type}</collectionProcessorType><collectionReference>Get_Leads</collectionReference>`,
        rest,
        connector(next),
      );
    const facts = flow(
      variable('city', { flags: 'input' }),
      start('Get_Leads'),
      lookup('Get_Leads', 'Near'),
      processor(
        'Near',
        'FilterCollectionProcessor',
        'Save_Near',
        '<assignNextValueToReference>item</assignNextValueToReference><conditions><leftValueReference>item.City</leftValueReference><operator>EqualTo</operator><rightValue><elementReference>city</elementReference></rightValue></conditions>',
      ),
      save('Save_Near', 'Near', 'Top'),
      processor('Top', 'SortCollectionProcessor', 'Save_Top', '<limit>10</limit>'),
      save('Save_Top', 'Get_Leads'),
    );
    expect(effectsOf(facts)).toEqual([
      'update | Lead[] | unbounded | user | model | reversible | proven | Update Records "Save Near"',
      'update | Lead[] | bounded 10 | user | derived | reversible | proven | Update Records "Save Top"',
    ]);
  });

  it('follows a loop variable of its own, and a copy of what was read', () => {
    const facts = flow(
      variable('lead', { object: 'Lead' }),
      variable('copies', { object: 'Lead', flags: 'collection' }),
      start('Get_Leads'),
      lookup('Get_Leads', 'Each', limit(4)),
      element(
        'loops',
        'Each',
        '<assignNextValueToReference>lead</assignNextValueToReference><collectionReference>Get_Leads</collectionReference>',
        connector('Fill', 'nextValueConnector'),
        connector('Copy', 'noMoreValuesConnector'),
      ),
      element('assignments', 'Fill', item('copies', ref('lead'), 'Add'), connector('Each')),
      element('recordCreates', 'Copy', '<inputReference>copies</inputReference>'),
    );
    expect(effectsOf(facts)).toEqual([
      'create | Lead[*] | bounded 4 | user | derived | reversible | proven | Create Records "Copy"',
    ]);
  });

  it('counts again what a loop collects once the loop turns out to be longer', () => {
    const take = (name: string, next: string, ...items: readonly string[]): string =>
      element('assignments', name, ...items, connector(next));
    const facts = flow(
      variable('some', { object: 'Lead', flags: 'collection' }),
      variable('none', { object: 'Lead', flags: 'collection' }),
      variable('later', { object: 'Lead', flags: 'collection' }),
      variable('all', { object: 'Lead', flags: 'collection' }),
      start('Get_One'),
      lookup('Get_One', 'Get_Two', limit(1)),
      lookup('Get_Two', 'Get_Five', limit(2)),
      lookup('Get_Five', 'Take_One', limit(5)),
      take('Take_One', 'Outer', item('some', ref('Get_One'))),
      loop('Outer', 'Get_Two', 'Inner', 'Save'),
      loop('Inner', 'some', 'Take_None', 'Take_Later'),
      take('Take_None', 'Collect', item('some', ref('none'))),
      element('assignments', 'Collect', item('all', ref('Inner'), 'Add'), connector('Inner')),
      take('Take_Later', 'Outer', item('some', ref('later')), item('later', ref('Get_Five'))),
      save('Save', 'all'),
    );
    expect(effectsOf(facts)).toEqual([
      'update | Lead[] | bounded 10 | user | derived | reversible | proven | Update Records "Save"',
    ]);
  });

  it('says nothing of how often where a loop has no items', () => {
    const facts = flow(
      variable('none', { object: 'Lead', flags: 'collection' }),
      start('Each'),
      loop('Each', 'none', 'Act'),
      element(
        'actionCalls',
        'Act',
        '<actionName>Notifier</actionName><actionType>apex</actionType>',
        connector('Each'),
      ),
    );
    expect(effectsOf(facts)).toEqual(['-> apex-class/invocable Notifier | user | {} | constant | Action "Act"']);
  });

  describe('in a loop over many', () => {
    const from = (first: string, ...elements: readonly string[]): (string | undefined)[] => {
      const facts = flow(
        variable('orderId', { flags: 'input' }),
        variable('order', { object: 'Order' }),
        variable('request', { type: 'Apex' }),
        variable('leads', { object: 'Lead', flags: 'input collection' }),
        '<formulas><name>sameId</name><dataType>String</dataType><expression>{!orderId}</expression></formulas>',
        start(first),
        loop('Each', 'leads', 'Write'),
        ...elements,
      );
      return effectsOf(facts).flatMap((line) => (line.startsWith('->') ? [] : line.split(' | ')[2]));
    };
    const within = (...elements: readonly string[]): (string | undefined)[] => from('Each', ...elements);
    const update = (rest: string, next = 'Each'): string =>
      element('recordUpdates', 'Write', rest, '<object>Order</object>', connector(next));
    const assign = (target: string, value: string): string =>
      element('assignments', 'Change', item(target, value), connector('Each'));

    it('is one record where every turn writes the same one', () => {
      expect(within(update(filter('Id', ref('orderId'))))).toEqual(['one']);
      expect(within(update(filter('Id', ref('sameId'))))).toEqual(['one']);
      expect(within(update('<inputReference>order</inputReference>'))).toEqual(['one']);
      expect(
        within(update('<inputReference>order</inputReference>', 'Change'), assign('order.Status', text('x'))),
      ).toEqual(['one']);
    });

    it('is many where a turn may choose another one', () => {
      expect(within(update(filter('Id', ref('Each.OrderId__c'))))).toEqual(['unbounded']);
      expect(within(update(filter('Id', ref('sameId')), 'Change'), assign('orderId', text('x')))).toEqual([
        'unbounded',
      ]);
      expect(
        within(update(filter('Id', ref('order.ParentId')), 'Change'), assign('order.ParentId', text('x'))),
      ).toEqual(['unbounded']);
      expect(within(update('<inputReference>order</inputReference>', 'Change'), assign('order.Id', text('x')))).toEqual(
        ['unbounded'],
      );
      expect(
        within(
          update('<inputReference>Find</inputReference>', 'Find'),
          element(
            'recordLookups',
            'Find',
            '<getFirstRecordOnly>true</getFirstRecordOnly><object>Order</object>',
            connector('Each'),
          ),
        ),
      ).toEqual(['unbounded']);
      expect(
        within(
          update('<inputReference>order</inputReference>', 'New'),
          element('futureThings', 'New', connector('Each')),
        ),
      ).toEqual(['unbounded']);
      expect(within(element('recordCreates', 'Write', '<object>Order</object>', connector('Each')))).toEqual([
        'unbounded',
      ]);
    });

    it('is many where a turn may put another one into what holds it', () => {
      const inRequest = (next: string): (string | undefined)[] =>
        from(
          'Seed',
          element('assignments', 'Seed', item('request.order', ref('order')), connector('Each')),
          update('<inputReference>request.order</inputReference>', next),
          element('assignments', 'Change', item('request.order', ref('order')), connector('Each')),
        );
      expect(inRequest('Each')).toEqual(['one']);
      expect(inRequest('Change')).toEqual(['unbounded']);
    });

    it('is as many as a cycle of connectors may choose', () => {
      expect(within(update(filter('Id', ref('orderId')), 'Write'))).toEqual(['one']);
      expect(
        within(
          update(filter('Id', ref('orderId')), 'Swap'),
          element('assignments', 'Swap', item('orderId', text('x')), connector('Write')),
        ),
      ).toEqual(['unbounded']);
    });
  });
});
