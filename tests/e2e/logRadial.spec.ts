import { type Projection, toView } from '../../src/view/projection.ts';
import { pixelToView, planePoint } from '../../src/view/view.ts';
import { expect, test } from './fixtures.ts';
import { countColors, type ReluscopePage, type ReluscopeWindow } from './reluscopePage.ts';

const DEEP = { kind: 'mlp', widths: [2, 5, 5, 5, 5, 1], activation: 'relu', seed: 0 };
const SIX: Projection = { kind: 'logRadial', decades: 6 };

/** The plane point under a place of the canvas in CSS pixels, and its distance from the centre. */
async function planeAt(reluscope: ReluscopePage, xPx: number, yPx: number) {
  const { view, projection } = await reluscope.state();
  const { width, height } = await reluscope.box();
  const u = toView(projection, pixelToView(xPx, yPx, width, height));
  const {
    x: { high: x },
    y: { high: y },
  } = planePoint(view, u);
  return { x, y, distance: view.halfWidth * Math.hypot(...u) };
}

function ratioError(received: number, expected: number): number {
  return Math.abs(received / expected - 1);
}

test.beforeEach(async ({ reluscope }) => {
  await reluscope.set({
    field: DEEP,
    view: { center: [0, 0], halfWidth: 1000 },
    projection: SIX,
    quantity: 'gradientNorm',
  });
});

test('the panel switches to it and back, without np.gradient, which it does not have', async ({
  page,
  reluscope,
}) => {
  const group = page.getByRole('group', { name: 'projection' });
  const decades = page.getByRole('slider', { name: 'decades' });
  await expect(decades).toBeVisible();
  await group.getByRole('button', { name: 'plane' }).click();
  await expect(decades).toBeHidden();
  expect((await reluscope.state()).projection).toEqual({ kind: 'plane' });
  const quantity = page.getByRole('combobox', { name: 'quantity' });
  await quantity.selectOption('np.gradient, columns');
  await group.getByRole('button', { name: 'log-radial' }).click();
  expect(await reluscope.state()).toMatchObject({ projection: SIX, quantity: 'partial1' });
  for (const name of ['rows', 'columns']) {
    await expect(quantity.locator('option', { hasText: `np.gradient, ${name}` })).toBeDisabled();
  }
  await decades.press('ArrowRight');
  expect((await reluscope.state()).projection).toEqual({ ...SIX, decades: 7 });
  await expect(page.locator('.subtitle').first()).toContainText('log-radial, 7 decades');
  expect(countColors(await reluscope.picture())).toBeGreaterThan(10);
});

test('scripts are told why np.gradient does not go with it', async ({ page, reluscope }) => {
  const message = await page.evaluate(() => {
    try {
      (window as ReluscopeWindow).reluscope.set({ quantity: 'npGradientRows' });
    } catch (error) {
      return error instanceof Error ? `${error.name}: ${error.message}` : 'no error';
    }
    return 'accepted';
  });
  expect(message).toMatch(
    /^InvalidInputError: quantity: received "npGradientRows", expected an exact/,
  );
  expect((await reluscope.state()).quantity).toBe('gradientNorm');
});

test('rings take the place of axes', async ({ page }) => {
  const rings = page.locator('.ringLabel');
  await expect(rings.filter({ hasText: /^10⁻²$/ })).toHaveCount(1);
  await expect(rings.filter({ hasText: /^10³$/ })).toHaveCount(1);
  await expect(page.locator('.axisX')).toHaveText('rings: distance from (0, 0)');
  await expect(page.locator('.axisY')).toHaveText('');
});

