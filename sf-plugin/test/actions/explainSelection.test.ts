import { describe, expect, it } from '@jest/globals';
import { ConfigurationError } from '../../src/actions/errors.ts';
import { selectAction, selectEffects } from '../../src/actions/explainSelection.ts';
import type { Agent, AgentAction } from '../../src/graph/agent.ts';
import { effect } from '../report/sampleReport.ts';

const place = { file: 'Order_Care.agent', line: 1, column: 1 };

function action(topic: string, name: string, aliases: string[] = []): AgentAction {
  const target = { type: 'flow', name, place };
  return { name, aliases, topic, role: 'action', place, target, confirmation: 'none', bindings: [] };
}

function agent(name: string, version: string, actions: AgentAction[]): Agent {
  return { name, generation: 'planner-bundle-local', version, place: { ...place, file: `${name}.agent` }, actions };
}

const orderCare = agent('Order_Care', '', [
  action('orders', 'cancel_order', ['Cancel Order']),
  action('orders', 'find'),
  action('returns', 'find'),
  action('', 'v2.1_sync'),
]);
const helpDesk = agent('Help_Desk', '', [action('cases', 'close_case', ['cancel_order']), action('cases', 'find')]);
const agents = [orderCare, helpDesk];

/** `agent.topic.action` of what is selected. */
function selected(wanted: string, from: readonly Agent[] = agents): string {
  const found = selectAction(from, wanted);
  return `${found.agent.name}${found.agent.version}.${found.action.topic}.${found.action.name}`;
}

/** What the user reads instead. */
function refusal(attempt: () => unknown): readonly string[] {
  try {
    attempt();
  } catch (error) {
    if (error instanceof ConfigurationError) return [error.message, ...error.actions];
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('the action that a name means', () => {
  it.each([
    ['Order_Care.cancel_order', 'Order_Care.orders.cancel_order'],
    ['order_care.ORDERS.cancel_order', 'Order_Care.orders.cancel_order'],
    ['Order_Care.returns.find', 'Order_Care.returns.find'],
    ['Help_Desk.find', 'Help_Desk.cases.find'],
    ['close_case', 'Help_Desk.cases.close_case'],
    // An alias of another action has the same name.
    ['cancel_order', 'Order_Care.orders.cancel_order'],
    ['Help_Desk.cancel_order', 'Help_Desk.cases.close_case'],
    ['Order_Care.Cancel Order', 'Order_Care.orders.cancel_order'],
    ['Order_Care.v2.1_sync', 'Order_Care..v2.1_sync'],
    ['Order_Care@planner-bundle-local.cancel_order', 'Order_Care.orders.cancel_order'],
  ])('%s', (wanted, expected) => {
    expect(selected(wanted)).toBe(expected);
  });

  it('can be told by version', () => {
    const versions = ['v1', 'v2'].map((version) => agent('Order_Care', version, [action('orders', 'find')]));
    expect(selected('Order_Care@v2.find', versions)).toBe('Order_Carev2.orders.find');
    expect(selected('Order_Care@planner-bundle-local@v1.orders.find', versions)).toBe('Order_Carev1.orders.find');
    expect(refusal(() => selected('Order_Care.find', versions))).toEqual([
      '"Order_Care.find" stands for 2 actions.',
      'Name one of them: Order_Care@planner-bundle-local@v1.find, Order_Care@planner-bundle-local@v2.find',
    ]);
  });

  it('is refused where it means several', () => {
    expect(refusal(() => selected('find'))).toEqual([
      '"find" stands for 3 actions.',
      'Name one of them: Help_Desk.find, Order_Care.orders.find, Order_Care.returns.find',
    ]);
    const twins = [orderCare, { ...orderCare, place: { ...place, file: 'copy/Order_Care.agent' } }];
    expect(refusal(() => selected('cancel_order', twins))).toEqual([
      '"cancel_order" stands for 2 actions of the same name.',
      'Name the folder with the one you mean: --source-dir <folder>',
      'One is in Order_Care.agent.',
      'One is in copy/Order_Care.agent.',
    ]);
  });

  it('is refused with the nearest names where there is none', () => {
    expect(refusal(() => selected('Order_Care.cancel_ordr'))).toEqual([
      'No action named "Order_Care.cancel_ordr".',
      'Did you mean one of: Order_Care.cancel_order, Order_Care.v2.1_sync, Order_Care.orders.find, ' +
        'Order_Care.returns.find, Help_Desk.close_case?',
    ]);
    expect(refusal(() => selected('close'))).toEqual([
      'No action named "close".',
      'Did you mean one of: close_case, find, cancel_order, v2.1_sync?',
    ]);
    expect(refusal(() => selected('Help_Desk'))).toEqual([
      '"Help_Desk" is an agent; name one of its actions.',
      'It has: Help_Desk.close_case, Help_Desk.find',
    ]);
    expect(refusal(() => selected('find', [agent('Empty', '', [])]))).toEqual([
      'No action named "find".',
      'No agent in the project has an action.',
    ]);
  });

  it('does not repeat control characters of a name', () => {
    expect(refusal(() => selected('x', [agent('A', '', [action('', 'y\u001b[2J')])]))).toEqual([
      'No action named "x".',
      'Did you mean one of: y\\u{1b}[2J?',
    ]);
  });
});

describe('the effects that a filter covers', () => {
  const effects = [
    effect(),
    effect({ object: 'Contact' }),
    effect({ operation: 'update', object: 'Contact' }),
    effect({ operation: 'update', object: '*' }),
    effect({ operation: 'callout', object: 'https://example.com:8443' }),
  ];
  const unknown = effect({ operation: 'unknown', object: '*', certainty: 'opaque' });
  const covered = (wanted: string | undefined, from = effects): string[] =>
    selectEffects(from, wanted).map(({ operation, object }) => `${operation}:${object}`);

  it.each([
    [undefined, ['delete:Case', 'delete:Contact', 'update:Contact', 'update:*', 'callout:https://example.com:8443']],
    ['*', ['delete:Case', 'delete:Contact', 'update:Contact', 'update:*', 'callout:https://example.com:8443']],
    ['delete', ['delete:Case', 'delete:Contact']],
    ['delete:*', ['delete:Case', 'delete:Contact']],
    ['DELETE:contact', ['delete:Contact']],
    [':Contact', ['delete:Contact', 'update:Contact', 'update:*']],
    // Decided at run time: it may be a case.
    ['update:Case', ['update:*']],
    ['callout:https://example.com:8443', ['callout:https://example.com:8443']],
  ])('%s', (wanted, expected) => {
    expect(covered(wanted)).toEqual(expected);
  });

  it('always has what was not seen', () => {
    expect(covered('delete:Contact', [...effects, unknown])).toEqual(['delete:Contact', 'unknown:*']);
    expect(covered('merge:Lead', [unknown])).toEqual(['unknown:*']);
  });

  it('is refused where it names nothing', () => {
    expect(refusal(() => covered('remove:Case'))).toEqual([
      'No operation named "remove".',
      'Did you mean one of: create, delete, merge, update, callout?',
    ]);
    expect(refusal(() => covered('delete:Lead'))).toEqual([
      'The action has no effect "delete:Lead".',
      'The nearest that it has: delete:Case, delete:Contact, update:*, update:Contact, ' +
        'callout:https://example.com:8443',
    ]);
  });

  it('may name any effect of an action that has none', () => {
    expect(covered('delete:Case', [])).toEqual([]);
  });
});
