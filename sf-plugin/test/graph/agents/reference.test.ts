import { describe, expect, it } from '@jest/globals';
import { pointsAt, referenceNames } from '../../../src/graph/agents/reference.ts';

const noNames = { developerName: undefined, localDeveloperName: undefined, label: undefined, source: undefined };
const action = referenceNames({ ...noNames, fullName: 'Cancel_179x' }, 'Cancel');
const topic = referenceNames({ ...noNames, fullName: 'ns__Orders', label: 'Returns', source: 'Tmpl__Orders' });

describe('pointsAt', () => {
  it.each(['ns__Orders.Cancel', 'NS__ORDERS.cancel_179X', 'ns.Orders.Cancel'])('%s means the action', (reference) => {
    expect(pointsAt(reference, topic, action)).toBe(true);
  });

  it.each([
    'Cancel',
    'Returns.Cancel',
    'Tmpl__Orders.Cancel',
    'ns__Orders.Close',
    'ns__Orders',
    'a.ns__Orders.x.Cancel',
    '',
  ])('%s does not mean the action', (reference) => {
    expect(pointsAt(reference, topic, action)).toBe(false);
  });

  it('takes a single name for an action of the planner', () => {
    expect(pointsAt('Cancel', undefined, action)).toBe(true);
    expect(pointsAt('ns__Orders.Cancel', undefined, action)).toBe(false);
  });
});
