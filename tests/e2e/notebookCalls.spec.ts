import { expect, test } from './fixtures.ts';

test('toSvg is the SVG that the page saves, of the size that is asked for', async ({ page }) => {
  const text = await page.evaluate(async () => {
    window.reluscope.set({ gridSamples: 20 });
    return (await window.reluscope.toSvg({ width: 400 })).text();
  });
  const [, width] = /<svg [^>]*?width="([\d.]+)"/.exec(text) ?? [];
  // 400 pixels at 192 an inch, in CSS pixels.
  expect(Number(width)).toBeCloseTo(200, 6);
  const refused = page.evaluate(() => window.reluscope.toSvg({ depth: 3 } as object));
  await expect(refused).rejects.toThrow('toSvg has width');
});

test('changes of a movement are one step to undo', async ({ page }) => {
  const widths = await page.evaluate(async () => {
    const scope = window.reluscope;
    const before = scope.state.view.halfWidth;
    for (const halfWidth of [2, 3, 4]) {
      scope.set({ view: { halfWidth } }, { moving: true });
      await new Promise(requestAnimationFrame);
    }
    await scope.settled();
    const after = scope.state.view.halfWidth;
    scope.undo();
    return [after, scope.state.view.halfWidth === before];
  });
  expect(widths).toEqual([4, true]);
});
