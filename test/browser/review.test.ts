import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { axeViolations } from './axeViolations.ts';
import { executablePath, launch } from './chromium.ts';
import { openPage } from './openPage.ts';
import { buildReviewPage, canBuild } from './reviewPage.ts';

const missing = executablePath === undefined ? 'no Chromium; apt-get install chromium' : 'no compiler; run npm test';
const skipped = executablePath === undefined || !canBuild;
const title = `the review components in a browser${skipped ? ` (skipped: ${missing})` : ''}`;

(skipped ? describe.skip : describe)(title, () => {
  let folder: string;
  let url: string;
  let browser: Browser;
  let page: Page;
  let troubles: readonly string[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'review-page-'));
    const file = join(folder, 'review.html');
    buildReviewPage(file);
    url = pathToFileURL(file).href;
    browser = await launch();
  }, 180_000);

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

  it.each(['light', 'dark'] as const)(
    'have nothing that axe finds fault with in any state, %s',
    async (colorScheme) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.goto(url);
      expect(await page.locator('main > section').count()).toBeGreaterThan(50);
      await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
      // One page has each component many times, so that landmarks of the same name cannot be told apart here.
      expect(await axeViolations(page, ['landmark-unique'])).toEqual([]);
    },
    120_000,
  );

  it.each([320, 375, 768, 1440])(
    'fit a window of %i pixels in every state',
    async (width) => {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(url);
      await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    },
    60_000,
  );

  it('deny and approve with the keyboard alone', async () => {
    await page.goto(`${url}#c-handoff-approval/pending`);
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('The exact text');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Deny');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.localName')).toBe('textarea');
    await page.keyboard.type('Wrong street');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Approve exactly this');
    await page.keyboard.press('Enter');
    const detail = {
      planSha256: '941e0b7d92f6c83a5e17d04c9b26f8a3d5e90174bc6d28f3a9e5b07c41d8f62a',
      reason: 'Wrong street',
    };
    expect(await page.evaluate('said')).toEqual([
      ['handoffdeny', detail],
      ['handoffapprove', detail],
    ]);
  });

  it('show the focus', async () => {
    await page.goto(`${url}#c-handoff-list/full`);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('said')).toEqual([['handoffselect', { id: '1' }]]);
  });

  it('read to a screen reader as what they are', async () => {
    await page.goto(`${url}#c-handoff-review/waiting`);
    const region = (name: string) => page.getByRole('region', { name });
    for (const name of ['Decision', 'Timeline', 'Proof', 'What was masked', 'Cost']) {
      expect(await region(name).count()).toBe(1);
    }
    expect(await page.getByRole('table', { name: 'update Order 801000000000001AAA' }).getByRole('row').count()).toBe(3);
    expect(await page.getByRole('textbox', { name: 'Reason' }).count()).toBe(1);
    expect(await page.getByRole('timer').textContent()).toBe('20 min 00 s left');
    expect(await region('Timeline').getByRole('listitem').count()).toBe(3);
    expect(await page.getByRole('meter', { name: 'Share of the limit that was spent' }).count()).toBe(1);
  });

  it('take the colours of the page that they are on', async () => {
    await page.goto(`${url}#c-handoff-proof/true`);
    const surface = 'getComputedStyle(document.querySelector(".handoff-card")).backgroundColor';
    expect(await page.evaluate(surface)).toBe('rgb(255, 255, 255)');
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await page.evaluate(surface)).toBe('rgb(22, 25, 29)');
    await page.evaluate('document.body.style.setProperty("--slds-g-color-surface-container-1", "rgb(1, 2, 3)")');
    expect(await page.evaluate(surface)).toBe('rgb(1, 2, 3)');
  });
});

/** The text of the element that has the focus. */
async function focused(page: Page): Promise<string> {
  return String(await page.evaluate('document.activeElement.textContent.trim()'));
}
