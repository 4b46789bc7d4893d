import type { Locator, Page } from '@playwright/test';
import { PNG } from 'pngjs';
import type { Sheet } from '../../src/state/sheet.ts';
import { expect, freshTest, test } from './fixtures.ts';
import { countColors, type ReluscopeWindow, touch } from './reluscopePage.ts';

const LIGHT = { supersampling: 1 } as const;
const LSE = { ...LIGHT, field: { kind: 'lse' }, view: { halfWidth: 1 } } as const;
const MAX = { ...LIGHT, field: { kind: 'max' }, view: { halfWidth: 1 } } as const;
const NETWORK = { ...LIGHT, field: { kind: 'mlp', widths: [2, 7, 1] } } as const;

/** Shows a sheet and waits for its pictures. */
function openSheet(page: Page, sheet: object): Promise<void> {
  return page.evaluate(async (given) => {
    const { reluscope } = window as ReluscopeWindow;
    reluscope.open(given);
    await reluscope.settled();
  }, sheet);
}

function sheetOf(page: Page): Promise<Sheet> {
  return page.evaluate(() => (window as ReluscopeWindow).reluscope.sheet);
}

function settled(page: Page): Promise<void> {
  return page.evaluate(() => (window as ReluscopeWindow).reluscope.settled());
}

/** The numbers of a panel's colour bar. */
function barOf(panel: Locator): Promise<string[]> {
  return panel.locator('.number').allTextContents();
}

async function boxOf(locator: Locator) {
  return (await locator.boundingBox())!;
}

/** Every panel has a picture. All of them have to be in the window: it is photographed once. */
async function expectPictures(panels: Locator, count: number): Promise<void> {
  await expect(panels).toHaveCount(count);
  const page = PNG.sync.read(await panels.page().screenshot());
  const canvases = await panels.locator('canvas.canvas').all();
  for (const [i, canvas] of canvases.entries()) {
    await expect(canvas).toBeInViewport({ ratio: 1 });
    const box = await boxOf(canvas);
    const [x, y, width, height] = [box.x, box.y, box.width, box.height].map(Math.floor);
    const picture = new PNG({ width: width!, height: height! });
    PNG.bitblt(page, picture, x!, y!, width!, height!);
    expect(countColors(picture), `panel ${i + 1}`).toBeGreaterThan(10);
  }
}

freshTest(
  'panels show their own fields, quantities and colours on one device',
  async ({ page, reluscope }) => {
    await page.addInitScript(() => {
      const request = GPUAdapter.prototype.requestDevice;
      const counted = window as unknown as { devices: number };
      counted.devices = 0;
      GPUAdapter.prototype.requestDevice = function (...given) {
        counted.devices += 1;
        return request.apply(this, given);
      };
    });
    await reluscope.openWith({});
    await openSheet(page, {
      panels: [
        { ...LSE, contours: { filled: true, count: 12 } },
        { ...MAX, colormap: 'magma' },
        { ...NETWORK, quantity: 'gradientNorm' },
        { ...NETWORK, quantity: 'region' },
      ],
      columns: 2,
    });
    const panels = page.locator('.panelView');
    await expectPictures(panels, 4);
    expect(await page.evaluate(() => (window as unknown as { devices: number }).devices)).toBe(1);
    const headings = ['log-sum-exp, λ = 1', 'max(z)', 'ReLU network 2-\u20607-\u20601, seed 0'];
    for (const [i, name] of headings.entries()) {
      const panel = page.getByRole('group', { name: `Panel ${i + 1}` });
      await expect(panel.getByRole('heading')).toContainText(name);
      expect((await barOf(panel)).length).toBeGreaterThan(1);
      expect(await panel.locator('.axisX text').count()).toBeGreaterThan(2);
    }
    // Two columns, all of one size.
    const boxes = await Promise.all([0, 1, 2, 3].map((i) => boxOf(panels.nth(i))));
    expect(boxes[1]!.y).toBe(boxes[0]!.y);
    expect(boxes[2]!.x).toBe(boxes[0]!.x);
    for (const { width, height } of boxes) {
      expect(Math.abs(width - boxes[0]!.width)).toBeLessThan(1);
      expect(Math.abs(height - boxes[0]!.height)).toBeLessThan(1);
    }
  },
);

