import type { Page } from '@playwright/test';
import { PNG } from 'pngjs';
import type { Reluscope } from '../../src/reluscope.ts';
import { expect, type HostWindow, test } from './hostPage.ts';
import { countColors } from './reluscopePage.ts';

const ELSEWHERE = 'http://elsewhere.localhost';
const LIGHT = { supersampling: 1 } as const;
/** The field is x₁ + x₂ / 1000 over the square [−1, 1]², so that a value says where it is. */
const RULER = {
  ...LIGHT,
  field: {
    kind: 'max',
    logits: {
      weight: [
        [1, 1e-3],
        [0, 0],
      ],
      bias: [10, 0],
    },
  },
  view: { center: [0, 0], halfWidth: 1 },
} as const;

/** Gives the page this body. */
function fill(page: Page, body: string): Promise<void> {
  return page.evaluate((html) => {
    document.body.innerHTML = html;
  }, body);
}

test.describe('an element of little room', () => {
  test('of any shape shows a picture', async ({ page }) => {
    const sizes = [
      [200, 200],
      [120, 400],
      [900, 150],
      [300, 300],
      [64, 48],
      ...Array.from({ length: 5 }, () => [200, 200] as const),
    ] as const;
    const cells = sizes.map(
      ([width, height]) =>
        `<div class="cell" style="float: left; width: ${width}px; height: ${height}px"></div>`,
    );
    await fill(page, cells.join(''));
    await page.evaluate(async (state) => {
      const host = window as unknown as HostWindow;
      const elements = [...document.querySelectorAll<HTMLElement>('.cell')];
      const scopes = elements.map((element) => host.createReluscope(element, { state }));
      await Promise.all(scopes.map(({ ready }) => ready));
      await Promise.all(scopes.map((scope) => scope.settled()));
    }, LIGHT);
    for (const [i, [width, height]] of sizes.entries()) {
      const canvas = page.locator('.cell').nth(i).locator('canvas.canvas');
      const box = (await canvas.boundingBox())!;
      // The picture is a square: half of the largest that fits, at the least.
      const side = 0.5 * Math.min(width, height);
      expect(box.height, `${width} × ${height}`).toBeGreaterThanOrEqual(side);
      expect(box.width, `${width} × ${height}`).toBeGreaterThanOrEqual(side);
      const colors = countColors(PNG.sync.read(await canvas.screenshot()));
      expect(colors, `${width} × ${height}`).toBeGreaterThan(20);
    }
  });

  test('without a size it keeps nobody waiting, and draws when it has one', async ({ page }) => {
    const styles = ['display: none', 'width: 300px; height: 0', 'width: 0; height: 200px'];
    await fill(page, styles.map((style) => `<div style="${style}"></div>`).join(''));
    await page.evaluate(async (state) => {
      const host = window as unknown as HostWindow;
      const elements = [...document.querySelectorAll('div')];
      await Promise.all(
        elements.map(async (element) => {
          const scope = host.createReluscope(element, { state });
          await scope.ready;
          await scope.settled();
          element.style.cssText = 'width: 300px; height: 200px';
          await scope.settled();
        }),
      );
    }, LIGHT);
    const canvases = page.locator('canvas.canvas');
    await expect(canvases).toHaveCount(styles.length);
    for (const [i, style] of styles.entries()) {
      const picture = await canvases.nth(i).screenshot();
      expect(countColors(PNG.sync.read(picture)), style).toBeGreaterThan(20);
    }
  });

  test('left out by the browser, it keeps nobody waiting, and draws when it is shown', async ({
    page,
  }) => {
    const room = '<div class="room" style="width: 300px; height: 200px"></div>';
    await fill(
      page,
      `<details>${room}</details><p style="content-visibility: hidden">${room}</p>
       <div style="height: 20000px"></div><section style="content-visibility: auto">${room}</section>`,
    );
    await page.evaluate(async (state) => {
      const host = window as unknown as HostWindow;
      const scopes = [...document.querySelectorAll<HTMLElement>('.room')].map((element) =>
        host.createReluscope(element, { state }),
      );
      await Promise.all(scopes.map(({ ready }) => ready));
      for (const scope of scopes) scope.set({ quantity: 'gradientNorm' });
      await Promise.all(scopes.map((scope) => scope.settled()));
      document.querySelector('details')!.open = true;
      document.querySelector('p')!.style.contentVisibility = 'visible';
      document.querySelector('section')!.style.contentVisibility = 'visible';
      await Promise.all(scopes.map((scope) => scope.settled()));
    }, LIGHT);
    const canvases = page.locator('canvas.canvas');
    await expect(canvases).toHaveCount(3);
    for (const canvas of await canvases.all()) {
      expect(countColors(PNG.sync.read(await canvas.screenshot()))).toBeGreaterThan(5);
    }
    await page.evaluate(() => window.scrollTo(0, 0));
  });

  test('of a single pixel makes no error', async ({ page }) => {
    const complaints: string[] = [];
    const note = (message: { type(): string; text(): string }) => {
      if (message.type() !== 'log') complaints.push(message.text());
    };
    page.on('console', note);
    await fill(page, '<div id="a" style="width: 1px; height: 1px"></div>');
    await page.evaluate(async (state) => {
      const host = window as unknown as HostWindow;
      const element = document.getElementById('a')!;
      const scope = host.createReluscope(element, { state: { ...state, frame: 'fill' } });
      await scope.settled();
      element.style.width = '90px';
      await scope.settled();
    }, LIGHT);
    page.off('console', note);
    expect(complaints).toEqual([]);
  });
});

