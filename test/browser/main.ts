/** Takes the pictures of the documentation: node --conditions=source test/browser/main.ts <folder for the pictures> */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { launch } from './chromium.ts';
import { ciRuns } from './ciRuns.ts';
import { commentPage } from './commentPage.ts';
import { buildReviewPage } from './reviewPage.ts';
import { samplePage } from './samplePage.ts';
import { terminalPage } from './terminalPage.ts';

interface Picture {
  readonly of: 'report' | 'comment' | 'pre-commit' | 'gitlab' | 'review';
  /** What stands after `#` in the address. */
  readonly part?: string;
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly colorScheme: 'light' | 'dark';
  /** Brings the page to what the picture shows. */
  readonly prepare: (page: Page) => Promise<void>;
}

/** Scrolls so that an element stands just below the sticky navigation. */
async function bringUp(page: Page, selector: string): Promise<void> {
  await page.evaluate(
    `scrollBy(0, document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect().top - 64)`,
  );
}

async function openPath(page: Page, action: string): Promise<void> {
  await page.locator('details.action > summary', { hasText: action }).click();
  await page.locator('details.action[open] details.effect > summary').first().click();
  await page.locator('.path').waitFor();
  await bringUp(page, 'details.action[open]');
}

const pictures: readonly Picture[] = [
  {
    of: 'report',
    name: 'report-answer',
    width: 1280,
    height: 860,
    colorScheme: 'light',
    prepare: () => Promise.resolve(),
  },
  {
    of: 'report',
    name: 'report-map',
    width: 1280,
    height: 860,
    colorScheme: 'light',
    prepare: (page) => bringUp(page, '#map'),
  },
  {
    of: 'report',
    name: 'report-path-dark',
    width: 1280,
    height: 860,
    colorScheme: 'dark',
    prepare: (page) => openPath(page, 'cancel_order'),
  },
  {
    of: 'report',
    name: 'report-phone',
    width: 375,
    height: 812,
    colorScheme: 'light',
    prepare: () => Promise.resolve(),
  },
  {
    of: 'comment',
    name: 'pull-request-comment',
    width: 980,
    height: 860,
    colorScheme: 'light',
    prepare: () => Promise.resolve(),
  },
  ...(['pre-commit', 'gitlab'] as const).map((of) => ({
    of,
    name: `ci-${of}`,
    width: 980,
    height: 655,
    colorScheme: 'dark' as const,
    prepare: () => Promise.resolve(),
  })),
  {
    of: 'review',
    part: 'c-handoff-review/waiting',
    name: 'review-decision',
    width: 1240,
    height: 1000,
    colorScheme: 'light',
    prepare: () => Promise.resolve(),
  },
  {
    of: 'review',
    part: 'c-handoff-timeline/full',
    name: 'review-timeline-dark',
    width: 860,
    height: 930,
    colorScheme: 'dark',
    prepare: () => Promise.resolve(),
  },
  {
    of: 'review',
    part: 'c-handoff-approval/pending',
    name: 'review-phone',
    width: 375,
    height: 812,
    colorScheme: 'light',
    prepare: () => Promise.resolve(),
  },
];

const [folder = 'docs/images'] = process.argv.slice(2);
const temporary = mkdtempSync(join(tmpdir(), 'screenshots-'));
const fileOf = (page: Picture['of']): string => join(temporary, `${page}.html`);
const browser = await launch();
try {
  const project = fileURLToPath(new URL('../../examples/order-care', import.meta.url));
  writeFileSync(fileOf('report'), await samplePage(project));
  writeFileSync(fileOf('comment'), await commentPage(project, join(temporary, 'changed')));
  const { preCommit, gitlab } = await ciRuns(project, join(temporary, 'ci'));
  writeFileSync(fileOf('pre-commit'), terminalPage('git commit --all --message "close stale contacts"', preCommit));
  // The log goes on above with the whole report.
  const difference = gitlab.slice(gitlab.lastIndexOf('\n', gitlab.indexOf('NEW AUTHORITY')) + 1);
  writeFileSync(fileOf('gitlab'), terminalPage('gitlab-ci-local agent-readiness', difference));
  buildReviewPage(fileOf('review'));
  for (const { of, part = '', name, width, height, colorScheme, prepare } of pictures) {
    const page = await browser.newPage({ viewport: { width, height }, colorScheme, reducedMotion: 'reduce' });
    await page.goto(`${pathToFileURL(fileOf(of)).href}#${part}`);
    await prepare(page);
    await page.screenshot({ path: join(folder, `${name}.png`) });
    await page.close();
  }
} finally {
  await browser.close();
  rmSync(temporary, { recursive: true });
}
