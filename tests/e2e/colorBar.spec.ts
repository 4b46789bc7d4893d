import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import type { ReluscopeWindow } from './reluscopePage.ts';

/** The colours at the lower end, in the middle and at the upper end of the bar. */
function barColors(page: Page): Promise<string[]> {
  return page.locator('.colorBar .strip').evaluate((strip) => {
    const { width, height } = strip as HTMLCanvasElement;
    const copy = new OffscreenCanvas(width, height);
    const context = copy.getContext('2d', { willReadFrequently: true })!;
    context.drawImage(strip as HTMLCanvasElement, 0, 0);
    return [height - 1, height / 2 - 1, 0].map((row) => {
      const { data } = context.getImageData(0, row, 1, 1);
      return [...data.slice(0, 3)].join(' ');
    });
  });
}

const VIRIDIS = ['68 1 84', '33 145 140', '253 231 37'];
const TWILIGHT = ['226 217 226', '48 20 55', '226 217 226'];

test('the bar and the controls show the colours that the picture has', async ({
  page,
  reluscope,
}) => {
  const bar = page.getByRole('img', { name: /^Colours of/ });
  const map = page.getByRole('combobox', { name: 'colour map' });
  const note = page.getByText('Directions always use the cyclic map');
  const range = { mode: 'fixed', min: -1.25, max: 3 };
  await reluscope.set({ field: { kind: 'lse' }, range, hinges: false });
  await expect(bar).toHaveAccessibleName('Colours of f, from −1.25 to 3');
  await expect(bar.locator('.name')).toHaveText('f');
  expect(await barColors(page)).toEqual(VIRIDIS);

  await reluscope.set({ quantity: 'gradientDirection' });
  await expect(bar).toHaveAccessibleName('Colours of direction of ∇f, from −π to π');
  await expect(page.locator('.number')).toHaveText(['−π', '−π/2', '0', 'π/2', 'π']);
  expect(await barColors(page)).toEqual(TWILIGHT);
  await expect(page.locator('.legend')).toHaveText('∇f = 0');
  await expect(map.locator('option:checked')).toHaveText('cyclic (twilight)');
  await expect(note).toBeVisible();
  for (const control of [
    map,
    page.getByRole('button', { name: 'symmetric' }),
    page.getByRole('checkbox', { name: 'filled contours' }),
    page.getByRole('checkbox', { name: 'contour lines' }),
    page.getByRole('textbox', { name: 'levels' }),
  ]) {
    await expect(control).toBeDisabled();
    await expect(control).toHaveAccessibleDescription(/^Directions always use/);
  }
  await expect(page.getByRole('textbox', { name: 'min' })).toBeHidden();

  await page.getByRole('combobox', { name: 'quantity' }).selectOption('value f');
  expect(await reluscope.state()).toMatchObject({ colormap: 'viridis', range: { max: 3 } });
  await reluscope.settled();
  expect(await barColors(page)).toEqual(VIRIDIS);
  await expect(map).toBeEnabled();
  await expect(map).toHaveAccessibleDescription('');
  await expect(note).toBeHidden();
});

test('what acts on a field says why it does not in a figure without one', async ({
  page,
  reluscope,
}) => {
  const tools = [
    'Home (0)',
    'Zoom in (+)',
    'Zoom to a box (b, or shift and drag)',
    'Add a panel (n)',
  ];
  await page.evaluate(() => (window as ReluscopeWindow).reluscope.openFigure('region-growth'));
  for (const name of tools) {
    const tool = page.getByRole('button', { name, exact: true });
    await expect(tool).toBeDisabled();
    await expect(tool).toHaveAccessibleDescription('This figure has no field to act on.');
  }
  const before = await reluscope.state();
  await page.keyboard.press('+');
  await expect(page.locator('.toast')).toContainText('This figure has no field to act on.');
  expect(await reluscope.state()).toEqual(before);
  await page.evaluate(() => (window as ReluscopeWindow).reluscope.closeFigure());
  for (const name of tools) {
    await expect(page.getByRole('button', { name, exact: true })).toBeEnabled();
  }
});

test('a number may be typed as an expression', async ({ page, reluscope }) => {
  const halfWidth = page.getByRole('textbox', { name: 'custom' });
  await halfWidth.fill('2 pi/4');
  await halfWidth.press('Enter');
  await expect(halfWidth).toHaveValue('1.5708');
  expect(await reluscope.halfWidth()).toBe(Math.PI / 2);
  await halfWidth.fill('1,000');
  await halfWidth.press('Enter');
  await expect(page.getByText('Write decimals with a point')).toBeVisible();
  await halfWidth.press('Escape');
});

test('zooming out is offered only where it may help, above the legend', async ({
  page,
  reluscope,
}) => {
  const hint = page.getByText('Constant over this view');
  await reluscope.set({ field: { kind: 'argmax' }, quantity: 'gradientNorm' });
  await expect(hint).toBeHidden();
  const view = { center: [3, 0], halfWidth: 1 };
  await reluscope.set({ field: { kind: 'argmax' }, quantity: 'value', view, hinges: true });
  await expect(hint).toBeVisible();
  const [above, legend] = [await hint.boundingBox(), await page.locator('.legend').boundingBox()];
  expect(above!.y + above!.height).toBeLessThanOrEqual(legend!.y);
});