test('a panel is added, duplicated and removed by buttons and keys', async ({
  page,
  reluscope,
}) => {
  await reluscope.set({ field: { kind: 'lse', lambda: 10 } });
  const panels = page.locator('.panelView');
  await expect(page.getByRole('button', { name: /^Remove the panel/ })).toBeHidden();
  await page.getByRole('button', { name: /^Duplicate the panel/ }).click();
  await expect(panels).toHaveCount(2);
  let sheet = await sheetOf(page);
  expect(sheet.panels[1]).toEqual(sheet.panels[0]);
  expect(sheet.active).toBe(1);
  // The keys of a picture go on on the new one, which a screen reader names then.
  await panels.nth(1).locator('canvas.canvas').focus();
  await page.keyboard.press('n');
  await expect(panels.nth(2).locator('canvas.canvas')).toBeFocused();
  await reluscope.set({ supersampling: 1 });
  sheet = await sheetOf(page);
  expect(sheet.panels.map(({ field }) => field.readout.kind)).toEqual(['lse', 'lse', 'output']);
  await expectPictures(panels, 3);
  await page.getByRole('button', { name: /^Remove the panel/ }).click();
  await expect(panels).toHaveCount(2);
  await page.keyboard.press('Delete');
  await expect(panels).toHaveCount(1);
  await page.keyboard.press('Delete');
  await expect(page.getByRole('status').filter({ hasText: 'at least 1 panel' })).toBeVisible();
  await expect(panels).toHaveCount(1);
  // One panel alone looks as before: the title is that of the page.
  await expect(page.getByRole('heading', { name: 'log-sum-exp, λ = 10' })).toHaveCount(1);
});

test('there are at most 16 panels, which a message says', async ({ page }) => {
  // All of them in sight.
  await page.setViewportSize({ width: 1200, height: 1800 });
  await openSheet(page, { panels: Array.from({ length: 16 }, () => LSE) });
  await expectPictures(page.locator('.panelView'), 16);
  await page.keyboard.press('n');
  await expect(page.getByRole('status').filter({ hasText: 'at most 16 panels' })).toBeVisible();
  expect((await sheetOf(page)).panels).toHaveLength(16);
});

test('toolbar, controls and keys act on the panel that was clicked, which is marked', async ({
  page,
}) => {
  await openSheet(page, { panels: [LSE, NETWORK] });
  const [first, second] = [page.locator('.panelView').nth(0), page.locator('.panelView').nth(1)];
  await expect(first).toHaveAttribute('aria-current', 'true');
  await expect(page.getByRole('slider', { name: 'λ' })).toBeVisible();
  const { x, y } = await boxOf(second.locator('canvas.canvas'));
  await page.mouse.click(x + 50, y + 50);
  await expect(second).toHaveAttribute('aria-current', 'true');
  await expect(first).toHaveAttribute('aria-current', 'false');
  await expect(page.getByRole('slider', { name: 'λ' })).toBeHidden();
  await expect(page.getByRole('textbox', { name: 'widths' })).toHaveValue('2-7-1');
  await expect(page.getByRole('heading', { name: 'Panel 2 of 2' })).toBeVisible();
  await page.keyboard.press('r');
  await page.getByRole('button', { name: /^Zoom in/ }).click();
  const { panels } = await sheetOf(page);
  expect(panels[1]).toMatchObject({ field: { network: { seed: 1 } }, view: { halfWidth: 2.5 } });
  expect(panels[0]).toMatchObject({ field: { readout: { kind: 'lse' } }, view: { halfWidth: 1 } });
  // By keyboard: the focus takes the activity along.
  await first.locator('canvas.canvas').focus();
  await expect(first).toHaveAttribute('aria-current', 'true');
  await expect(page.getByRole('slider', { name: 'λ' })).toBeVisible();
});

test('linked views follow a drag, the wheel and the way back; free ones do not', async ({
  page,
}) => {
  await openSheet(page, { panels: [LSE, MAX, { ...NETWORK, view: { halfWidth: 7 } }] });
  const link = page.getByRole('button', { name: /^Link the views/ });
  await expect(link).toHaveAttribute('aria-pressed', 'false');
  const { x, y } = await boxOf(page.locator('canvas.canvas').first());
  await page.mouse.move(x + 60, y + 60);
  await page.mouse.wheel(0, -200);
  await settled(page);
  const views = async () => (await sheetOf(page)).panels.map(({ view }) => view);
  let [a, b, c] = await views();
  expect(a!.halfWidth).toBeLessThan(1);
  expect(b!.halfWidth).toBe(1);
  await link.click();
  [a, b, c] = await views();
  expect([b, c]).toEqual([a, a]);
  // A double click is a step of the history by itself, and all follow it.
  await page.mouse.dblclick(x + 60, y + 60);
  [a, b, c] = await views();
  expect([b, c]).toEqual([a, a]);
  await page.mouse.move(x + 60, y + 60);
  await page.mouse.down();
  await page.mouse.move(x + 90, y + 80);
  await page.mouse.move(x + 110, y + 90);
  await page.mouse.up();
  const [moved, ...others] = await views();
  expect(moved!.center[0]).toBeLessThan(a!.center[0]);
  expect(others).toEqual([moved, moved]);
  await settled(page);
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect.poll(async () => (await views())[2]).toEqual(a);
  await page.keyboard.press('l');
  await page.keyboard.press('0');
  [a, b] = await views();
  expect(a!.halfWidth).toBe(5);
  expect(b!.halfWidth).toBeLessThan(1);
});

