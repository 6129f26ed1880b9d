import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe finds fault with: rule and first element. */
export async function axeViolations(page: Page, withoutRules: readonly string[] = []): Promise<unknown> {
  const rules = Object.fromEntries(withoutRules.map((rule) => [rule, { enabled: false }]));
  await page.evaluate(axe.source);
  return page.evaluate(
    `axe.run(${JSON.stringify({ rules })}).then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes[0].html]))`,
  );
}
