import { PNG } from 'pngjs';
import type { Reluscope } from '../../src/reluscope.ts';
import { expect, freshTest } from './fixtures.ts';
import { countColors } from './reluscopePage.ts';

freshTest(
  'the library mounts in elements of any page, more than once, and goes without a trace',
  async ({ page }) => {
    // Another page of this origin, whose own styles must not reach in.
    await page.route('**/notebook.html', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body:
          '<!doctype html><link rel="icon" href="data:,">' +
          '<style>button, canvas { display: none !important }</style>' +
          '<section id="a"></section><section id="b"></section>',
      }),
    );
    await page.goto('./notebook.html');
    await page.evaluate(async () => {
      const library = '/lib/reluscope.js';
      const { createReluscope } = await import(/* @vite-ignore */ library);
      Object.assign(window, { createReluscope });
      const mounted = ['a', 'b'].map((id, seed) => {
        const element = document.getElementById(id)!;
        element.style.cssText = 'width: 500px; height: 400px; display: inline-block';
        return createReluscope(element, { state: { field: { seed }, supersampling: 1 } });
      });
      await Promise.all(mounted.map(({ ready }) => ready));
      Object.assign(window, { mounted });
    });
    const canvases = page.locator('canvas.canvas');
    await expect(canvases).toHaveCount(2);
    const pictures = [await canvases.nth(0).screenshot(), await canvases.nth(1).screenshot()];
    for (const picture of pictures) expect(countColors(PNG.sync.read(picture))).toBeGreaterThan(20);
    expect(pictures[0]!.equals(pictures[1]!)).toBe(false);
    expect(new URL(page.url()).hash).toBe('');
    const refused = await page.evaluate(() => {
      const { createReluscope } = window as unknown as { createReluscope(element: null): unknown };
      try {
        return createReluscope(null);
      } catch (error) {
        return (error as Error).message;
      }
    });
    expect(refused).toBe('element: received null, expected an element of the page');
    // Once in each element; and in a small one with nothing but the picture.
    const again = await page.evaluate(() => {
      const { createReluscope, mounted } = window as unknown as {
        createReluscope(element: HTMLElement, options: object): Reluscope;
        mounted: Reluscope[];
      };
      const [a, b] = ['a', 'b'].map((id) => document.getElementById(id)!);
      mounted[1]!.destroy();
      mounted[1] = createReluscope(b!, { tools: false });
      try {
        createReluscope(a!, {});
        return 'mounted';
      } catch (error) {
        return (error as Error).message;
      }
    });
    expect(again).toMatch(/^element: received "?an element that contains a Reluscope/);
    await expect(page.locator('#a .toolbar')).toBeVisible();
    await expect(page.locator('#b .toolbar')).toBeHidden();
    await expect(page.locator('#b .controls').first()).toBeHidden();
    const bare = (await page.locator('#b canvas.canvas').boundingBox())!;
    expect(bare.height).toBeGreaterThan(280);
    // The worker that counts regions is a part of the library.
    const regions = await page.evaluate(() => {
      const [first] = (window as unknown as { mounted: Reluscope[] }).mounted;
      return first!.regions({ window: null });
    });
    expect(regions).toMatchObject({ activationRegions: 211, vertices: 190, certified: true });
    await page.evaluate(() => {
      for (const reluscope of (window as unknown as { mounted: { destroy(): void }[] }).mounted) {
        reluscope.destroy();
      }
    });
    await expect(canvases).toHaveCount(0);
    expect(await page.evaluate(() => document.getElementById('a')!.childElementCount)).toBe(0);
  },
);