test.describe('a pointer on a picture', () => {
  for (const [around, scale] of [
    ['', 1],
    ['transform: scale(1.5); transform-origin: 0 0', 1.5],
    ['transform: scale(0.5) translate(100px, 40px)', 0.5],
    ['transform: rotate(30deg) scale(0.8)', 0.8],
    ['rotate: 45deg; scale: 0.7', 0.7],
    ['transform: scaleX(-1)', 1],
    ['transform: skewX(20deg)', 1],
    ['zoom: 1.5', 1.5],
    ['transform: perspective(600px) rotateY(30deg)', 0.5],
    ['transform: perspective(900px) rotateX(40deg) rotateZ(20deg) scale(0.8)', 0.5],
  ] as const) {
    test(`is where it points, within "${around}"`, async ({ page }) => {
      await fill(
        page,
        `<div style="padding: 20px; width: 520px; ${around}"><div id="a" style="width: 480px; height: 420px"></div></div>`,
      );
      await page.evaluate(async (state) => {
        const host = window as unknown as HostWindow;
        host.scope = host.createReluscope(document.getElementById('a')!, { state });
        await host.scope.settled();
      }, RULER);
      // A mark in the picture's own pixels says where on the screen they are.
      const target = await page.locator('canvas.canvas').evaluate((canvas) => {
        const mark = document.createElement('div');
        mark.style.cssText =
          'position: absolute; left: 70%; top: 40%; width: 0; height: 0; pointer-events: none';
        canvas.parentElement!.append(mark);
        const { x, y } = mark.getBoundingClientRect();
        mark.remove();
        const { clientWidth, clientHeight } = canvas;
        return { x, y, unit: Math.min(clientWidth, clientHeight), width: clientWidth };
      });
      await page.mouse.move(target.x, target.y);
      // Not on a diagonal, where a rotation goes unnoticed.
      const expected = 10 + (0.2 * target.width) / (target.unit / 2);
      const value = page.locator('.probe .row.main .value');
      await expect(value).toBeVisible();
      // A pixel of the screen, by which the pointer's own place may be rounded.
      const tolerance = 1 / scale / (target.unit / 2) + 1e-3;
      await expect
        .poll(async () => Math.abs(Number(await value.textContent()) - expected))
        .toBeLessThanOrEqual(tolerance);
      // A drag takes the point along.
      const before = await page.evaluate(() => (window as unknown as HostWindow).scope.state.view);
      await page.mouse.down();
      // It stays on the picture.
      await page.mouse.move(target.x + 20 * scale, target.y + 15 * scale, { steps: 3 });
      await page.mouse.up();
      const after = await page.evaluate(() => (window as unknown as HostWindow).scope.state.view);
      expect(after.center[0]).not.toBe(before.center[0]);
      await expect
        .poll(async () => Math.abs(Number(await value.textContent()) - expected))
        .toBeLessThanOrEqual(tolerance);
    });
  }

  test('is on the weight that it points at, in perspective', async ({ page }) => {
    await fill(
      page,
      '<div style="width: 940px; transform: perspective(500px) rotateY(45deg)">' +
        '<div id="a" style="width: 900px; height: 640px"></div></div>',
    );
    await page.evaluate(async (state) => {
      const host = window as unknown as HostWindow;
      const network = { kind: 'drawn', widths: [2, 3, 1], activation: 'relu', seed: 0 } as const;
      const patch = { ...state, field: { network }, diagram: true };
      host.scope = host.createReluscope(document.getElementById('a')!, { state: patch });
      await host.scope.settled();
    }, LIGHT);
    const target = await page.locator('.diagramStage').evaluate((stage) => {
      const [from, to] = ['input 1', 'neuron 1 of layer 1'].map(
        (name) => stage.querySelector<HTMLElement>(`button[aria-label^="${name}"]`)!,
      );
      const mark = document.createElement('div');
      const x = from!.offsetLeft + from!.offsetWidth;
      const y = from!.offsetTop + from!.offsetHeight / 2;
      const left = x + 0.2 * (to!.offsetLeft - x);
      const top = y + 0.2 * (to!.offsetTop + to!.offsetHeight / 2 - y);
      mark.style.cssText = `position: absolute; left: ${left}px; top: ${top}px; pointer-events: none`;
      stage.append(mark);
      const { x: atX, y: atY } = mark.getBoundingClientRect();
      mark.remove();
      return { x: atX, y: atY };
    });
    await page.mouse.move(target.x, target.y);
    await expect(page.locator('.diagramStatus')).toHaveText(/^x₁ → h₁,₁: −?0\.\d+$/);
  });

  test('that lost its capture drags no more', async ({ page }) => {
    await fill(page, '<div id="a" style="width: 600px; height: 500px"></div>');
    const moved = await page.evaluate(async (state) => {
      const host = window as unknown as HostWindow;
      const scope = host.createReluscope(document.getElementById('a')!, { state });
      await scope.settled();
      const canvas = document
        .querySelector('.reluscope')!
        .shadowRoot!.querySelector<HTMLCanvasElement>('canvas.canvas')!;
      // Synthetic pointers cannot be captured.
      canvas.setPointerCapture = () => undefined;
      const send = (type: string, clientX: number, buttons: number) =>
        canvas.dispatchEvent(
          new PointerEvent(type, { pointerId: 1, clientX, clientY: 200, buttons, bubbles: true }),
        );
      const x = () => scope.state.view.center[0];
      send('pointerdown', 200, 1);
      send('pointermove', 230, 1);
      const dragged = x();
      send('pointermove', 300, 0);
      send('pointermove', 330, 0);
      const afterNoButton = x();
      send('pointerdown', 200, 1);
      send('lostpointercapture', 200, 1);
      send('pointermove', 260, 1);
      return { dragged, afterNoButton, afterLoss: x() };
    }, RULER);
    expect(moved.dragged).toBeLessThan(0);
    expect(moved.afterNoButton).toBe(moved.dragged);
    expect(moved.afterLoss).toBe(moved.dragged);
  });
});

