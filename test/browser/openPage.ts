import type { Browser, Page } from 'playwright-core';

/** A page, and whatever it said or asked for that a page from disk should not. */
export interface WatchedPage {
  readonly page: Page;
  readonly troubles: readonly string[];
}

export async function openPage(browser: Browser): Promise<WatchedPage> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const troubles: string[] = [];
  page.on('console', (message) => troubles.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith('file://')) troubles.push(`request: ${request.url()}`);
  });
  return { page, troubles };
}
