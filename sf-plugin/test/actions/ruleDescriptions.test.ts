import { expect, it } from '@jest/globals';
import { ruleDescriptions } from '../../src/actions/ruleDescriptions.ts';

it('describes every rule with its page', () => {
  const without = ruleDescriptions.filter(({ page = '' }) => !page.includes('## How to fix'));
  expect(without.map(({ id }) => id)).toEqual([]);
});
