import type { Page } from '@playwright/test';
import { PNG } from 'pngjs';
import { readPngState } from '../../src/formats/pngMetadata.ts';
import { expect, freshTest, test } from './fixtures.ts';
import type { ReluscopeWindow } from './reluscopePage.ts';

const DEEP = { kind: 'mlp', widths: [2, 5, 5, 5, 5, 1], seed: 3 } as const;

/** The pattern on the card of the selected region. */
async function selectedPattern(page: Page): Promise<string | null> {
  const card = page.locator('.regionCard');
  await expect(card).toContainText('Selected');
  return card.locator('dd').first().textContent();
}

test('the copied link brings back the exact edges and the selected region, deep down too', async ({
  page,
  reluscope,
}) => {
  // A refused clipboard is one that the test can read.
  await page.evaluate(() => {
    const refuse = () => Promise.reject(new Error('refused'));
    Object.defineProperty(navigator, 'clipboard', {
      value: { writeText: refuse },
      configurable: true,
    });
  });
  const view = { center: [0.3, -0.2], centerLow: [1e-18, 0], halfWidth: 1e-12 };
  await reluscope.set({ field: DEEP, view, edges: true });
  const card = page.locator('.regionCard');
  const { width, height } = await reluscope.box();
  await reluscope.point(width / 3, height / 4);
  await expect(card).toContainText('Click or press Enter to select.');
  await page.mouse.down();
  await page.mouse.up();
  const pattern = await selectedPattern(page);
  const state = await reluscope.state();
  expect(state).toMatchObject({
    edges: true,
    selection: { pointLow: [expect.any(Number), expect.any(Number)] },
  });
  await page.getByRole('button', { name: 'Copy link' }).click();
  const field = page.getByRole('textbox', { name: 'The browser refuses the clipboard' });
  await expect(field).toBeFocused();
  const link = new URL(await field.inputValue());
  const selected = await field.evaluate((input: HTMLInputElement) => [
    input.selectionStart,
    input.selectionEnd,
  ]);
  expect(selected).toEqual([0, link.href.length]);
  await reluscope.set({ edges: false, selection: null, view: { center: [0, 0], halfWidth: 5 } });
  await expect(card).toBeHidden();
  await page.mouse.move(0, 0);
  await page.evaluate((hash) => {
    window.location.hash = hash;
  }, link.hash);
  await expect.poll(() => reluscope.state()).toEqual(state);
  expect(await selectedPattern(page)).toBe(pattern);
  await page.evaluate(() => Reflect.deleteProperty(navigator, 'clipboard'));
});

freshTest(
  'Copy link copies the address of a page that was reloaded',
  async ({ context, page, reluscope }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await reluscope.openWith({ field: DEEP, edges: true, selection: { point: [0.5, 0.25] } });
    const pattern = await selectedPattern(page);
    await page.reload();
    expect(await selectedPattern(page)).toBe(pattern);
    await page.getByRole('button', { name: 'Copy link' }).click();
    await expect(page.getByText('Link copied.')).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
    expect(page.url()).toContain('&edges=1&selected=0.5,0.25');
  },
);

test('undo and a saved picture know the exact edges and the selected region', async ({
  page,
  reluscope,
}) => {
  await page.keyboard.press('e');
  await expect(page.locator('.arrangement .edges')).toHaveAttribute('d', /^M/);
  await reluscope.canvas.focus();
  await page.keyboard.press('Enter');
  const pattern = await selectedPattern(page);
  const state = await reluscope.state();
  expect(state).toMatchObject({ edges: true, selection: { point: [0, 0] } });
  await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(() => reluscope.state()).toMatchObject({ edges: true, selection: null });
  await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(() => reluscope.state()).toMatchObject({ edges: false, selection: null });
  for (let step = 0; step < 2; step += 1) await page.keyboard.press('ControlOrMeta+Shift+z');
  await expect.poll(() => reluscope.state()).toEqual(state);
  expect(await selectedPattern(page)).toBe(pattern);
  const bytes = await page.evaluate(async () => {
    const blob = await (window as ReluscopeWindow).reluscope.toPng({ width: 300, height: 300 });
    return [...new Uint8Array(await blob.arrayBuffer())];
  });
  expect(readPngState(Uint8Array.from(bytes))).toContain('&edges=1&selected=0,0');
  const { data } = PNG.sync.read(Buffer.from(bytes));
  let outline = 0;
  for (let i = 0; i < data.length; i += 4) {
    const [red, green, blue] = data.subarray(i, i + 3);
    if (red! > 240 && green! < 90 && Math.abs(blue! - 109) < 30) outline += 1;
  }
  expect(outline).toBeGreaterThan(10);
});

test('a link of the first version keeps its good values, and the address stays until something changes', async ({
  page,
  reluscope,
}) => {
  const link = '#v=1&field=mlp&seed=7&half=abc&edges=1';
  await page.evaluate((hash) => {
    window.location.hash = hash;
  }, link);
  const message = page.getByRole('alert').filter({ hasText: 'half' });
  await expect(message).toContainText('received "abc", expected a finite decimal number');
  const state = await reluscope.state();
  expect(state).toMatchObject({
    field: { network: { seed: 7 } },
    view: { halfWidth: 5 },
    edges: true,
  });
  expect(await page.evaluate(() => window.location.hash)).toBe(link);
  await reluscope.set({ field: { seed: 8 } });
  await expect
    .poll(() => page.evaluate(() => window.location.hash))
    .toBe('#v=2&network=drawn&seed=8&x=0&y=0&half=5&edges=1');
});