test('an element in a frame is styled and has keys, with the library in the page around it', async ({
  page,
}) => {
  await fill(page, '<iframe style="width: 700px; height: 560px; border: 0"></iframe>');
  await page.evaluate(async (state) => {
    const inside = document.querySelector('iframe')!.contentDocument!;
    inside.body.innerHTML = '<div style="width: 680px; height: 520px"></div>';
    const host = window as unknown as HostWindow;
    host.scope = host.createReluscope(inside.querySelector('div')!, { state });
    await host.scope.settled();
  }, LIGHT);
  const frame = page.frameLocator('iframe');
  const canvas = frame.locator('canvas.canvas');
  expect(countColors(PNG.sync.read(await canvas.screenshot()))).toBeGreaterThan(20);
  // From the style sheets.
  await expect(frame.locator('.app')).toHaveCSS('display', 'grid');
  await canvas.click({ position: { x: 50, y: 50 } });
  await page.keyboard.press('r');
  await page.keyboard.press('ArrowRight');
  const state = await page.evaluate(() => (window as unknown as HostWindow).scope.state);
  expect(state.field.network).toMatchObject({ seed: 1 });
  expect(state.view.center[0]).toBeGreaterThan(0);
  // What is typed into a field is no key of the picture.
  await page.keyboard.press('p');
  await frame.locator('input[type=text]').first().focus();
  await page.keyboard.press('r');
  const after = await page.evaluate(() => (window as unknown as HostWindow).scope.state);
  expect(after.field.network).toMatchObject({ seed: 1 });
});

