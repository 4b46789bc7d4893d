import type { Locator, Page } from '@playwright/test';
import { seedOf } from '../../src/model/seeds.ts';
import type { Sheet } from '../../src/state/sheet.ts';
import { encodeSheet } from '../../src/state/sheetUrl.ts';
import { expect, freshTest, test } from './fixtures.ts';
import { LIGHT, type ReluscopeWindow } from './reluscopePage.ts';

const undoButton = (page: Page) => page.getByRole('button', { name: /^Undo/ });
const redoButton = (page: Page) => page.getByRole('button', { name: /^Redo/ });

const sheetOf = (page: Page): Promise<Sheet> =>
  page.evaluate(() => (window as ReluscopeWindow).reluscope.sheet);

const seedsOf = async (page: Page) =>
  (await sheetOf(page)).panels.map(({ field }) => seedOf(field));

/** Marks each canvas with its number, so that it can be found again. */
const markCanvases = (canvases: Locator) =>
  canvases.evaluateAll((all) => {
    for (const [i, canvas] of all.entries()) canvas.setAttribute('data-mark', String(i));
  });

const marksOf = (canvases: Locator) =>
  canvases.evaluateAll((all) => all.map((canvas) => canvas.getAttribute('data-mark')));

test('every kind of change is undone and redone, step by step', async ({ page }) => {
  const press = async (key: string) => {
    // The controls keep letters to themselves.
    await page.locator('.panelView[aria-current=true] canvas.canvas').focus();
    await page.keyboard.press(key);
  };
  const steps: (() => Promise<unknown>)[] = [
    () => page.keyboard.press('r'),
    () => page.getByRole('button', { name: 'deep', exact: true }).click(),
    () => page.getByLabel('colour map').selectOption('magma'),
    () => page.getByRole('button', { name: 'symmetric', exact: true }).click(),
    () => page.getByRole('checkbox', { name: 'contour lines' }).click(),
    () => page.getByRole('button', { name: '100', exact: true }).click(),
    () => press('d'),
    () => page.keyboard.press('Shift+R'),
    () => page.keyboard.press('l'),
    () => page.keyboard.press('s'),
    () => page.getByRole('combobox', { name: 'Columns' }).selectOption('1'),
    () => press('Backspace'),
  ];
  const seen = [await sheetOf(page)];
  for (const step of steps) {
    await step();
    seen.push(await sheetOf(page));
    expect(seen.at(-1)).not.toEqual(seen.at(-2));
  }
  // They do not keep undo to themselves.
  await page.getByRole('checkbox', { name: 'contour lines' }).focus();
  for (const sheet of seen.slice(0, -1).reverse()) {
    await page.keyboard.press('ControlOrMeta+z');
    expect({ ...(await sheetOf(page)), active: 0 }).toEqual({ ...sheet, active: 0 });
  }
  await expect(page.getByRole('button', { name: 'shallow', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  for (const sheet of seen.slice(1)) {
    await page.keyboard.press('ControlOrMeta+Shift+Z');
    expect({ ...(await sheetOf(page)), active: 0 }).toEqual({ ...sheet, active: 0 });
  }
  await expect(redoButton(page)).toBeDisabled();
  const hash = `#${encodeSheet(await sheetOf(page))}`;
  await expect.poll(() => new URL(page.url()).hash).toBe(hash);
});

freshTest(
  'the buttons are there when there is something to undo or redo, and leave the keys alive',
  async ({ page, reluscope }) => {
    await reluscope.openWith({});
    await undoButton(page).click();
    await expect(undoButton(page)).toBeDisabled();
    await expect(redoButton(page)).toBeEnabled();
    expect(await reluscope.state()).not.toMatchObject(LIGHT);
    await page.keyboard.press('r');
    await expect(redoButton(page)).toBeDisabled();
    await page.keyboard.press('[');
    await expect(redoButton(page)).toBeEnabled();
    await page.keyboard.press('Control+y');
    expect(await seedsOf(page)).toEqual([1]);
    expect(
      await page.evaluate(() => {
        const { reluscope: scope } = window as ReluscopeWindow;
        const before = [scope.canUndo, scope.canRedo];
        scope.set({ hinges: !scope.state.hinges });
        scope.undo();
        return [...before, scope.canUndo, scope.canRedo];
      }),
    ).toEqual([true, false, true, true]);
  },
);

test('a drag and the movement of a slider are one step each', async ({ page, reluscope }) => {
  await reluscope.set({ field: { kind: 'lse' }, view: { halfWidth: 2 } });
  await reluscope.point(200, 200);
  await page.mouse.down();
  for (let step = 1; step <= 5; step++) await reluscope.point(200 + 10 * step, 200);
  await page.mouse.up();
  const dragged = await reluscope.center();
  const slider = page.getByRole('slider', { name: 'λ' });
  const { x, y, width, height } = (await slider.boundingBox())!;
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  for (let step = 1; step <= 5; step++) {
    await page.mouse.move(x + width / 2 + 5 * step, y + height / 2);
  }
  await page.mouse.up();
  const { field } = await reluscope.state();
  await page.getByRole('checkbox', { name: 'filled contours' }).click();
  await page.keyboard.press('Control+z');
  expect((await reluscope.state()).field).toEqual(field);
  await page.keyboard.press('Control+z');
  expect((await reluscope.state()).field.readout).toMatchObject({ lambda: 1 });
  expect(await reluscope.center()).toEqual(dragged);
  expect(dragged[0]).toBeLessThan(0);
  await page.keyboard.press('Control+z');
  expect(await reluscope.center()).toEqual([0, 0]);
});

test('a removed panel comes back; the others stay as they are', async ({ page, reluscope }) => {
  await page.evaluate(async (light) => {
    const { reluscope: scope } = window as ReluscopeWindow;
    const panels = [1, 2, 3].map((seed) => ({ ...light, field: { seed } }));
    scope.open({ panels, columns: 3 });
    await scope.settled();
    scope.activate(0);
  }, LIGHT);
  await markCanvases(reluscope.canvas);
  await page.keyboard.press('Delete');
  expect(await seedsOf(page)).toEqual([2, 3]);
  await undoButton(page).click();
  expect(await seedsOf(page)).toEqual([1, 2, 3]);
  expect(await marksOf(reluscope.canvas)).toEqual([null, '1', '2']);
  await expect(page.locator('.panelView').first()).toHaveAttribute('aria-current', 'true');
  await reluscope.settled();
});

test('a text field keeps its own undo', async ({ page, reluscope }) => {
  await page.keyboard.press('r');
  const seed = page.getByRole('textbox', { name: 'seed' });
  await expect(seed).toHaveValue('1');
  await seed.click();
  await seed.press('End');
  await page.keyboard.type('23');
  await expect(seed).toHaveValue('123');
  await page.keyboard.press('Control+z');
  await expect(seed).not.toHaveValue('123');
  expect((await reluscope.state()).field.network).toMatchObject({ seed: 1 });
});

test('n in a figure leaves it, and offers to go back', async ({ page, reluscope }) => {
  await page.evaluate(async () => {
    const { reluscope: scope } = window as ReluscopeWindow;
    scope.openFigure('shallow-network', { five: false });
    await scope.settled();
  });
  const heading = page.getByRole('heading', { name: 'The shallow network, from near to far' });
  const slider = page.getByRole('slider', { name: 'seed' });
  // The seed of the figure, not that of one panel.
  await page.keyboard.press('r');
  expect(await seedsOf(page)).toEqual([1, 1, 1]);
  await expect(slider).toHaveValue('1');
  await page.keyboard.press('Shift+R');
  await page.keyboard.press('Shift+R');
  await expect(slider).toHaveValue('50');
  await page.keyboard.press('Control+z');
  await expect(slider).toHaveValue('0');
  expect(await seedsOf(page)).toEqual([0, 0, 0]);
  await markCanvases(reluscope.canvas);
  await page.keyboard.press('n');
  await expect(heading).toBeHidden();
  await expect(reluscope.canvas).toHaveCount(4);
  const toast = page.getByRole('status').filter({ hasText: 'is closed; its panels stay' });
  await toast.getByRole('button', { name: 'Undo' }).click();
  await expect(heading).toBeVisible();
  await expect(toast).toBeHidden();
  await expect(slider).toHaveValue('0');
  expect(await marksOf(reluscope.canvas)).toEqual(['0', '1', '2']);
  await expect.poll(() => new URL(page.url()).hash).toMatch(/figure=shallow-network/);
  // The way into the figure is a step as well, and the next change takes the offer away.
  await page.keyboard.press('d');
  await expect(toast).toBeVisible();
  await page.keyboard.press('r');
  await expect(toast).toBeHidden();
  for (const _ of ['r', 'd', 'Shift+R', 'r']) await undoButton(page).click();
  await expect(slider).toHaveValue('0');
  await undoButton(page).click();
  await expect(heading).toBeHidden();
  await expect(reluscope.canvas).toHaveCount(1);
});

test('the ends of a range are typed in any order', async ({ page, reluscope }) => {
  await page.getByRole('button', { name: 'fixed', exact: true }).click();
  const { range: before } = await reluscope.state();
  const [min, max] = ['min', 'max'].map((name) =>
    page.getByRole('textbox', { name, exact: true }),
  ) as [Locator, Locator];
  await min.fill('50');
  await min.press('Tab');
  await expect(min).toHaveAttribute('aria-invalid', 'true');
  expect((await reluscope.state()).range).toEqual(before);
  await max.fill('60');
  await max.press('Tab');
  await expect(min).toHaveAttribute('aria-invalid', 'false');
  expect((await reluscope.state()).range).toEqual({ mode: 'fixed', min: 50, max: 60 });
  await max.fill('-7');
  await max.press('Tab');
  await expect(max).toHaveAttribute('aria-invalid', 'true');
  await min.fill('-8');
  await min.press('Enter');
  await expect(max).toHaveAttribute('aria-invalid', 'false');
  expect((await reluscope.state()).range).toEqual({ mode: 'fixed', min: -8, max: -7 });
  // Both ends are one step.
  await undoButton(page).click();
  await undoButton(page).click();
  expect((await reluscope.state()).range).toEqual(before);
});

freshTest("the browser's Back and Forward lose nothing", async ({ page, reluscope }) => {
  await page.goto('about:blank');
  await reluscope.openWith({ field: { seed: 7 } });
  await page.keyboard.press('d');
  await page.keyboard.press('r');
  await page.keyboard.press('s');
  const sheet = await sheetOf(page);
  // Not a step of the page, although the arrow alone would pan.
  await page.keyboard.press('Alt+ArrowUp');
  expect(await sheetOf(page)).toEqual(sheet);
  await page.goBack();
  await expect(page).toHaveURL('about:blank');
  await page.goForward();
  await page.evaluate(() => (window as ReluscopeWindow).reluscope.ready);
  expect(await sheetOf(page)).toEqual(sheet);
});

test('the key that opens the list of keys closes it', async ({ page }) => {
  const dialog = page.getByRole('dialog', { name: 'Gestures and keys' });
  await page.keyboard.press('?');
  await expect(dialog).toBeVisible();
  await page.keyboard.press('?');
  await expect(dialog).toBeHidden();
});