test('the probe reads the field under the pointer, however near to the centre', async ({
  page,
  reluscope,
}) => {
  const { width, height } = await reluscope.box();
  const probe = page.locator('.probe');
  for (const away of [20, 90, 250]) {
    const at = [width / 2 - 0.8 * away, height / 2 + 0.6 * away] as const;
    await reluscope.point(...at);
    const { x, y, distance } = await planeAt(reluscope, ...at);
    const value = await page.evaluate(
      ([x0, y0]) => {
        const request = { x: [x0, x0], y: [y0, y0], width: 1, height: 1 } as const;
        return (window as ReluscopeWindow).reluscope.reference(request).values[0]!;
      },
      [x, y] as const,
    );
    const read = async (row: string) => {
      const text = await probe
        .locator('.row')
        .filter({ has: page.getByText(row, { exact: true }) })
        .locator('.value')
        .textContent();
      const [mantissa, power = '⁰'] = text!.replace('−', '-').split('×10');
      const digits = [...power]
        .map((sign) => '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(sign))
        .map((d) => (d < 0 ? '-' : d));
      return Number(`${mantissa}e${digits.join('')}`);
    };
    // Numbers with four and six digits.
    await expect.poll(async () => ratioError(await read('‖x − c‖'), distance)).toBeLessThan(1e-3);
    await expect.poll(async () => ratioError(await read('f(x)'), value)).toBeLessThan(1e-5);
  }
});

test('a drag takes a ring along, the wheel moves the rings, and the centre stays', async ({
  page,
  reluscope,
}) => {
  const { width, height } = await reluscope.box();
  const from = [width / 2 + 100, height / 2] as const;
  const to = [width / 2 + 180, height / 2 - 40] as const;
  const before = await planeAt(reluscope, ...from);
  await reluscope.point(...from);
  await page.mouse.down();
  await reluscope.point(width / 2 + 150, height / 2 - 20);
  await reluscope.point(...to);
  await page.mouse.up();
  const after = await planeAt(reluscope, ...to);
  expect(ratioError(after.distance, before.distance)).toBeLessThan(1e-9);
  expect(await reluscope.center()).toEqual([0, 0]);
  const halfWidth = await reluscope.halfWidth();
  await reluscope.point(200, 130);
  await page.mouse.wheel(0, -400);
  await expect.poll(() => reluscope.halfWidth()).toBeLessThan(halfWidth / 5);
  expect(await reluscope.center()).toEqual([0, 0]);
});

test('a double click makes a point the centre, and home goes back', async ({ page, reluscope }) => {
  const box = await reluscope.box();
  // A double click comes at whole pixels of the page.
  const at = [300 - box.x, 400 - box.y] as const;
  const { x, y } = await planeAt(reluscope, ...at);
  await page.mouse.dblclick(300, 400);
  const center = await reluscope.center();
  expect(ratioError(center[0], x)).toBeLessThan(1e-12);
  expect(ratioError(center[1], y)).toBeLessThan(1e-12);
  expect(await reluscope.halfWidth()).toBe(1000);
  await reluscope.canvas.focus();
  await page.keyboard.press('0');
  expect(await reluscope.center()).toEqual([0, 0]);
  await page.keyboard.press('ArrowRight');
  expect(await reluscope.center()).toEqual([1, 0]);
});

test('a box becomes the view around its middle', async ({ page, reluscope }) => {
  const middle = await planeAt(reluscope, 250, 250);
  const corners = await Promise.all(
    [230, 270].flatMap((x) => [230, 270].map((y) => planeAt(reluscope, x, y))),
  );
  await page.keyboard.down('Shift');
  await reluscope.point(230, 230);
  await page.mouse.down();
  await reluscope.point(250, 250);
  await reluscope.point(270, 270);
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await expect
    .poll(async () => ratioError((await reluscope.center())[0], middle.x))
    .toBeLessThan(1e-9);
  const furthest = Math.max(...corners.map(({ x, y }) => Math.hypot(x - middle.x, y - middle.y)));
  expect(ratioError(await reluscope.halfWidth(), furthest)).toBeLessThan(1e-9);
});

test('the address holds it', async ({ reluscope }) => {
  expect(await reluscope.hash()).toContain('&projection=log-radial:6&');
});

test('exact edges bend with it, and the region under the pointer is the probed one', async ({
  page,
  reluscope,
}) => {
  await reluscope.canvas.focus();
  await page.keyboard.press('e');
  const edges = page.locator('.arrangement .edges');
  await expect
    .poll(() => edges.getAttribute('d').then((d) => d?.length ?? 0))
    .toBeGreaterThan(1000);
  const polylines = (await edges.getAttribute('d'))!.split('M').slice(1);
  const points = polylines.map((line) => line.split('L').length);
  expect(Math.max(...points)).toBeGreaterThan(5);
  const { width, height } = await reluscope.box();
  for (const [across, up] of [
    [0.1, 0.05],
    [-0.5, 0.3],
    [0.7, -0.6],
  ] as const) {
    await reluscope.point(width / 2 + (across * height) / 2, height / 2 - (up * height) / 2);
    // Both follow the pointer in their own time: what counts is that they come to agree.
    await expect(async () => {
      const dots = await page.locator('.probe .dots').allTextContents();
      const pattern = dots.map((layer) => layer.replace(/●/g, '1').replace(/○/g, '0')).join(' ');
      expect(pattern).toMatch(/^[01]{5}( [01]{5}){3}$/);
      const card = await page.locator('.regionCard').textContent();
      expect(card).toContain(pattern);
    }).toPass();
  }
});

test('all structure fits, and samples find its regions', async ({ page, reluscope }) => {
  await page.getByRole('button', { name: 'Regions', exact: true }).click();
  await expect(page.locator('[data-count="plane activation regions"]')).toHaveText('117');
  await page.getByRole('button', { name: 'Fit all structure' }).click();
  await expect.poll(() => reluscope.halfWidth()).toBeGreaterThan(9990);
  const { view, projection } = await reluscope.state();
  expect(view.halfWidth).toBeLessThan(11_000);
  expect(projection).toEqual(SIX);
  await expect(page.locator('[data-count="view activation regions"]')).toHaveText('117');
  const seen = page.getByText(/^\d+ of 117 regions contain a sample$/);
  await expect(seen).toBeVisible();
  // In the plane the same square shows hardly any of the small ones.
  expect(Number((await seen.textContent())!.match(/\d+/)![0])).toBeGreaterThan(60);
});

test('an exported PNG holds it', async ({ page }) => {
  const text = await page.evaluate(async () => {
    const blob = await (window as ReluscopeWindow).reluscope.toPng({
      width: 400,
      height: 300,
      scale: 1,
    });
    return new TextDecoder('latin1').decode(await blob.arrayBuffer());
  });
  expect(text).toContain('&projection=log-radial:6&');
});
