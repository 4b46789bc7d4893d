import { expect, test } from './fixtures.ts';

const CLASSES = {
  field: { network: { kind: 'drawn', widths: [2, 8, 2], seed: 1 }, readout: { kind: 'class' } },
  view: { center: [0.5, 0.25], halfWidth: 2 },
};

test('points of a data set lie over the picture and move with it', async ({ page, reluscope }) => {
  await reluscope.set({ ...CLASSES, data: { kind: 'moons', split: { testSize: 0.25, seed: 1 } } });

  await expect(page.locator('.point.train')).toHaveCount(2);
  await expect(page.locator('.point.test')).toHaveCount(2);
  await expect(page.locator('.legend')).toContainText(/wrong: \d+ of 150, in testing \d+ of 50/);
});

test('the digits are fetched when they are asked for', async ({ page, reluscope }) => {
  const network = { kind: 'drawn', widths: [64, 10], seed: 1 };
  await reluscope.set({
    field: { network, readout: { kind: 'class' } },
    view: { center: [0, 0], halfWidth: 16 },
    data: { kind: 'digits' },
  });

  await expect(page.locator('.legend')).toContainText(/wrong: \d+ of 1797paler/);
});

test('clicks add points, drags move them, shift and click removes them, each a step to undo', async ({
  page,
  reluscope,
}) => {
  await reluscope.set({ view: { center: [0, 0], halfWidth: 1 } });
  const box = (await reluscope.canvas.boundingBox())!;
  const at = (x: number, y: number) =>
    [box.x + ((1 + x) / 2) * box.width, box.y + ((1 - y) / 2) * box.height] as const;
  const data = async () => (await reluscope.state()).data;
  await reluscope.canvas.focus();
  await page.keyboard.press('c');
  await page.mouse.click(...at(0.5, 0.5));
  await page.keyboard.press('2');
  await page.mouse.click(...at(-0.5, 0.25));
  const two = {
    kind: 'points',
    x: [
      [0.5, 0.5],
      [-0.5, 0.25],
    ],
    y: [0, 1],
  };
  await expect.poll(data).toMatchObject({ kind: 'points', y: [0, 1] });
  const placed = (await data()) as unknown as typeof two;
  for (const [i, point] of placed.x.entries()) {
    for (const axis of [0, 1] as const) {
      // A pixel is 1/250 of the half-width or so.
      expect(Math.abs(point[axis]! - two.x[i]![axis]!)).toBeLessThan(0.01);
    }
  }
  await page.mouse.move(...at(0.5, 0.5));
  await page.mouse.down();
  await page.mouse.move(...at(0.6, 0));
  await page.mouse.move(...at(0.75, -0.5));
  await page.mouse.up();
  await expect.poll(async () => JSON.stringify(await data())).toContain('[0.7');
  const view = (await reluscope.state()).view;
  expect(view.center).toEqual([0, 0]);
  await page.keyboard.down('Shift');
  await page.mouse.click(...at(-0.5, 0.25));
  await page.keyboard.up('Shift');
  await expect.poll(data).toMatchObject({ y: [0] });
  await page.keyboard.press('[');
  await expect.poll(data).toMatchObject({ y: [0, 1] });
  // By the keyboard alone: at the pointer.
  await page.keyboard.press('Delete');
  await expect.poll(data).toMatchObject({ y: [0] });
  await page.keyboard.press('Enter');
  await expect.poll(data).toMatchObject({ y: [0, 1] });
  await page.keyboard.press('Escape');
  await page.mouse.click(...at(0, 0.9));
  expect(await data()).toMatchObject({ y: [0, 1] });
});

test('the brush sprays points along a drag, in one step to undo, and the right button removes one', async ({
  page,
  reluscope,
}) => {
  await reluscope.set({ view: { center: [0, 0], halfWidth: 1 } });
  const { x, y, width, height } = await reluscope.box();
  const at = (u: number, v: number) =>
    [x + ((1 + u) / 2) * width, y + ((1 - v) / 2) * height] as const;
  const places = async () => {
    const { data } = await reluscope.state();
    return data?.kind === 'points' ? data.x : [];
  };
  await reluscope.canvas.focus();
  await page.keyboard.press('c');
  await page.getByRole('button', { name: 'Data', exact: true }).click();
  await page.getByRole('checkbox', { name: 'drag sprays' }).check();
  await page.mouse.move(...at(-0.5, 0));
  await page.mouse.down();
  for (let u = -0.4; u < 0.55; u += 0.1) await page.mouse.move(...at(u, 0));
  await page.mouse.up();
  // A point for every six pixels, within 25 pixels of the way.
  const count = Math.ceil((0.5 * width) / 6);
  await expect.poll(async () => (await places()).length).toBeGreaterThan(0.9 * count);
  const sprayed = await places();
  expect(sprayed.length).toBeLessThan(1.1 * count + 2);
  const beside = (2 * 25) / Math.min(width, height);
  for (const [u, v] of sprayed as [number, number][]) {
    expect(Math.abs(v)).toBeLessThanOrEqual(beside);
    expect(Math.abs(u)).toBeLessThanOrEqual((0.5 * width) / Math.min(width, height) + beside);
  }
  const [u, v] = sprayed[0] as [number, number];
  const [columns, rows] = [width, height].map((side) => side / Math.min(width, height));
  await page.mouse.click(...at(u / columns!, v / rows!), { button: 'right' });
  await expect.poll(async () => (await places()).length).toBe(sprayed.length - 1);
  expect((await reluscope.state()).view.center).toEqual([0, 0]);
  await reluscope.canvas.focus();
  await page.keyboard.press('[');
  await expect.poll(places).toEqual(sprayed);
  await page.keyboard.press('[');
  await expect.poll(places).toEqual([]);
  await page.getByRole('checkbox', { name: 'drag sprays' }).uncheck();
  await page.keyboard.press('Escape');
});

test('the controls choose a data set and its numbers', async ({ page, reluscope }) => {
  const { data: before } = await reluscope.state();
  expect(before).toBeNull();
  await page.getByRole('button', { name: 'Data', exact: true }).click();
  await page.getByRole('combobox', { name: 'data' }).selectOption('circles');
  await page.getByRole('textbox', { name: 'samples', exact: true }).fill('50');
  await page.getByRole('textbox', { name: 'samples', exact: true }).press('Enter');
  await expect(page.getByRole('slider', { name: 'turns' })).toBeHidden();
  await page.getByRole('button', { name: 'zoom to them' }).click();
  await expect
    .poll(reluscope.state.bind(reluscope))
    .toMatchObject({ data: { kind: 'circles', samples: 50, factor: 0.5 } });
  const { view } = await reluscope.state();
  expect(view.halfWidth).toBeGreaterThan(0.9);
  expect(view.halfWidth).toBeLessThan(1.6);
  await page.getByRole('combobox', { name: 'data' }).selectOption('a function');
  await expect(page.locator('.legend')).toContainText('target');
  await page.getByRole('textbox', { name: 'f(x₁, x₂)' }).fill('log(x1)');
  await page.getByRole('textbox', { name: 'f(x₁, x₂)' }).press('Enter');
  await expect(page.locator('.toasts')).toContainText('expected finite values');
  await page.getByRole('button', { name: 'Data', exact: true }).click();
});
