import type { Page } from '@playwright/test';
import type { Change, createReluscope, Reluscope } from '../../src/reluscope.ts';
import { expect, freshTest as test } from './fixtures.ts';

/** What the page around holds. */
type HostWindow = typeof globalThis & {
  createReluscope: typeof createReluscope;
  scope: Reluscope;
  keys: string[];
  changes: Pick<Change, 'by' | 'changed'>[];
};

/** A long page with a Reluscope in it, which hears keys as a notebook does. */
async function openHost(page: Page): Promise<void> {
  await page.route('**/host.html', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><link rel="icon" href="data:,"><body style="margin: 0; height: 5000px">
        <button>host</button><div id="guest" style="width: 480px; height: 420px"></div>`,
    }),
  );
  await page.goto('./host.html');
  await page.evaluate(async () => {
    const library = '/lib/reluscope.js';
    const host = Object.assign(window, await import(/* @vite-ignore */ library)) as HostWindow;
    host.keys = [];
    host.changes = [];
    document.addEventListener('keydown', ({ key }) => host.keys.push(key));
    const element = document.getElementById('guest')!;
    host.scope = host.createReluscope(element, { state: { supersampling: 1 } });
    host.scope.onChange(({ by, changed }) => host.changes.push({ by, changed }));
    await host.scope.settled();
  });
}

const inHost = <T>(page: Page, read: (host: HostWindow) => T) =>
  page.evaluate(`(${read.toString()})(window)`) as Promise<T>;

test('in another page it takes keys and wheel only where a person has turned to it', async ({
  page,
}) => {
  await openHost(page);
  const canvas = page.locator('canvas.canvas');
  const halfWidth = () => inHost(page, ({ scope }) => scope.state.view.halfWidth);
  const scrolled = () => inHost(page, ({ scrollY }) => scrollY);
  const before = await halfWidth();

  // The host's letters stay the host's, and the page scrolls.
  await page.getByRole('button', { name: 'host' }).press('r');
  expect(await inHost(page, ({ scope }) => scope.state.field)).toMatchObject({
    network: { seed: 0 },
  });
  await canvas.hover();
  await page.mouse.wheel(0, 50);
  await expect.poll(scrolled).toBe(50);
  expect(await halfWidth()).toBe(before);
  // With Ctrl, as a pinch on a touch pad arrives, it zooms in any case.
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -100);
  await page.keyboard.up('Control');
  await expect.poll(halfWidth).toBeLessThan(before);
  await inHost(page, (host) => {
    host.scope.set({ view: { halfWidth: 5 } });
    host.keys.length = 0;
  });

  await canvas.click();
  await page.mouse.wheel(0, -100);
  await expect.poll(halfWidth).toBeLessThan(5);
  expect(await scrolled()).toBe(50);
  await page.keyboard.press('r');
  await page.keyboard.press('x');
  await page.keyboard.press('Control+k');
  await expect
    .poll(() => inHost(page, ({ scope }) => scope.state.field))
    .toMatchObject({ network: { seed: 1 } });
  // Letters stay inside; the host may use what the Reluscope has no use for.
  expect(await inHost(page, ({ keys }) => keys)).toEqual(['Control', 'k']);
  // JupyterLab looks at keys before they come here, and respects this.
  await expect(page.locator('.reluscope')).toHaveAttribute('data-lm-suppress-shortcuts', 'true');

  const changes = await inHost(page, (host) => host.changes);
  expect(changes).toContainEqual({ by: 'script', changed: ['view'] });
  expect(changes).toContainEqual({ by: 'person', changed: ['field'] });
  expect(changes.filter(({ by }) => by === 'script')).toHaveLength(1);
});

test('keys of letters can be switched off, and stay off after a reload', async ({ page }) => {
  await openHost(page);
  const seed = () =>
    inHost(page, ({ scope }) => {
      const { network } = scope.state.field;
      return network.kind === 'drawn' ? network.seed : null;
    });
  await page.locator('canvas.canvas').click();
  await page.keyboard.press('?');
  const box = page.getByRole('checkbox', { name: 'Letters and signs act without Ctrl' });
  await box.uncheck();
  await page.keyboard.press('Escape');
  for (const reload of [false, true]) {
    if (reload) await openHost(page);
    await page.locator('canvas.canvas').click();
    const before = await inHost(page, ({ scope }) => scope.state.view.center[0]);
    await page.keyboard.press('r');
    // Arrows write no character: they still act, after the letter.
    await page.keyboard.press('ArrowRight');
    await expect
      .poll(() => inHost(page, ({ scope }) => scope.state.view.center[0]))
      .toBeGreaterThan(before);
    expect(await seed()).toBe(0);
  }
  await page.getByRole('button', { name: 'More tools' }).click();
  await page.getByRole('button', { name: 'Gestures and keys (?)' }).click();
  await box.check();
  await page.keyboard.press('Escape');
  await page.locator('canvas.canvas').click();
  await page.keyboard.press('r');
  await expect.poll(seed).toBe(1);
});
