import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { PNG } from 'pngjs';
import { layoutPicture } from '../../src/drawing/pictureLayout.ts';
import { seedOf } from '../../src/model/seeds.ts';
import { createEvaluator } from '../../src/reference/evaluate.ts';
import { referenceGrid } from '../../src/reference/grid.ts';
import { colormapTable } from '../../src/scales/colormaps.ts';
import type { State } from '../../src/state/state.ts';
import { expect, test } from './fixtures.ts';
import { dropFile, type ReluscopeWindow } from './reluscopePage.ts';

/**
 * What a lecturer or a student does with the page, as they do it: by its controls and keys, and in few steps.
 * A step is something that a person clicks, types or points at.
 */
class Task {
  #steps = 0;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get steps(): number {
    return this.#steps;
  }

  async press(...keys: string[]): Promise<void> {
    this.#steps += keys.length;
    for (const key of keys) await this.#page.keyboard.press(key);
  }

  async click(name: string | RegExp): Promise<void> {
    this.#steps += 1;
    await this.#page.getByRole('button', { name, exact: typeof name === 'string' }).click();
  }

  async type(name: string, text: string): Promise<void> {
    this.#steps += 1;
    const input = this.#page.getByRole('textbox', { name, exact: true });
    await input.fill(text);
    await input.press('Enter');
  }

  async choose(name: string, option: string): Promise<void> {
    this.#steps += 1;
    await this.#page.getByRole('combobox', { name, exact: true }).selectOption(option);
  }

  /** Presses a button that saves a file. */
  async save(name: string): Promise<Buffer> {
    const [download] = await Promise.all([this.#page.waitForEvent('download'), this.click(name)]);
    return readFileSync(await download.path());
  }
}

test('log-sum-exp for three temperatures beside max takes two steps', async ({
  page,
  reluscope,
}) => {
  const task = new Task(page);
  await reluscope.canvas.focus();
  await task.press('f', 'Enter');
  expect(task.steps).toBe(2);
  await reluscope.settled();
  const fields = await page.evaluate(() => {
    const {
      reluscope: { panels },
    } = window as ReluscopeWindow;
    return panels
      .map(({ field: { readout } }) => ('lambda' in readout ? readout.lambda : readout.kind))
      .slice(0, 4);
  });
  expect(fields).toEqual([1, 10, 100, 'max']);
});

test('how far out the structure of a network lies takes two steps, and a third shows all of it', async ({
  page,
  reluscope,
}) => {
  const task = new Task(page);
  await task.type('seed', '5');
  await task.click('Regions');
  const reach = page.locator('[data-count="plane reach"]');
  await expect(reach).toHaveText(/^67\.1/);
  await task.click('Fit all structure');
  expect(task.steps).toBe(3);
  await expect.poll(() => reluscope.halfWidth()).toBeGreaterThan(67);
});

test('np.gradient in prism, ±500, as a PNG of 12 cm at 300 dpi has the colours of NumPy and matplotlib', async ({
  page,
  reluscope,
}) => {
  const task = new Task(page);
  await task.click('deep');
  await task.choose('quantity', 'np.gradient, rows');
  await task.choose('colour map', 'prism');
  await task.click('500');
  await expect(page.locator('.item', { hasText: 'step h' }).locator('.value')).toHaveText('2.004');
  await task.click('Export');
  await task.type('size', '12 cm');
  const png = PNG.sync.read(await task.save('PNG'), { checkCRC: true });
  expect(task.steps).toBe(7);
  expect(png.width).toBe(1417);

  const state: State = await reluscope.state();
  const side = state.gridSamples;
  const { halfWidth } = state.view;
  const sides = [-halfWidth, halfWidth] as const;
  const { field, quantity } = state;
  const values = referenceGrid({ field, quantity, x: sides, y: sides, width: side, height: side });
  const [least, greatest] = [
    values.reduce((a, b) => Math.min(a, b)),
    values.reduce((a, b) => Math.max(a, b)),
  ];
  const table = colormapTable('prism');
  const scale = 300 / 96;
  const { plot } = layoutPicture(png.width / scale, png.height / scale, 'square');
  const [left, right] = [plot.x, plot.x + plot.width].map((units) => Math.round(units * scale));
  const [top, bottom] = [plot.y, plot.y + plot.height].map((units) => Math.round(units * scale));
  let compared = 0;
  const wrong: string[] = [];
  // The frame covers the outermost samples.
  for (let row = 3; row < side - 3; row += 7) {
    for (let column = 3; column < side - 3; column += 7) {
      const entry = ((values[row * side + column]! - least) / (greatest - least)) * 256;
      // float32 may take a value over the edge between two entries of the map.
      if (Math.abs(entry - Math.round(entry)) < 0.02) continue;
      // The pixel on which the sample lies.
      const x = Math.floor(left! + (column / (side - 1)) * (right! - left!));
      const y = Math.floor(bottom! - (row / (side - 1)) * (bottom! - top!));
      const at = 4 * (y * png.width + x);
      const from = 4 * Math.min(255, Math.max(0, Math.floor(entry)));
      const isEqual = [0, 1, 2].every(
        (part) => Math.abs(png.data[at + part]! - table[from + part]!) <= 1,
      );
      compared += 1;
      if (!isEqual)
        wrong.push(
          `sample ${column}, ${row} at ${x}, ${y}: entry ${entry}, received ${[...png.data.subarray(at, at + 3)]}`,
        );
    }
  }
  expect(compared).toBeGreaterThan(0.9 * Math.floor(side / 7) ** 2);
  expect(wrong).toEqual([]);
});

test('two seeds with one range take three keys, and one PNG brings both back', async ({
  page,
  reluscope,
}) => {
  const task = new Task(page);
  await reluscope.canvas.focus();
  await task.press('d', 'r', 's');
  expect(task.steps).toBe(3);
  await reluscope.settled();
  const sheetOf = () => page.evaluate(() => (window as ReluscopeWindow).reluscope.sheet);
  const before = await sheetOf();
  expect(before.sharedRange).toBe(true);
  expect(before.panels.map(({ field }) => seedOf(field))).toEqual([0, 1]);
  await task.click('Export');
  const bytes = await task.save('PNG');
  await page.evaluate(() => (window as ReluscopeWindow).reluscope.open({ panels: [{}] }));
  await dropFile(page, 'seeds.png', bytes);
  await expect.poll(sheetOf).toEqual(before);
});

test('the gradient at a point takes one step', async ({ page, reluscope }) => {
  const state = await reluscope.state();
  const { width, height } = await reluscope.box();
  const place = [Math.round(width * 0.7), Math.round(height * 0.4)] as const;
  await reluscope.point(...place);
  const gradient = page.locator('.row', { hasText: '∇f' }).first().locator('.value');
  const expected = createEvaluator(state.field).gradient(...(await reluscope.planeAt(...place)));
  await expect(gradient).toBeVisible();
  const shown = (await gradient.textContent())!
    .replaceAll('−', '-')
    .match(/-?[\d.]+/g)!
    .map(Number);
  for (const axis of [0, 1]) expect(shown[axis]).toBeCloseTo(expected[axis]!, 3);
});

test('a link shows the same numbers, colours and selection in a window of another shape', async ({
  page,
  reluscope,
}) => {
  await reluscope.set({
    contours: { filled: true },
    edges: true,
    selection: { point: [1, 0.5] },
  });
  const card = page.locator('.regionCard', { hasText: 'Selected' });
  const bar = page.getByRole('img', { name: /^Colours of/ });
  const values = page.locator('.status .line').first();
  await expect(card).toBeVisible();
  const region = await card.textContent();
  const colors = (await bar.getAttribute('aria-label'))!;
  const numbers = await values.textContent();
  expect(numbers).toMatch(/min.*max.*mean/);
  const before = await reluscope.box();
  await page.setViewportSize({ width: 620, height: 900 });
  await reluscope.settled();
  const after = await reluscope.box();
  expect(after.width / before.width).not.toBeCloseTo(1, 1);
  await expect(bar).toHaveAccessibleName(colors);
  await expect(values).toHaveText(numbers!);
  await expect(card).toHaveText(region!);
});
