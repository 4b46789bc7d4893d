import type { Page } from '@playwright/test';
import axe from 'axe-core';

/** What axe finds, in words. */
export async function violationsOf(page: Page): Promise<string[]> {
  // Half a megabyte, which a shared page may have already.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: typeof axe }).axe.run({ resultTypes: ['violations'] }),
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help} (${target}) ${failureSummary}`),
  );
}
