import {
  type Browser,
  type BrowserContextOptions,
  test as base,
  expect,
  type Page,
} from '@playwright/test';
import type { createReluscope, Reluscope } from '../../src/reluscope.ts';

/** The way the page holds the library; a test may add its own. */
export type HostWindow = typeof globalThis & {
  createReluscope: typeof createReluscope;
  scope: Reluscope;
  /** All that were mounted. */
  scopes: Reluscope[];
};

/**
 * A test in another page than Reluscope's own, which has the library and is shared with other tests: each begins with a body
 * without elements, and what it has mounted is taken down after it.
 */
export const test = base.extend<object, { hostPages: Page[] }>({
  hostPages: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads which fixtures a function names.
    async ({}, use) => {
      const pages: Page[] = [];
      await use(pages);
      for (const page of pages) await page.context().close();
    },
    { scope: 'worker' },
  ],
  page: async ({ browser, hostPages, baseURL, viewport }, use, info) => {
    hostPages[0] ??= await openHost(browser, { baseURL, viewport });
    const page = hostPages[0];
    await use(page);
    // After a failure the runner ends this worker, and the next test gets a page of its own.
    if (info.status !== 'passed') return;
    await page.unrouteAll();
    await page.mouse.move(0, 0);
    await page.evaluate(clearHost);
    await expect(page.locator('body > *')).toHaveCount(0);
  },
  context: ({ page }, use) => use(page.context()),
});

export { expect };

async function openHost(browser: Browser, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.route('**/host.html', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: '<!doctype html><link rel="icon" href="data:,"><body style="margin: 0"></body>',
    }),
  );
  await page.goto('./host.html');
  await page.evaluate(loadLibrary);
  return page;
}

// The functions below run in the page: they see nothing of this file.

async function loadLibrary(): Promise<void> {
  const path = '/lib/reluscope.js';
  const library = (await import(/* @vite-ignore */ path)) as Pick<HostWindow, 'createReluscope'>;
  const scopes: Reluscope[] = [];
  const create: typeof createReluscope = (...args) => {
    const scope = library.createReluscope(...args);
    scopes.push(scope);
    return scope;
  };
  Object.assign(window, { createReluscope: create, scopes });
}

function clearHost(): void {
  for (const scope of (window as unknown as HostWindow).scopes.splice(0)) scope.destroy();
  document.body.replaceChildren();
}