test('a shared range colours all panels by one bar, and panels by hand keep theirs', async ({
  page,
}) => {
  const wide = { ...NETWORK, range: { mode: 'fixed', min: -9, max: 9 } };
  await openSheet(page, { panels: [LSE, { ...LSE, field: { kind: 'gap' } }, wide] });
  const panels = page.locator('.panelView');
  const own = await Promise.all([0, 1, 2].map((i) => barOf(panels.nth(i))));
  expect(own[0]).not.toEqual(own[1]);
  const before = await panels.nth(1).locator('canvas.canvas').screenshot();
  await page.getByRole('button', { name: /^Use one colour range/ }).click();
  await settled(page);
  const shared = await Promise.all([0, 1, 2].map((i) => barOf(panels.nth(i))));
  expect(shared[0]).toEqual(shared[1]);
  expect(shared[2]).toEqual(own[2]);
  const after = await panels.nth(1).locator('canvas.canvas').screenshot();
  expect(after.equals(before)).toBe(false);
  // The state keeps its automatic range.
  expect((await sheetOf(page)).panels[0]!.range).toEqual({ mode: 'auto' });
  await page.keyboard.press('s');
  await settled(page);
  expect(await barOf(panels.nth(1))).toEqual(own[1]);
});

freshTest(
  'a link restores panels, columns and links; a broken one gives the default',
  async ({ page, reluscope }) => {
    await reluscope.openWith({});
    const sheet = { panels: [LSE, MAX, NETWORK], columns: 3, linkedViews: true, active: 1 };
    await openSheet(page, sheet);
    await page.keyboard.press('+');
    const shown = await sheetOf(page);
    await expect.poll(() => new URL(page.url()).hash).toContain('panel=3');
    await settled(page);
    await expect.poll(() => new URL(page.url()).hash).toContain('half=0.5');
    const { hash } = new URL(page.url());
    await page.goto('about:blank');
    await reluscope.open(hash);
    expect(await sheetOf(page)).toEqual(shown);
    await settled(page);
    await expectPictures(page.locator('.panelView'), 3);
    // Pasted into the open page.
    await page.evaluate(() => {
      window.location.hash = '#v=1&panel=1&field=lse&panel=2&half=nonsense';
    });
    await expect(page.getByRole('alert')).toContainText('Panel 2 of the link is broken: half');
    // The rest of it is shown.
    await expect(page.locator('.panelView')).toHaveCount(2);
    expect((await sheetOf(page)).panels.map(({ field }) => field.readout.kind)).toEqual([
      'lse',
      'output',
    ]);
  },
);

test('scripts open, add, activate and remove panels; wrong input throws and changes nothing', async ({
  page,
}) => {
  const answers = await page.evaluate(
    async ([lse, max]) => {
      const { reluscope: scope } = window as ReluscopeWindow;
      const told = (work: () => unknown) => {
        try {
          return work();
        } catch (error) {
          return `${(error as Error).name}: ${(error as Error).message}`;
        }
      };
      scope.open({ panels: [lse, max] });
      const index = scope.addPanel({ supersampling: 1, quantity: 'region' });
      scope.set({ hinges: true });
      scope.activate(0);
      scope.set({ colormap: 'magma' });
      await scope.settled();
      const kinds = () =>
        scope.panels.map(({ field, colormap }) => `${field.readout.kind} ${colormap}`);
      const before = kinds();
      const errors = [
        told(() => scope.activate(3)),
        told(() => scope.removePanel(-1)),
        told(() => scope.addPanel({ field: { kind: 'lse', lambda: 0 } })),
        told(() => scope.open({ panels: [{}, { hinges: 'yes' as unknown as boolean }] })),
        told(() => scope.open({ panels: [] })),
      ];
      const unchanged = kinds();
      scope.removePanel(1);
      scope.removePanel(1);
      errors.push(told(() => scope.removePanel(0)));
      await scope.settled();
      return { index, before, unchanged, errors, left: kinds(), state: scope.state.colormap };
    },
    [LSE, MAX] as const,
  );
  expect(answers.index).toBe(2);
  expect(answers.before).toEqual(['lse magma', 'max viridis', 'output viridis']);
  expect(answers.unchanged).toEqual(answers.before);
  expect(answers.errors).toEqual([
    'InvalidInputError: panel: received 3, expected an integer from 0 to 2',
    'InvalidInputError: panel: received -1, expected an integer from 0 to 2',
    expect.stringContaining('InvalidInputError: field.lambda: received 0'),
    'InvalidInputError: panels[1].hinges: received "yes", expected true or false',
    'InvalidInputError: panels: received [], expected 1 to 16 panels',
    'InvalidInputError: panels: received 0, expected at least 1 panel',
  ]);
  expect(answers.left).toEqual(['lse magma']);
  expect(answers.state).toBe('magma');
});

