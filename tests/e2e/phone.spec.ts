import { expect, test } from './fixtures.ts';
import { countColors, doubleTap, touch } from './reluscopePage.ts';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

test('the picture takes most of the screen, and the panel is a sheet', async ({
  page,
  reluscope,
}) => {
  const { width, height } = await reluscope.box();
  // A square with a narrow margin for the axis.
  expect(width).toBeGreaterThan(0.8 * 390);
  expect(height).toBe(width);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  const handle = page.getByRole('button', { name: 'Controls' });
  await expect(page.getByLabel('quantity')).toBeHidden();
  await handle.tap();
  await expect(page.getByLabel('quantity')).toBeVisible();
  // Above the sheet the whole picture stays in sight.
  const above = await reluscope.box();
  expect(above.width).toBeGreaterThan(200);
  const sheet = (await page.getByRole('complementary').boundingBox())!;
  expect(above.y + above.height).toBeLessThan(sheet.y);
  // Also while a network learns; where it is small, no legend lies over all of it.
  const data = { kind: 'moons', samples: 20, split: { testSize: 0.25, seed: 0 } };
  const recipe = { data, network: { kind: 'drawn', widths: [2, 3, 2] }, steps: 9 };
  await reluscope.set({ run: { recipe, step: 0 } });
  expect((await reluscope.box()).height).toBeGreaterThan(130);
  await expect(page.getByRole('list', { name: 'Legend', exact: true })).toBeHidden();
  await handle.tap();
  await expect(page.getByRole('list', { name: 'Legend', exact: true })).toBeVisible();
  await expect(page.getByLabel('quantity')).toBeHidden();
  expect(countColors(await reluscope.picture())).toBeGreaterThan(50);
});

test('the names of four classes, and of five of eight, are below the picture', async ({ page }) => {
  const entries = page.locator('.colorBar .entry');
  const show = (classes: number) =>
    page.evaluate(async (outputs) => {
      const network = { kind: 'drawn', widths: [2, 6, outputs], seed: 0 } as const;
      window.reluscope.set({ field: { network, readout: { kind: 'class' } } });
      await window.reluscope.settled();
    }, classes);
  await show(4);
  await expect(entries).toHaveText(['class 1', 'class 2', 'class 3', 'class 4']);
  for (const entry of await entries.all()) await expect(entry).toBeInViewport({ ratio: 1 });
  await show(8);
  await expect(entries.last()).toHaveText('… 3 more');
  await expect(entries.last()).toBeInViewport({ ratio: 1 });
});

