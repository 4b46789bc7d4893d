import { test as base, expect } from '@playwright/test';
import { ReluscopePage } from './reluscopePage.ts';
import { SharedPages } from './sharedPage.ts';

interface ForTest {
  reluscope: ReluscopePage;
  /** Console messages that a test provokes on purpose. */
  allowedComplaints: RegExp | null;
}

function expectNoComplaints(reluscope: ReluscopePage, allowed: RegExp | null): void {
  const unwanted = reluscope.complaints.splice(0).filter((text) => !allowed?.test(text));
  expect(unwanted, 'errors in the console, exceptions and requests to elsewhere').toEqual([]);
}

/**
 * A test on a page that is open, shows the default state with one sample per pixel, and is shared
 * with other tests: whatever `SharedPage` describes is as it was once the test is over.
 */
export const test = base.extend<ForTest, { sharedPages: SharedPages }>({
  allowedComplaints: [null, { option: true }],
  sharedPages: [
    async ({ browser }, use) => {
      const shared = new SharedPages(browser);
      await use(shared);
      await shared.close();
    },
    { scope: 'worker' },
  ],
  reluscope: async (
    { sharedPages, allowedComplaints, baseURL, viewport, deviceScaleFactor, hasTouch, isMobile },
    use,
    info,
  ) => {
    const options = { viewport, hasTouch, isMobile };
    const shared = await sharedPages.take({
      ...options,
      ...(baseURL === undefined ? {} : { baseURL }),
      ...(deviceScaleFactor === undefined ? {} : { deviceScaleFactor }),
    });
    const { reluscope } = shared;
    await use(reluscope);
    // After a failure the runner ends this worker, and the next test gets a page of its own.
    if (info.status !== 'passed') return;
    await shared.tidy();
    expectNoComplaints(reluscope, allowedComplaints);
  },
  page: ({ reluscope }, use) => use(reluscope.page),
  context: ({ page }, use) => use(page.context()),
});

/**
 * A test that starts its own page: of the start itself and links at load, of losing the device, and
 * of leaving.
 */
export const freshTest = base.extend<ForTest>({
  allowedComplaints: [null, { option: true }],
  reluscope: async ({ page, baseURL, allowedComplaints }, use) => {
    const reluscope = new ReluscopePage(page, new URL(baseURL!).origin);
    await use(reluscope);
    expectNoComplaints(reluscope, allowedComplaints);
  },
});

export { expect };
