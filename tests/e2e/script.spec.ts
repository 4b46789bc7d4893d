import { colormapTable } from '../../src/scales/colormaps.ts';
import { expect, test } from './fixtures.ts';
import type { ReluscopeWindow } from './reluscopePage.ts';

const MAPS = ['viridis', 'greys', 'plasma', 'prism', 'magma'] as const;

test('state is a copy in plain JSON', async ({ page }) => {
  const [changed, json] = await page.evaluate(() => {
    const { reluscope } = window as ReluscopeWindow;
    const copy = reluscope.state as { quantity: string };
    copy.quantity = 'nonsense';
    const { state } = reluscope;
    return [
      state.quantity,
      JSON.stringify(JSON.parse(JSON.stringify(state))) === JSON.stringify(state),
    ];
  });
  expect(changed).toBe('value');
  expect(json).toBe(true);
});

test('set names what was received and what is expected, and changes nothing', async ({
  page,
  reluscope,
}) => {
  const before = await reluscope.state();
  const wrong: readonly [object, RegExp][] = [
    [{ view: { halfWidth: -1 } }, /view\.halfWidth: received -1, expected/],
    [{ field: { widths: [2, 0, 1] } }, /field\.widths\[1\]: received 0, expected/],
    [{ colormap: 'jet' }, /colormap: received "jet", expected/],
    [{ quantiti: 'value' }, /quantiti/],
  ];
  for (const [patch, message] of wrong) {
    const said = await page.evaluate((part) => {
      try {
        (window as ReluscopeWindow).reluscope.set(part);
        return 'no error';
      } catch (error) {
        return `${(error as Error).name}: ${(error as Error).message}`;
      }
    }, patch);
    expect(said).toMatch(message);
    expect(said).toContain('InvalidInputError');
  }
  expect(await reluscope.state()).toEqual(before);
});

test('network gives the layers as [out][in] and [out]', async ({ page }) => {
  const network = await page.evaluate(() => (window as ReluscopeWindow).reluscope.network());
  expect(network).toMatchObject({
    widths: [2, 20, 1],
    layers: [{ activation: 'relu' }, { activation: 'identity' }],
  });
  const shapes = network.layers.map(({ weight, bias }) => [
    weight.length,
    weight[0]!.length,
    bias.length,
  ]);
  expect(shapes).toEqual([
    [20, 2, 20],
    [1, 20, 1],
  ]);
  // torch.manual_seed(0); nn.Linear(2, 20).weight[0, 0]
  expect(network.layers[0]!.weight[0]![0]!.toFixed(6)).toBe('-0.005294');
});

test('network gives the logits of a field that has no hidden layer', async ({
  page,
  reluscope,
}) => {
  const logits = {
    weight: [
      [1, 0.5],
      [-2, 0],
      [0, 3],
    ],
    bias: [0, 1, -1],
  };
  await reluscope.set({ field: { kind: 'lse', logits } });
  const network = await page.evaluate(() => (window as ReluscopeWindow).reluscope.network());
  expect(network).toEqual({ widths: [2, 3], layers: [{ ...logits, activation: 'identity' }] });
});

test('sample and reference agree on a grid, row by row', async ({ page }) => {
  const [sampled, reference] = await page.evaluate(async () => {
    const { reluscope } = window as ReluscopeWindow;
    const request = { x: [-2, 3], y: [-1, 4], width: 67, height: 41 } as const;
    const grid = await reluscope.sample(request);
    return [
      { ...grid, values: [...grid.values], typed: grid.values instanceof Float64Array },
      [...reluscope.reference(request).values],
    ] as const;
  });
  expect(sampled).toMatchObject({ width: 67, height: 41, typed: true });
  const range = Math.max(...reference) - Math.min(...reference);
  const worst = Math.max(...reference.map((value, i) => Math.abs(value - sampled.values[i]!)));
  // The bound of the project for a value, relative to the range in view.
  expect(worst <= 1e-5 * range).toBe(true);
});

test('sample takes another field and quantity, and refuses sizes that cannot be had', async ({
  page,
}) => {
  const [rows, refused] = await page.evaluate(async () => {
    const { reluscope } = window as ReluscopeWindow;
    const grid = { x: [0, 1], y: [0, 1], width: 2, height: 2 } as const;
    const field = { kind: 'max', logits: null } as const;
    const { values } = await reluscope.sample({ ...grid, field, quantity: 'npGradientRows' });
    const error = await reluscope
      .sample({ ...grid, width: 100_000, height: 100_000 })
      .catch((e) => e);
    return [[...values], `${error.name}: ${error.message}`] as const;
  });
  // max(0, y) rises by 1 from row to row at x = 0; max(1, y) does not.
  expect(rows).toEqual([1, 0, 1, 0]);
  expect(refused).toMatch(/RangeError.*100000.*8192/);
});

test('settled waits for the finest picture of the state that was set last', async ({
  page,
  reluscope,
}) => {
  // 1 above the diagonal and 0 below it, in colours that are not among those of the other maps.
  const field = { kind: 'argmax', component: 1, logits: null };
  await reluscope.set({ field, range: { mode: 'fixed', min: 0, max: 1 } });
  const colors = await page.evaluate(async (names) => {
    const { reluscope: scope } = window as ReluscopeWindow;
    for (const colormap of names) scope.set({ colormap, supersampling: 4 });
    await scope.settled();
    // In the task in which the canvas was drawn: what is seen here is what was on it.
    const canvas = document.querySelector('.reluscope')!.shadowRoot!.querySelector('canvas')!;
    const copy = new OffscreenCanvas(canvas.width, canvas.height);
    const context = copy.getContext('2d')!;
    context.drawImage(canvas, 0, 0);
    const { data } = context.getImageData(0, 0, copy.width, copy.height);
    const counts: Record<string, number> = {};
    for (let i = 0; i < data.length; i += 4) {
      const color = data.subarray(i, i + 3).join();
      counts[color] = (counts[color] ?? 0) + 1;
    }
    return { counts, width: copy.width, height: copy.height };
  }, MAPS);
  const table = colormapTable(MAPS.at(-1)!);
  const ends = [table.subarray(0, 3), table.subarray(-4, -1)].map((color) => color.join());
  const sides = ends.map((color) => colors.counts[color] ?? 0);
  const side = Math.min(colors.width, colors.height);
  expect(Math.min(...sides)).toBeGreaterThan(side);
  // A pixel of each row or column is on the diagonal: its 16 samples lie on both sides of it.
  const between = Object.keys(colors.counts).filter((color) => !ends.includes(color));
  const mixed = between.reduce((sum, color) => sum + colors.counts[color]!, 0);
  expect(mixed).toBeGreaterThan(0.9 * side);
  expect(mixed).toBeLessThan(2.1 * side);
  const samples = 16 * colors.width * colors.height;
  await expect(page.locator('.status')).toContainText(`${(samples / 1e6).toFixed(2)} M samples`);
});