test('everything to press is large enough for a finger', async ({ page }) => {
  const small = (selector: string) =>
    page.locator(selector).evaluateAll((elements) => {
      const shown = elements
        .map((element) => ({ name: element.textContent, box: element.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0);
      if (shown.length === 0) return ['nothing is shown'];
      return shown
        .filter(({ box }) => !(box.width >= 44 && box.height >= 44))
        .map(({ name, box }) => `${name}: ${box.width} × ${box.height}`);
    });
  expect(await small('.header button')).toEqual([]);
  await page.getByRole('button', { name: 'More tools' }).tap();
  expect(await small('.header button')).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Controls' }).tap();
  expect(await small('.lil-title, .lil-widget button, .lil-widget select, .handle')).toEqual([]);
});

test('one finger pans', async ({ page, reluscope }) => {
  const session = await page.context().newCDPSession(page);
  const { x, y } = await reluscope.box();
  const before = await reluscope.planeAt(150, 300);
  await touch(session, 'touchStart', [[x + 150, y + 300]]);
  await touch(session, 'touchMove', [[x + 190, y + 330]]);
  await touch(session, 'touchMove', [[x + 230, y + 380]]);
  await touch(session, 'touchEnd', []);
  const after = await reluscope.planeAt(230, 380);
  // A touch comes in whole pixels; one is 10 / 336 of the plane here.
  expect(Math.hypot(after[0] - before[0], after[1] - before[1])).toBeLessThan(0.05);
  expect(await reluscope.halfWidth()).toBe(5);
});

test('two fingers zoom and pan at once', async ({ page, reluscope }) => {
  const session = await page.context().newCDPSession(page);
  const { x, y } = await reluscope.box();
  const before = [await reluscope.planeAt(120, 300), await reluscope.planeAt(200, 300)] as const;
  await touch(session, 'touchStart', [[x + 120, y + 300]]);
  await touch(session, 'touchStart', [
    [x + 120, y + 300],
    [x + 200, y + 300],
  ]);
  await touch(session, 'touchMove', [
    [x + 90, y + 320],
    [x + 210, y + 320],
  ]);
  await touch(session, 'touchMove', [
    [x + 60, y + 340],
    [x + 220, y + 340],
  ]);
  await touch(session, 'touchEnd', []);
  // A touch comes in whole pixels, and the fingers are 160 of them apart.
  expect(Math.abs((await reluscope.halfWidth()) - 2.5)).toBeLessThanOrEqual(2.5 * (2 / 160));
  const after = [await reluscope.planeAt(60, 340), await reluscope.planeAt(220, 340)] as const;
  for (const finger of [0, 1] as const) {
    const [u, v] = [before[finger], after[finger]];
    expect(Math.hypot(u[0] - v[0], u[1] - v[1])).toBeLessThan(0.05);
  }
});

test('a double tap zooms in, a tap probes', async ({ page, reluscope }) => {
  const { x, y } = await reluscope.box();
  await page.touchscreen.tap(x + 100, y + 250);
  await expect(page.locator('.probe')).toContainText('f(x)');
  const before = await reluscope.planeAt(200, 300);
  await doubleTap(await page.context().newCDPSession(page), [x + 200, y + 300]);
  await expect.poll(() => reluscope.halfWidth()).toBe(2.5);
  const after = await reluscope.planeAt(200, 300);
  expect(Math.hypot(after[0] - before[0], after[1] - before[1])).toBeLessThan(0.05);
});

test('a box is drawn with one finger', async ({ page, reluscope }) => {
  const session = await page.context().newCDPSession(page);
  await page.getByRole('button', { name: /Zoom to a box/ }).tap();
  const { x, y } = await reluscope.box();
  await touch(session, 'touchStart', [[x + 100, y + 200]]);
  await touch(session, 'touchMove', [[x + 150, y + 260]]);
  await touch(session, 'touchMove', [[x + 180, y + 300]]);
  await touch(session, 'touchEnd', []);
  await expect.poll(() => reluscope.halfWidth()).toBeLessThan(2);
});

test('the status line tells everything, upright and on the side', async ({ page, reluscope }) => {
  const parts = ['min', 'max', 'mean', 'output bias', 'samples', ' ms'];
  const hiddenParts = () =>
    page.locator('.status').evaluate((status, texts) => {
      const { bottom, right } = status.getBoundingClientRect();
      const items = [...status.querySelectorAll('.item')];
      return texts.filter((text) => {
        const box = items.find((item) => item.textContent.includes(text))!.getBoundingClientRect();
        return !(box.height > 0 && box.bottom <= bottom + 1 && box.right <= right + 1);
      });
    }, parts);
  expect(await hiddenParts()).toEqual([]);
  await page.setViewportSize({ width: 844, height: 390 });
  await reluscope.settled();
  expect(await hiddenParts()).toEqual([]);
  // Nor does it lie over the name of the axis.
  const name = (await page.locator('.axisX .name').boundingBox())!;
  const status = (await page.locator('.status').boundingBox())!;
  expect(name.y + name.height).toBeLessThanOrEqual(status.y + 2);
});

test('the list of keys begins at its beginning, with the gestures of fingers', async ({ page }) => {
  await page.getByRole('button', { name: 'More tools' }).tap();
  await page.getByRole('button', { name: /^Gestures and keys/ }).tap();
  await expect(page.getByRole('heading', { name: 'Gestures and keys' })).toBeInViewport();
  await expect(page.getByText('pinch, double tap')).toBeInViewport();
  await expect(page.getByText('wheel, pinch, double click')).toBeHidden();
  const close = page.getByRole('button', { name: 'Close' });
  await expect(close).toBeInViewport();
  await expect(close).toBeFocused();
});

test('a message is shown whole', async ({ page }) => {
  await page.keyboard.press('s');
  const toast = page.locator('.toast');
  await expect(toast).toHaveText('Add a second panel first (n).');
  expect(await toast.evaluate((box) => box.scrollHeight <= box.clientHeight)).toBe(true);
  await expect(toast.getByRole('button', { name: 'Dismiss' })).toBeInViewport({ ratio: 1 });
});
