import { expect, freshTest, test } from './fixtures.ts';
import { countColors, type ReluscopePage } from './reluscopePage.ts';

/** A plane coordinate may differ by this part of the half-width: far less than a pixel. */
const PLANE_TOLERANCE = 1e-9;

async function expectSamePoint(
  reluscope: ReluscopePage,
  atPx: readonly [number, number],
  before: readonly [number, number],
): Promise<void> {
  const after = await reluscope.planeAt(...atPx);
  const tolerance = PLANE_TOLERANCE * (await reluscope.halfWidth());
  for (const axis of [0, 1] as const) {
    expect(Math.abs(after[axis] - before[axis]) <= tolerance, `${after} against ${before}`).toBe(
      true,
    );
  }
}

test('the wheel zooms in and out about the pointer', async ({ page, reluscope }) => {
  const at = [200, 130] as const;
  await reluscope.point(...at);
  const before = await reluscope.planeAt(...at);
  await page.mouse.wheel(0, -400);
  await expect.poll(() => reluscope.halfWidth()).toBeLessThan(3);
  await expectSamePoint(reluscope, at, before);
  await page.mouse.wheel(0, 350);
  await page.mouse.wheel(0, 350);
  await expect.poll(() => reluscope.halfWidth()).toBeGreaterThan(8);
  await expectSamePoint(reluscope, at, before);
});

test('a double click zooms in about the pointer, with shift out', async ({ page, reluscope }) => {
  const at = [400, 300] as const;
  const before = await reluscope.planeAt(...at);
  const { x, y } = await reluscope.box();
  await page.mouse.dblclick(x + at[0], y + at[1]);
  expect(await reluscope.halfWidth()).toBe(2.5);
  await expectSamePoint(reluscope, at, before);
});

test('a drag pans: the grabbed point stays under the pointer', async ({ page, reluscope }) => {
  const before = await reluscope.planeAt(300, 200);
  await reluscope.point(300, 200);
  await page.mouse.down();
  await reluscope.point(420, 330);
  await reluscope.point(450, 350);
  await page.mouse.up();
  await expectSamePoint(reluscope, [450, 350], before);
  expect(await reluscope.halfWidth()).toBe(5);
});

test('shift and drag zooms to a box', async ({ page, reluscope }) => {
  const { width, height } = await reluscope.box();
  const corners = [await reluscope.planeAt(100, 100), await reluscope.planeAt(260, 228)] as const;
  await page.keyboard.down('Shift');
  await reluscope.point(100, 100);
  await page.mouse.down();
  await reluscope.point(200, 200);
  await expect(page.locator('.box')).toBeVisible();
  await reluscope.point(260, 228);
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await expect(page.locator('.box')).toBeHidden();
  const middle = await reluscope.planeAt(width / 2, height / 2);
  const tolerance = PLANE_TOLERANCE * 5;
  expect(Math.abs(middle[0] - (corners[0][0] + corners[1][0]) / 2) <= tolerance).toBe(true);
  expect(Math.abs(middle[1] - (corners[0][1] + corners[1][1]) / 2) <= tolerance).toBe(true);
  expect(await reluscope.halfWidth()).toBeLessThan(2);
});

test('the box button takes the next drag, and a mere click changes nothing', async ({
  page,
  reluscope,
}) => {
  const button = page.getByRole('button', { name: /Zoom to a box/ });
  await button.click();
  await expect(button).toHaveAttribute('aria-pressed', 'true');
  await reluscope.point(100, 100);
  await page.mouse.down();
  await page.mouse.up();
  await expect(button).toHaveAttribute('aria-pressed', 'false');
  expect(await reluscope.halfWidth()).toBe(5);
});

freshTest(
  'everything goes by keyboard alone, from the first tab on',
  async ({ page, reluscope }) => {
    await reluscope.openWith({});
    for (let presses = 0; presses < 20; presses++) {
      await page.keyboard.press('Tab');
      if (await reluscope.canvas.evaluate((canvas) => canvas.matches(':focus'))) break;
    }
    await expect(reluscope.canvas).toBeFocused();
    // The probe is in the middle, for those who have no pointer.
    await expect(page.locator('.probe')).toContainText('(0.000, 0.000)');
    await page.keyboard.press('+');
    expect(await reluscope.halfWidth()).toBe(2.5);
    await page.keyboard.press('-');
    expect(await reluscope.halfWidth()).toBe(5);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowUp');
    expect(await reluscope.center()).toEqual([1, 1]);
    await expect(page.locator('.probe')).toContainText('(1.000, 1.000)');
    await page.keyboard.press('0');
    expect(await reluscope.center()).toEqual([0, 0]);
    await page.keyboard.press('[');
    expect(await reluscope.center()).toEqual([1, 1]);
    await page.keyboard.press(']');
    expect(await reluscope.center()).toEqual([0, 0]);
    await page.keyboard.press('b');
    await expect(page.locator('.box')).toBeVisible();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Enter');
    await expect(page.locator('.box')).toBeHidden();
    expect(await reluscope.halfWidth()).toBeLessThan(3);
    expect((await reluscope.center())[0]).toBeLessThan(0);
    await page.keyboard.press('h');
    expect(await reluscope.halfWidth()).toBe(5);
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Gestures and keys' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  },
);

test('the probe reads the field under the pointer', async ({ page, reluscope }) => {
  await reluscope.point(300, 300);
  const probe = page.locator('.probe');
  await expect(probe).toContainText('f(x)');
  const [x, y] = await reluscope.planeAt(300, 300);
  const value = await page.evaluate(
    ([x0, y0]) => {
      const request = { x: [x0, x0], y: [y0, y0], width: 1, height: 1 } as const;
      return (window as import('./reluscopePage.ts').ReluscopeWindow).reluscope.reference(request)
        .values[0]!;
    },
    [x, y] as const,
  );
  const shown = (await probe.locator('.main .value').textContent()) ?? '';
  expect(Math.abs(Number(shown.replace('−', '-')) - value) <= 1e-5 * Math.abs(value)).toBe(true);
  // One dot per hidden neuron, and the affine map.
  await expect(probe.locator('.dots')).toHaveText(/^[●○]{20}$/);
  await expect(probe).toContainText('x₁');
  await page.mouse.move(5, 5);
  await expect(probe).toBeHidden();
});

test('zooming ends at the limits, with a picture', async ({ page, reluscope }) => {
  await reluscope.set({ view: { center: [0.5, 0.25], halfWidth: 3e-12 } });
  for (let press = 0; press < 4; press++) await page.keyboard.press('+');
  expect(await reluscope.halfWidth()).toBe(1e-12);
  expect(countColors(await reluscope.picture())).toBeGreaterThan(20);
  await reluscope.set({ view: { halfWidth: 4e8 } });
  for (let press = 0; press < 4; press++) await page.keyboard.press('-');
  expect(await reluscope.halfWidth()).toBe(1e9);
  expect(countColors(await reluscope.picture())).toBeGreaterThan(20);
});