test('panels follow the window, and columns can be chosen', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await openSheet(page, { panels: [LSE, MAX, NETWORK, NETWORK] });
  const panels = page.locator('.panelView');
  await page.getByRole('combobox', { name: 'Columns' }).selectOption('4');
  await settled(page);
  const tops = async () =>
    new Set(await Promise.all([0, 1, 2, 3].map(async (i) => (await boxOf(panels.nth(i))).y)));
  expect((await tops()).size).toBe(1);
  await page.setViewportSize({ width: 820, height: 700 });
  await expect.poll(async () => (await tops()).size).toBe(2);
  await settled(page);
  for (let i = 0; i < 4; i++) {
    const canvas = panels.nth(i).locator('canvas.canvas');
    const { width } = await boxOf(canvas);
    const pixels = await canvas.evaluate((element) => (element as HTMLCanvasElement).width);
    expect(Math.abs(pixels - width)).toBeLessThanOrEqual(1);
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(820);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('panels stand in a column that a finger scrolls beside the pictures', async ({ page }) => {
    await openSheet(page, { panels: [LSE, MAX, NETWORK] });
    const panels = page.locator('.panelView');
    const boxes = await Promise.all([0, 1, 2].map((i) => boxOf(panels.nth(i))));
    expect(new Set(boxes.map(({ x }) => x)).size).toBe(1);
    expect(boxes[2]!.y).toBeGreaterThan(boxes[1]!.y + 200);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    const session = await page.context().newCDPSession(page);
    // Up along the axis of the first panel, outside of its canvas.
    const { y } = await boxOf(panels.first().locator('canvas.canvas'));
    await touch(session, 'touchStart', [[30, y + 250]]);
    for (let step = 1; step <= 8; step++)
      await touch(session, 'touchMove', [[30, y + 250 - 25 * step]]);
    await touch(session, 'touchEnd', []);
    await expect.poll(async () => (await boxOf(panels.first())).y).toBeLessThan(boxes[0]!.y - 50);
    // On the canvas a finger pans the field.
    expect((await sheetOf(page)).panels[0]!.view.center).toEqual([0, 0]);
  });

  test('help opens by a button', async ({ page }) => {
    await page.getByRole('button', { name: 'More tools' }).tap();
    await page.getByRole('button', { name: /^Gestures and keys/ }).tap();
    await expect(page.getByRole('dialog', { name: 'Gestures and keys' })).toBeVisible();
  });
});

test('the message of a broken link leaves axes, colour bar and status in sight', async ({
  page,
}) => {
  for (const size of [
    { width: 1280, height: 900 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(size);
    await page.evaluate((half) => {
      window.location.hash = `#v=1&half=${half}`;
    }, `nonsense${size.width}`);
    const message = page.getByRole('alert').filter({ hasText: `nonsense${size.width}` });
    await expect(message).toBeVisible();
    await settled(page);
    const toast = await boxOf(message);
    for (const name of ['.axisX', '.axisY', '.colorBar', '.status', '.header']) {
      const other = await boxOf(page.locator(name));
      const apart =
        toast.x + toast.width <= other.x ||
        other.x + other.width <= toast.x ||
        toast.y + toast.height <= other.y ||
        other.y + other.height <= toast.y;
      expect(apart, `${name} at ${size.width} px`).toBe(true);
    }
    await message.getByRole('button', { name: 'Dismiss' }).click();
  }
});
