import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { toHtml } from '../../sf-plugin/src/report/html/html.ts';
import { context } from '../../sf-plugin/test/report/formatContext.ts';
import { action, effect, report } from '../../sf-plugin/test/report/sampleReport.ts';
import { sampleProject } from '../sample/projectFiles.ts';
import { axeViolations } from './axeViolations.ts';
import { executablePath, launch } from './chromium.ts';
import { openPage } from './openPage.ts';
import { samplePage } from './samplePage.ts';

const skipped = executablePath === undefined;
const title = `the HTML report in a browser${skipped ? ' (skipped: no Chromium; apt-get install chromium)' : ''}`;

(skipped ? describe.skip : describe)(title, () => {
  let folder: string;
  let sample: string;
  let browser: Browser;
  let page: Page;
  let troubles: readonly string[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'html-report-'));
    sample = file('sample', await samplePage(sampleProject));
    browser = await launch();
  }, 120_000);

  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  beforeEach(async () => {
    ({ page, troubles } = await openPage(browser));
  });

  afterEach(async () => {
    expect(troubles).toEqual([]);
    await page.close();
  });

  function file(name: string, text: string): string {
    const path = join(folder, `${name}.html`);
    writeFileSync(path, text);
    return pathToFileURL(path).href;
  }

  it.each(['light', 'dark'] as const)(
    'has nothing that axe finds fault with, %s, all of it open',
    async (colorScheme) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.goto(sample);
      await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
      await page.waitForFunction('document.querySelectorAll(".path").length > 20');
      expect(await axeViolations(page)).toEqual([]);
    },
    60_000,
  );

  it.each([375, 768, 1440])(
    'fits a window of %i pixels',
    async (width) => {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(sample);
      await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
      await page.waitForFunction('document.querySelectorAll(".path").length > 20');
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    },
    60_000,
  );

  it('is walked through with the keyboard', async () => {
    await page.goto(sample);
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Skip to the answer');
    await page.locator('#actions summary', { hasText: 'cancel_order' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await focused(page)).toContain('delete Order');
    await page.keyboard.press('Enter');
    const hops = page.locator('details.effect[open] .path > li .label');
    await hops.first().waitFor();
    expect(await hops.allTextContents()).toEqual([
      'agent Order_Care',
      'start_agent router',
      'offers go_to_order_status',
      'transition to order_status',
      'subagent order_status',
      'offers cancel_order',
      'calls OrderService.cancel',
      'calls RecordRemover.remove',
      'delete Order',
    ]);
    expect(await page.locator('details.effect[open] .path .hit').last().textContent()).toMatch(/^\s*\d+\s+delete/);
  });

  it('leads from a finding to its path', async () => {
    await page.goto(sample);
    // A filter that hides the path gives way.
    await page.getByRole('searchbox', { name: 'Search' }).fill('no such action');
    const finding = page.locator('#findings li', { hasText: 'cancel_order can delete Order' }).first();
    await finding.getByRole('link', { name: 'Show the path' }).click();
    await page.locator('details.effect[open] .path').waitFor();
    expect(await focused(page)).toContain('delete Order');
  });

  it('filters by words, kind, gate and identity', async () => {
    await page.goto(sample);
    const shown = async (): Promise<string[]> =>
      (await page.locator('details.action:visible > summary .name b').allTextContents()).sort();
    await page.getByRole('searchbox', { name: 'Search' }).fill('refund__c');
    expect(await shown()).toEqual(['cancel_order', 'close_account', 'request_refund', 'withdraw_refund']);
    await page.getByLabel('no gate that holds').check();
    expect(await shown()).toEqual(['cancel_order', 'close_account', 'withdraw_refund']);
    await page.getByRole('combobox', { name: 'In whose name' }).selectOption('user');
    expect(await shown()).toEqual(['withdraw_refund']);
    expect(await page.getByRole('status').textContent()).toBe('1 of 13 actions');
    await page.getByRole('button', { name: 'Clear' }).click();
    expect(await shown()).toHaveLength(13);
    await page.getByRole('checkbox', { name: 'unknown' }).check();
    expect(await shown()).toEqual(['adjust_loyalty_points']);
  });

  it('prints what is folded', async () => {
    await page.goto(sample);
    const closed = 'document.querySelectorAll("details:not(.effect):not([open])").length';
    const before = await page.evaluate(closed);
    await page.evaluate('dispatchEvent(new Event("beforeprint"))');
    expect(await page.evaluate(closed)).toBe(0);
    await page.evaluate('dispatchEvent(new Event("afterprint"))');
    expect(await page.evaluate(closed)).toBe(before);
  });

  it('shows hostile names as text', async () => {
    const name = `"'><img src=x onerror=alert(1)><script>alert(2)</script>${'x'.repeat(300)}`;
    const [agent] = report().agents;
    const path = effect().path.map((hop) => ({ ...hop, label: name, file: name }));
    const hostile = report({
      agents: agent ? [{ ...agent, name, actions: [action(name, [effect({ object: name, path })])] }] : [],
    });
    await page.goto(
      file('hostile', toHtml(hostile, { ...context, quote: () => [{ line: 41, column: 1, text: name }] })),
    );
    await page.locator('details.action > summary').click();
    await page.locator('details.effect > summary').click();
    expect(await page.locator('.path .label').allTextContents()).toEqual([name, name, name]);
    expect(await page.locator('.path .hit').textContent()).toBe(`41${name}\n`);
    expect(await page.locator('img').count()).toBe(0);
    for (const width of [375, 1440]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    }
  });

  it('finds one action among five hundred', async () => {
    const [agent] = report().agents;
    const actions = Array.from({ length: 500 }, (_, index) =>
      action(`action_${index}`, [effect(), effect({ object: 'Order' })]),
    );
    await page.goto(file('large', toHtml(report({ agents: agent ? [{ ...agent, actions }] : [] }), context)));
    await page.getByRole('searchbox', { name: 'Search' }).fill('action_499');
    expect(await page.getByRole('status').textContent()).toBe('1 of 500 actions');
    await page.locator('details.action:visible > summary').click();
    expect(await page.locator('details.effect:visible').count()).toBe(2);
  }, 60_000);
});

/** The text of the element that has the focus. */
async function focused(page: Page): Promise<string> {
  return String(await page.evaluate('document.activeElement.textContent.replace(/\\s+/g, " ").trim()'));
}
