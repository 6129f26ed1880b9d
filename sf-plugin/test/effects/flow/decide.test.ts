import { describe, expect, it } from '@jest/globals';
import type { AbstractValue } from '../../../src/effects/model.ts';
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
  start,
  text,
  variable,
} from './flowUnderTest.ts';

const yes = '<booleanValue>true</booleanValue>';
const no = '<booleanValue>false</booleanValue>';
const condition = (left: string, operator: string, right: string): string =>
  `<conditions><leftValueReference>${left}</leftValueReference><operator>${operator}</operator><rightValue>${right}</rightValue></conditions>`;
const rule = (name: string, conditions: string, target: string, logic = 'and'): string =>
  `<rules><name>${name}</name><label>${name}</label><conditionLogic>${logic}</conditionLogic>${conditions}${connector(target)}</rules>`;
const decision = (...rules: readonly string[]): string =>
  element('decisions', 'Sure', ...rules, connector('Ask_Again', 'defaultConnector'));
const drop = element('recordDeletes', 'Drop', filter('Id', ref('orderId')), '<object>Order</object>');
const again = element('recordCreates', 'Ask_Again', '<object>Case</object>');
const orderId = variable('orderId', { flags: 'input' });

const deletes = 'delete | Order[] | one | user | model | recoverable | proven | Delete Records "Drop"';
const asks = 'create | Case[] | one | user | constant | reversible | proven | Create Records "Ask Again"';
const bound = (constant: string | number | boolean | null): Record<string, AbstractValue> => ({
  confirmed: { chosenBy: 'constant', constant },
});

describe('a decision over an input that the agent binds to a constant', () => {
  const facts = flow(
    orderId,
    variable('confirmed', { type: 'Boolean', flags: 'input' }),
    start('Sure'),
    decision(rule('Yes', condition('confirmed', 'EqualTo', yes), 'Drop')),
    drop,
    again,
  );

  it('is open while the model fills the input', () => {
    expect(effectsOf(facts)).toEqual([deletes, asks]);
    expect(effectsOf(facts, agentContext({ confirmed: { chosenBy: 'linked' } }))).toEqual([deletes, asks]);
    expect(effectsOf(facts, agentContext(bound(null)))).toEqual([deletes, asks]);
  });

  it('loses the outcome that the constant rules out, and says where', () => {
    expect(effectsOf(facts, agentContext(bound(false)))).toEqual([
      asks,
      'pruned: Decision "Sure" never takes "Yes": confirmed is always false',
    ]);
    const rules = facts.elements.find((each) => each.kind === 'decision')?.outcomes;
    expect(
      expandFlow(facts, agentContext(bound(false)), noLookups).pruned.map(({ line, column }) => [line, column]),
    ).toEqual(rules?.map(({ place }) => [place.line, place.column]));
  });

  it('loses the default where the constant decides for an outcome, also as the text that metadata has', () => {
    const only = [deletes, 'pruned: Decision "Sure" never takes the default outcome: confirmed is always true'];
    expect(effectsOf(facts, agentContext(bound(true)))).toEqual(only);
    expect(effectsOf(facts, agentContext(bound('True')))).toEqual(only);
  });
});

