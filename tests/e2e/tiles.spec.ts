import { expect, test } from './fixtures.ts';
import type { ReluscopeWindow } from './reluscopePage.ts';

const WIDE = { kind: 'mlp', widths: [2, 40, 40, 1], activation: 'relu', seed: 0 };

test('tiles show how many neurons of a network the kernels keep', async ({ page, reluscope }) => {
  await reluscope.set({ field: WIDE });
  const tiles = await page.evaluate(async () => {
    const { openNeurons, ...rest } = await (window as ReluscopeWindow).reluscope.tiles();
    return {
      ...rest,
      count: openNeurons.length,
      most: openNeurons.reduce((a, b) => Math.max(a, b)),
    };
  });
  expect(tiles.count).toBe(tiles.columns * tiles.rows);
  expect(tiles.columns).toBe(Math.ceil(tiles.width / tiles.tileSize[0]));
  expect(tiles.most).toBeGreaterThan(0);
  expect(tiles.most).toBeLessThan(80);
  const layer = page.locator('canvas.tiles');
  await expect(layer).toBeHidden();
  await page.getByRole('button', { name: 'For developers' }).click();
  await page.getByRole('checkbox', { name: 'tiles of the kernels' }).check();
  await expect(layer).toBeVisible();
  await expect(page.locator('.tilesCaption')).toContainText('of 80 neurons');
  // Of a field without neurons there is nothing to show.
  await page.evaluate(async () => {
    const { reluscope: scope } = window as ReluscopeWindow;
    scope.set({ field: { kind: 'lse' } });
    await scope.settled();
  });
  await expect(layer).toBeHidden();
  await expect(page.getByRole('checkbox', { name: 'tiles of the kernels' })).toBeHidden();
  const refusal = await page.evaluate(() =>
    (window as ReluscopeWindow).reluscope.tiles().catch((error: Error) => error.message),
  );
  expect(refusal).toContain('expected a network with hidden layers');
});
