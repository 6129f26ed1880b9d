import { expect, it } from '@jest/globals';
import { ruleDescriptions } from '../../src/actions/ruleDescriptions.ts';
import { rules } from '../../src/rules/registry.ts';

it('describes every rule with its page', () => {
  const pages = new Map(ruleDescriptions.map(({ id, page = '' }) => [id, page]));
  expect(rules.filter(({ id }) => !pages.get(id)?.includes('## How to fix')).map(({ id }) => id)).toEqual([]);
});
