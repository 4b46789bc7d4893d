import type { PNG } from 'pngjs';
import type { StatePatch } from '../../src/state/patchTypes.ts';
import { expect, freshTest } from './fixtures.ts';
import { difference, type ReluscopePage, type ReluscopeWindow } from './reluscopePage.ts';

/** States whose colours are compared: smooth, with kinks, in a map of stripes, and without numbers. */
const STATES: readonly StatePatch[] = [
  {},
  { field: { kind: 'lse', lambda: 3 }, colormap: 'magma', contours: { filled: true } },
  { quantity: 'npGradientRows', colormap: 'prism', frame: 'fill' },
  { quantity: 'gradientDirection' },
  { quantity: 'region', field: { kind: 'argmax' } },
];

/** The least share of places with the same colours: the others lie within a sample of an edge. */
const SHARE_MIN = 0.9;

/** The share of places, some pixels apart, whose colours differ by at most 12 of 255. */
function shareOfEqual(a: PNG, b: PNG): number {
  expect([a.width, a.height]).toEqual([b.width, b.height]);
  let [equal, all] = [0, 0];
  for (let y = 4; y < a.height; y += 7) {
    for (let x = 4; x < a.width; x += 7) {
      const at = 4 * (y * a.width + x);
      const parts = [0, 1, 2].map((part) => Math.abs(a.data[at + part]! - b.data[at + part]!));
      if (Math.max(...parts) <= 12) equal += 1;
      all += 1;
    }
  }
  return equal / all;
}

async function picturesOf(reluscope: ReluscopePage): Promise<PNG[]> {
  const pictures: PNG[] = [];
  for (const state of STATES) {
    await reluscope.page.evaluate((patch) => {
      (window as ReluscopeWindow).reluscope.open({ panels: [{ supersampling: 1, ...patch }] });
    }, state);
    pictures.push(await reluscope.picture());
  }
  return pictures;
}

freshTest(
  'without WebGPU the CPU draws the same pictures, coarser, and the page says so',
  async ({ page, reluscope }) => {
    // The overlay and hints are the same on both; the banner takes room.
    await page.setViewportSize({ width: 700, height: 520 });
    await reluscope.open();
    const onGpu = await picturesOf(reluscope);

    await page.addInitScript(() => {
      delete (Navigator.prototype as { gpu?: GPU }).gpu;
    });
    await page.reload();
    const banner = page.getByRole('status').filter({ hasText: 'WebGPU is not available' });
    await expect(banner).toHaveCount(1);
    await expect(banner).toContainText(/no WebGPU\. .*Chrome.*low resolution/);
    await banner.getByRole('button', { name: 'Dismiss' }).click();
    await expect(banner).toBeHidden();
    await page.evaluate(() => (window as ReluscopeWindow).reluscope.ready);
    const onCpu = await picturesOf(reluscope);
    const shares = onCpu.map((picture, i) => shareOfEqual(picture, onGpu[i]!));
    expect(shares.filter((share) => !(share >= SHARE_MIN))).toEqual([]);

    // A pan moves the picture.
    await reluscope.set({ field: { kind: 'mlp' }, quantity: 'value' });
    const before = await reluscope.picture();
    const { width, height } = await reluscope.box();
    await reluscope.point(width / 2, height / 2);
    await page.mouse.down();
    await reluscope.point(width / 2 + 60, height / 2 + 30);
    await page.mouse.up();
    expect(difference(before, await reluscope.picture())).toBeGreaterThan(0.3);
    await page.evaluate(() => {
      const field = { kind: 'mlp', widths: [2, 64, 64, 64, 1] } as const;
      (window as ReluscopeWindow).reluscope.set({ field });
    });
    await expect(page.locator('.status')).toContainText('refining…');
    const { values } = await page.evaluate(() => {
      const grid = { x: [-1, 1], y: [-1, 1], width: 2, height: 1 } as const;
      const { reluscope: scope } = window as ReluscopeWindow;
      return scope.sample(grid);
    });
    expect(values).toHaveLength(2);

    // Curves and tables need no GPU, and no words about one.
    await page.evaluate(() => (window as ReluscopeWindow).reluscope.openFigure('region-growth'));
    await expect(page.locator('.vectorPanel svg').first()).toBeVisible();
    await expect(page.locator('.fatal')).toHaveCount(0);
    const png = () =>
      page.evaluate(async () => (await (window as ReluscopeWindow).reluscope.toPng()).size);
    expect(await png()).toBeGreaterThan(1000);
    await page.evaluate(() => (window as ReluscopeWindow).reluscope.closeFigure());
    await expect(png()).rejects.toThrow('Files of pictures need WebGPU. This browser has no');
  },
);