describe('a decision over something else', () => {
  const confirmed = variable('confirmed', { type: 'Boolean', flags: 'input' });
  const over = (conditions: string, logic: string, ...parts: readonly string[]): string[] =>
    effectsOf(
      flow(orderId, confirmed, ...parts, decision(rule('Yes', conditions, 'Drop', logic)), drop, again),
      agentContext(bound(false)),
    );

  it('follows an assignment that is the only write', () => {
    const ok = variable('ok', { type: 'Boolean' });
    const copy = element('assignments', 'Copy', item('ok', ref('confirmed')), connector('Sure'));
    expect(over(condition('ok', 'EqualTo', yes), 'and', ok, start('Copy'), copy)).toEqual([
      asks,
      'pruned: Decision "Sure" never takes "Yes": ok is always false',
    ]);
  });

  it('stays open where another way writes the variable', () => {
    const ok = variable('ok', { type: 'Boolean' });
    const parts = [
      ok,
      variable('mode', { flags: 'input' }),
      start('Which'),
      element(
        'decisions',
        'Which',
        rule('A', condition('mode', 'EqualTo', text('a')), 'Copy'),
        connector('Force', 'defaultConnector'),
      ),
      element('assignments', 'Copy', item('ok', ref('confirmed')), connector('Sure')),
      element('assignments', 'Force', item('ok', yes), connector('Sure')),
    ];
    expect(over(condition('ok', 'EqualTo', yes), 'and', ...parts)).toEqual([deletes, asks]);
  });

  it('stays open where an action, a lookup or a fault may have written the variable', () => {
    const ok = variable('ok', { type: 'Boolean', value: no });
    const writers = [
      element(
        'actionCalls',
        'Write',
        '<actionName>Check</actionName><actionType>apex</actionType><outputParameters><assignToReference>ok</assignToReference><name>ok</name></outputParameters>',
        connector('Sure'),
      ),
      element(
        'subflows',
        'Write',
        '<flowName>Check</flowName><outputAssignments><assignToReference>ok</assignToReference><name>ok</name></outputAssignments>',
        connector('Sure'),
      ),
      element(
        'recordLookups',
        'Write',
        '<object>Case</object><outputAssignments><assignToReference>ok</assignToReference><field>IsClosed</field></outputAssignments>',
        connector('Sure'),
      ),
      element(
        'screens',
        'Write',
        '<fields><name>c</name><fieldType>ComponentInstance</fieldType><extensionName>flowruntime:toggle</extensionName><outputParameters><assignToReference>ok</assignToReference><name>value</name></outputParameters></fields>',
        connector('Sure'),
      ),
    ];
    for (const writer of writers) {
      const lines = over(condition('ok', 'EqualTo', yes), 'and', ok, start('Write'), writer);
      expect(lines.filter((line) => !line.startsWith('->'))).toEqual([deletes, asks]);
    }
  });

  it('takes a fault path for one that the element may have written before it', () => {
    const ok = variable('ok', { type: 'Boolean', value: no });
    const failing = (rest: string): string =>
      element(
        'actionCalls',
        'Write',
        '<actionName>Check</actionName><actionType>apex</actionType>',
        rest,
        connector('Sure', 'faultConnector'),
      );
    const output = '<outputParameters><assignToReference>ok</assignToReference><name>ok</name></outputParameters>';
    const isYes = condition('ok', 'EqualTo', yes);
    const call = '-> apex-class/invocable Check | user | {} | constant | Action "Write"';
    expect(over(isYes, 'and', ok, start('Write'), failing(output))).toEqual([deletes, asks, call]);
    expect(over(isYes, 'and', ok, start('Write'), failing(''))).toEqual([
      asks,
      call,
      'pruned: Decision "Sure" never takes "Yes": ok is always false',
    ]);
  });

  it.each([
    [
      'and',
      condition('confirmed', 'EqualTo', yes) + condition('orderId', 'EqualTo', text('x')),
      [asks, 'pruned: Decision "Sure" never takes "Yes": confirmed is always false'],
    ],
    ['or', condition('confirmed', 'EqualTo', yes) + condition('orderId', 'EqualTo', text('x')), [deletes, asks]],
    [
      'or',
      condition('confirmed', 'EqualTo', no) + condition('orderId', 'EqualTo', text('x')),
      [deletes, 'pruned: Decision "Sure" never takes the default outcome: confirmed is always false'],
    ],
    ['and', condition('confirmed', 'EqualTo', no) + condition('orderId', 'EqualTo', text('x')), [deletes, asks]],
    ['1 OR 2', condition('confirmed', 'EqualTo', yes) + condition('orderId', 'EqualTo', text('x')), [deletes, asks]],
    [
      'and',
      condition('confirmed', 'NotEqualTo', no),
      [asks, 'pruned: Decision "Sure" never takes "Yes": confirmed is always false'],
    ],
    [
      'and',
      condition('confirmed', 'IsNull', yes),
      [asks, 'pruned: Decision "Sure" never takes "Yes": confirmed is always false'],
    ],
    ['NOT 1', condition('confirmed', 'EqualTo', yes), [deletes, asks]],
    [
      '(1)',
      condition('confirmed', 'EqualTo', yes),
      [asks, 'pruned: Decision "Sure" never takes "Yes": confirmed is always false'],
    ],
    ['and', condition('large', 'EqualTo', '<numberValue>9007199254740993</numberValue>'), [deletes, asks]],
    ['and', condition('large', 'LessThan', '<numberValue>9007199254740993</numberValue>'), [deletes, asks]],
    ['and', condition('confirmed', 'WasSet', yes), [deletes, asks]],
    ['and', condition('confirmed', 'EqualTo', text('false')), [deletes, asks]],
    [
      'and',
      condition('count', 'GreaterThan', '<numberValue>3</numberValue>'),
      [asks, 'pruned: Decision "Sure" never takes "Yes": count is always 3'],
    ],
    [
      'and',
      condition('count', 'LessThanOrEqualTo', '<numberValue>3</numberValue>'),
      [deletes, 'pruned: Decision "Sure" never takes the default outcome: count is always 3'],
    ],
    [
      'and',
      condition('word', 'EqualTo', text('Stop')),
      [asks, 'pruned: Decision "Sure" never takes "Yes": word is always "go"'],
    ],
    ['and', condition('word', 'EqualTo', text('GO')), [deletes, asks]],
    [
      'and',
      condition('unset', 'IsNull', no),
      [asks, 'pruned: Decision "Sure" never takes "Yes": unset is always null'],
    ],
    ['and', condition('unsetFlag', 'IsNull', no), [deletes, asks]],
    ['and', condition('unsetFlag', 'EqualTo', yes), [deletes, asks]],
  ])('weighs %s %s', (logic, conditions, expected) => {
    const others = [
      variable('count', { type: 'Number', value: '<numberValue>3.0</numberValue>' }),
      variable('large', { type: 'Number', value: '<numberValue>9007199254740992</numberValue>' }),
      variable('word', { value: text('go') }),
      variable('unset', {}),
      variable('unsetFlag', { type: 'Boolean' }),
      start('Sure'),
    ];
    expect(over(conditions, logic, ...others)).toEqual(expected);
  });

  it('takes the first outcome that holds', () => {
    const facts = flow(
      orderId,
      confirmed,
      start('Sure'),
      decision(
        rule('No', condition('confirmed', 'EqualTo', no), 'Ask_Again'),
        rule('Other', condition('orderId', 'EqualTo', text('x')), 'Drop'),
      ),
      drop,
      again,
    );
    expect(effectsOf(facts, agentContext(bound(false)))).toEqual([
      asks,
      'pruned: Decision "Sure" never takes "Other": confirmed is always false',
      'pruned: Decision "Sure" never takes the default outcome: confirmed is always false',
    ]);
  });

  it('counts what a loop has counted', () => {
    const facts = flow(
      orderId,
      variable('n', { type: 'Number', value: '<numberValue>0</numberValue>' }),
      start('Each'),
      element('recordLookups', 'Get', '<object>Lead</object>'),
      element(
        'loops',
        'Each',
        '<collectionReference>Get</collectionReference>',
        connector('Add', 'nextValueConnector'),
        connector('Sure', 'noMoreValuesConnector'),
      ),
      element('assignments', 'Add', item('n', '<numberValue>1</numberValue>', 'Add'), connector('Each')),
      decision(rule('Yes', condition('n', 'GreaterThan', '<numberValue>0</numberValue>'), 'Drop')),
      drop,
      again,
    );
    expect(effectsOf(facts)).toEqual([deletes, asks]);
  });

  it.each(['doesRequireRecordChangedToMeetCriteria', 'isGroupedConditions'])(
    'stays open where a rule asks more than its conditions: %s',
    (tag) => {
      const more = `<${tag}>true</${tag}>`;
      expect(over(condition('confirmed', 'EqualTo', no) + more, 'and', start('Sure'))).toEqual([deletes, asks]);
      expect(over(condition('confirmed', 'EqualTo', yes) + more, 'and', start('Sure'))).toEqual([
        asks,
        'pruned: Decision "Sure" never takes "Yes": confirmed is always false',
      ]);
    },
  );

  it.each([
    ['Set', 'Skip'],
    ['Skip', 'Set'],
  ])('stays open over a field that only one way sets, whichever comes first: %s, %s', (first, second) => {
    const parts = [
      variable('order', { object: 'Order' }),
      start('Which'),
      element(
        'decisions',
        'Which',
        rule('A', condition('orderId', 'EqualTo', text('a')), first),
        connector(second, 'defaultConnector'),
      ),
      element('assignments', 'Set', item('order.IsPaid__c', yes), connector('Sure')),
      element('assignments', 'Skip', connector('Sure')),
    ];
    expect(over(condition('order.IsPaid__c', 'EqualTo', no), 'and', ...parts)).toEqual([deletes, asks]);
  });

  it('does not take the binding of a variable that is no input', () => {
    const local = variable('confirmed', { type: 'Boolean', value: yes });
    const facts = flow(
      orderId,
      local,
      start('Sure'),
      decision(rule('Yes', condition('confirmed', 'EqualTo', yes), 'Drop')),
      drop,
      again,
    );
    expect(effectsOf(facts, agentContext(bound(false)))).toEqual([
      deletes,
      'pruned: Decision "Sure" never takes the default outcome: confirmed is always true',
    ]);
  });
});
