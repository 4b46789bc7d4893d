import type { createReluscope, Reluscope } from '../../src/reluscope.ts';
import { expect, freshTest, test } from './fixtures.ts';
import { touch } from './reluscopePage.ts';

test('what is printed holds the pictures, and no tools; after it all is as before', async ({
  page,
  reluscope,
}) => {
  const data = { kind: 'moons', samples: 20 };
  const recipe = { data, network: { kind: 'drawn', widths: [2, 3, 2] }, steps: 9 };
  await reluscope.set({ run: { recipe, step: 0 }, diagram: true });
  const canvas = page.locator('canvas.canvas');
  const before = await canvas.boundingBox();
  // Called after the page's own listener, while it is as it is printed.
  await page.evaluate(() => {
    const seen: unknown[] = [];
    Object.assign(window, { seen });
    const look = () => {
      const root = document.querySelector('.reluscope')!.shadowRoot!;
      const copy = root.querySelector<HTMLCanvasElement>('canvas.copy')!;
      const { data } = copy.getContext('2d')!.getImageData(0, 0, copy.width, copy.height);
      const colors = new Set(new Uint32Array(data.buffer)).size;
      const tools = [...root.querySelectorAll<HTMLElement>('button, select, [type=range]')];
      const printed = tools.filter((tool) => tool.checkVisibility({ visibilityProperty: true }));
      // A neuron is a button, too, whose picture is part of the diagram.
      const names = printed
        .filter((tool) => !tool.closest('[data-neuron]'))
        .map(({ title }) => title);
      seen.push({ colors, names });
    };
    window.addEventListener('beforeprint', look, { once: true });
  });
  await page.pdf();
  const seen = (await page.evaluate(() => Reflect.get(window, 'seen'))) as {
    colors: number;
    names: string[];
  }[];
  expect(seen).toEqual([expect.objectContaining({ names: [] })]);
  expect(seen[0]!.colors).toBeGreaterThan(100);
  await expect(page.locator('canvas.copy')).toHaveCount(0);
  expect(await canvas.boundingBox()).toEqual(before);
  await page.evaluate(() => Reflect.deleteProperty(window, 'seen'));
});

test('with the colours of the system, classes keep theirs and what is chosen is seen', async ({
  page,
  reluscope,
}) => {
  const network = { kind: 'drawn', widths: [2, 4, 3] } as const;
  await reluscope.set({ field: { network, readout: { kind: 'class' } } });
  const sign = page.locator('.colorBar .sign').first();
  const backgroundOf = (name: string) =>
    page
      .getByRole('button', { name, exact: true })
      .evaluate((button) => getComputedStyle(button).backgroundColor);
  const color = await sign.evaluate((element) => getComputedStyle(element).backgroundColor);
  await page.emulateMedia({ forcedColors: 'active' });
  await expect(sign).toHaveCSS('background-color', color);
  expect(await backgroundOf('ReLU')).not.toBe(await backgroundOf('Abs'));
  await page.emulateMedia({ forcedColors: null });
});

test('with reduced motion folders open at once', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const folder = page.getByRole('button', { name: 'View', exact: true });
  await folder.click();
  const durations = await page
    .locator('.lil-children')
    .evaluateAll((all) => all.map((one) => getComputedStyle(one).transitionDuration));
  await folder.click();
  expect(durations).not.toEqual([]);
  expect(durations.filter((text) => !(Number.parseFloat(text) <= 0.001))).toEqual([]);
  await page.emulateMedia({ reducedMotion: null });
});

freshTest.describe('at a zoom of 400 %', () => {
  freshTest.use({ viewport: { width: 320, height: 256 } });

  freshTest(
    'the page scrolls in one direction, and all of it can be reached',
    async ({ page, reluscope }) => {
      await reluscope.openWith({});
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
      const inView = async () => {
        for (const name of ['Figures', 'Controls']) {
          const button = page.getByRole('button', { name });
          await button.scrollIntoViewIfNeeded();
          await expect(button).toBeInViewport();
        }
      };
      await inView();
      await page.getByRole('button', { name: 'Controls' }).click();
      await expect(page.getByRole('combobox', { name: 'field' })).toBeVisible();
    },
  );
});

type HostWindow = typeof globalThis & { scope: Reluscope };

freshTest.describe('in another page, with fingers', () => {
  freshTest.use({ hasTouch: true });

  freshTest('one scrolls the page and two zoom; with the focus one pans', async ({ page }) => {
    await page.route('**/host.html', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<!doctype html><link rel="icon" href="data:,"><body style="margin: 0; height: 5000px">
          <div id="guest" style="width: 480px; height: 420px"></div>`,
      }),
    );
    await page.goto('./host.html');
    await page.evaluate(async () => {
      const library = '/lib/reluscope.js';
      const { createReluscope: create } = (await import(/* @vite-ignore */ library)) as {
        createReluscope: typeof createReluscope;
      };
      const state = { supersampling: 1, gridSamples: 100 } as const;
      const scope = create(document.getElementById('guest')!, { state });
      Object.assign(window, { scope });
      await scope.settled();
    });
    const session = await page.context().newCDPSession(page);
    const canvas = page.locator('canvas.canvas');
    const view = () => page.evaluate(() => (window as unknown as HostWindow).scope.state.view);
    const scrolled = () => page.evaluate(() => scrollY);
    const swipe = async (...fingers: (readonly (readonly [number, number])[])[]) => {
      const box = (await canvas.boundingBox())!;
      const placed = fingers.map((at) => at.map(([x, y]) => [box.x + x, box.y + y] as const));
      await touch(session, 'touchStart', placed[0]!);
      for (const at of placed.slice(1)) await touch(session, 'touchMove', at);
      await touch(session, 'touchEnd', []);
    };
    const start = await view();

    // The page glides on for a while.
    const scroll = await page.evaluateHandle(() => ({
      end: new Promise<void>((resolve) =>
        addEventListener('scrollend', () => resolve(), { once: true }),
      ),
    }));
    await swipe([[100, 200]], [[100, 170]], [[100, 140]], [[100, 110]]);
    await scroll.evaluate(({ end }) => end);
    expect(await scrolled()).toBeGreaterThan(20);
    expect(await view()).toEqual(start);

    await page.evaluate(() => scrollTo(0, 0));
    await expect.poll(scrolled).toBe(0);
    await swipe(
      [
        [100, 150],
        [200, 150],
      ],
      [
        [80, 150],
        [220, 150],
      ],
      [
        [50, 150],
        [250, 150],
      ],
    );
    await expect.poll(async () => (await view()).halfWidth).toBeLessThan(0.9 * start.halfWidth);
    expect(await scrolled()).toBe(0);

    await canvas.focus();
    const zoomed = await view();
    await swipe([[100, 200]], [[100, 170]], [[100, 140]]);
    await expect.poll(async () => (await view()).center[1]).toBeLessThan(zoomed.center[1]);
    expect(await scrolled()).toBe(0);
  });
});