test('text of the page around changes nothing of it', async ({ page }) => {
  const around = [
    '',
    'direction: rtl',
    'writing-mode: vertical-rl',
    'text-transform: uppercase; letter-spacing: 6px; word-spacing: 20px; text-shadow: 2px 2px red',
    'text-align: right; text-indent: 40px; line-height: 40px; white-space: pre; font: italic 30px serif',
  ];
  const rooms = around.map(
    (style) =>
      `<div style="float: left; ${style}"><div class="room" style="width: 480px; height: 420px"></div></div>`,
  );
  await fill(page, rooms.join(''));
  const texts = await page.evaluate(async (state) => {
    const host = window as unknown as HostWindow;
    const elements = [...document.querySelectorAll<HTMLElement>('.room')];
    const scopes = elements.map((element) =>
      host.createReluscope(element, { state: { ...state, hinges: true } }),
    );
    await Promise.all(scopes.map((scope) => scope.settled()));
    // Where the picture, and all words of its axes, its bar and its legend stand in each element.
    return elements.map((element) => {
      const { left, top } = element.getBoundingClientRect();
      const root = element.querySelector('.reluscope')!.shadowRoot!;
      const parts = root.querySelectorAll('canvas.canvas, .axis text, .colorBar span, .legend li');
      return [...parts].map((part) => {
        const box = part.getBoundingClientRect();
        const places = [box.left - left, box.top - top, box.width, box.height].map(Math.round);
        return `${part.textContent} ${places.join(' ')}`;
      });
    });
  }, LIGHT);
  expect(texts[0]!.length).toBeGreaterThan(8);
  for (const [i, style] of around.entries()) expect(texts[i], style).toEqual(texts[0]);
});

test('an element in a shadow tree is styled', async ({ page }) => {
  await fill(page, '<section></section>');
  await page.evaluate(async (state) => {
    const root = document.querySelector('section')!.attachShadow({ mode: 'open' });
    root.innerHTML = '<div style="width: 680px; height: 520px"></div>';
    const host = window as unknown as HostWindow;
    host.scope = host.createReluscope(root.querySelector('div')!, { state });
    await host.scope.settled();
  }, LIGHT);
  await expect(page.locator('.app')).toHaveCSS('display', 'grid');
});

test('the library from elsewhere counts regions as that of the page does', async ({
  page,
  baseURL,
}) => {
  // The files of the site, for pages of any origin.
  await page.route(`${ELSEWHERE}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    const response = await route.fetch({ url: new URL(pathname, baseURL).href });
    const headers = { ...response.headers(), 'access-control-allow-origin': '*' };
    await route.fulfill({ response, headers });
  });
  await fill(page, '<div id="a" style="width: 600px; height: 500px"></div>');
  for (const how of ['another origin', 'a blob'] as const) {
    const counts = await page.evaluate(
      async ([from, isBlob, state]) => {
        const url = `${from}/lib/reluscope.js`;
        const source = async () =>
          new Blob([await (await fetch(url)).text()], { type: 'text/javascript' });
        const library = isBlob ? URL.createObjectURL(await source()) : url;
        const { createReluscope: create } = await import(/* @vite-ignore */ library);
        const scope: Reluscope = create(document.getElementById('a')!, { state });
        const window = { x: [-1, 1], y: [-1, 1] } as const;
        const first = await scope.regions({ window });
        const second = await scope.regions({ window: null });
        scope.destroy();
        return [first.activationRegions, second.activationRegions];
      },
      [ELSEWHERE, how === 'a blob', LIGHT] as const,
    );
    expect(counts, `from ${how}`).toEqual([57, 211]);
  }
});
