import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { PNG } from 'pngjs';
import { FIGURES, findFigure } from '../../src/figures/figures.ts';
import { encodeFigure } from '../../src/figures/figureUrl.ts';
import { initialSettings } from '../../src/figures/settings.ts';
import { readPngState } from '../../src/formats/pngMetadata.ts';
import { seedOf } from '../../src/model/seeds.ts';
import { DEFAULT_STATE } from '../../src/state/defaults.ts';
import { applyPatch } from '../../src/state/patch.ts';
import type { State } from '../../src/state/state.ts';
import { addStyles } from './addStyles.ts';
import { expect, freshTest, test } from './fixtures.ts';
import { countColors, dropFile, type ReluscopeWindow } from './reluscopePage.ts';
import { violationsOf } from './violations.ts';

/** As for the other golden pictures (pictures.spec.ts). */
const TOLERANCE = { threshold: 0.05, maxDiffPixelRatio: 0.002 };

/**
 * Panels of a fixed size without any text, which every machine draws in its own way and which would
 * move the rest; and without rounding errors, which another order of sums changes.
 */
const WORDLESS = `
  .header, .status, .heading, .caption, .panelTitle, .axis, .colorBar, .legend, .probe, .mark,
  .hint, .panelView:has(table), .training, .weightImages span, .weightScale,
  .panelView:has(.difference) { display: none !important; }
  .frame text { visibility: hidden !important; }
  .frame .sheet { display: block; }
  .frame .grid { display: flex !important; flex-wrap: wrap; gap: 4px; width: 500px; }
  .frame .panelView { flex: none; width: 120px !important; border: 0 !important; }
  .frame .panelView:has(.vectorPanel) { width: 240px !important; }
  .frame .room, .frame .plot, .frame .picture {
    display: block !important; width: 120px !important; height: 120px !important; }
  .frame .vectorPanel { width: 240px; height: 160px; min-height: 0; }
`;

async function openFigure(
  page: Page,
  id: string,
  settings: Readonly<Record<string, number | boolean>> = {},
): Promise<void> {
  await page.evaluate(
    async ([name, given]) => {
      const { reluscope } = window as ReluscopeWindow;
      reluscope.openFigure(name, given);
      await reluscope.settled();
    },
    [id, settings] as const,
  );
}

/** Shows a figure by its link, with one sample per pixel, so that a test does not wait for supersampling. */
async function drawOnce(page: Page, id: string): Promise<void> {
  const figure = findFigure(id);
  const settings = initialSettings(figure);
  const changed = new Map<number, State>();
  figure.panels(settings).forEach((panel, i) => {
    if (panel.kind !== 'field') return;
    changed.set(i, { ...applyPatch(DEFAULT_STATE, panel.state), supersampling: 1 });
  });
  await page.evaluate((link) => {
    window.location.hash = link;
  }, encodeFigure({ figure, settings, changed }));
  // Shown or, for a picture without words, hidden.
  await expect(page.locator('.heading')).toContainText(figure.title);
  await page.evaluate(() => (window as ReluscopeWindow).reluscope.settled());
}

test.describe('every figure is drawn, without complaints', () => {
  for (const { id, title } of FIGURES) {
    test(`${id}: ${title}`, async ({ page }) => {
      // Before it is opened: its fields are small from the start.
      await addStyles(page, WORDLESS);
      await drawOnce(page, id);
      await expect(page.locator('.grid')).toHaveScreenshot(`figure-${id}.png`, TOLERANCE);
    });
  }
});

/** Figures that hold every kind of panel and of control: the first that shows one. */
function figuresOfAllKinds(): readonly string[] {
  const seen = new Set<string>();
  return FIGURES.filter((figure) => {
    const parts = [...figure.panels(initialSettings(figure)), ...figure.controls];
    const known = seen.size;
    for (const { kind } of parts) seen.add(kind);
    return seen.size > known;
  }).map(({ id }) => id);
}

test('axe finds nothing in figures of all kinds', async ({ page }) => {
  const ids = figuresOfAllKinds();
  expect(ids).toContain('log-sum-exp');
  for (const id of ids) {
    await drawOnce(page, id);
    expect(await violationsOf(page), id).toEqual([]);
  }
});

test('axe finds nothing in the plain page and in the menu', async ({ page }) => {
  expect(await violationsOf(page)).toEqual([]);
  await page.keyboard.press('f');
  expect(await violationsOf(page)).toEqual([]);
});

freshTest(
  'axe finds nothing in the dark, on a phone, with reduced motion',
  async ({ page, reluscope }) => {
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    await page.setViewportSize({ width: 390, height: 700 });
    await reluscope.openWith({});
    expect(await violationsOf(page)).toEqual([]);
    for (const id of ['stable-log-sum-exp', 'gradient-of-lse']) {
      await drawOnce(page, id);
      expect(await violationsOf(page), id).toEqual([]);
    }
  },
);

test('the menu opens a figure by keyboard, and closing it brings the picture back', async ({
  page,
  reluscope,
}) => {
  await reluscope.set({ field: { kind: 'tanh', weight: [2, 1], bias: 0.5 } });
  const before = await reluscope.state();
  await page.keyboard.press('f');
  const menu = page.getByRole('dialog', { name: 'Figures' });
  await expect(menu.getByRole('button', { name: 'How the number of regions grows' })).toBeVisible();
  expect(await menu.getByRole('listitem').count()).toBe(FIGURES.length);
  for (let i = 0; i < 3; i++) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(menu).toBeHidden();
  const heading = page.getByRole('heading', { name: 'Softmax of three vectors' });
  await expect(heading).toBeFocused();
  // From the title on: what can be done to the figure, then its formula and its controls.
  const order: string[] = [];
  for (let i = 0; i < 8; i++) {
    await page.keyboard.press('Tab');
    order.push(
      await page.evaluate(() => {
        const focus = document.querySelector('.reluscope')!.shadowRoot!.activeElement!;
        return focus.getAttribute('aria-label') ?? focus.getAttribute('name') ?? focus.tagName;
      }),
    );
  }
  const saves = ['Save the figure as PNG', 'Save the figure as SVG', 'Close the figure'];
  const constant = ['constant', 'added constant c'];
  expect(order).toEqual(['Scale of saved figures', ...saves, 'Formula', ...constant, 'factor']);
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('cell', { name: '0.0832' }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Close the figure' }).press('Enter');
  await expect(heading).toHaveCount(0);
  expect(await reluscope.state()).toEqual(before);
  await expect(reluscope.canvas).toHaveCount(1);
});

freshTest(
  'a link holds the figure, its settings and the panels that a person changed',
  async ({ page, reluscope }) => {
    await reluscope.open('#v=2&figure=shallow-network&five=0&seed=7');
    await expect(reluscope.canvas).toHaveCount(3);
    await expect(page.getByRole('checkbox', { name: 'half-widths 5 and 500' })).not.toBeChecked();
    const seed = page.getByRole('slider', { name: 'seed' });
    await expect(seed).toHaveValue('7');
    expect(await reluscope.state()).toMatchObject({
      field: { network: { seed: 7 } },
      view: { halfWidth: 10 },
    });
    await page.evaluate(() => {
      const { reluscope: scope } = window as ReluscopeWindow;
      scope.activate(1);
      scope.set({ view: { center: [3, 4], halfWidth: 2 } });
    });
    await seed.fill('9');
    await expect
      .poll(() => new URL(page.url()).hash)
      .toMatch(
        /^#v=2&figure=shallow-network&five=0&seed=9&panel=2&network=drawn&.*seed=9.*&x=3&y=4&half=2/,
      );
    const shown = await page.evaluate(() => (window as ReluscopeWindow).reluscope.panels);
    // The control changed the seed of all panels, and left the view of one to the person.
    expect(shown.map(({ view }) => view.halfWidth)).toEqual([10, 2, 1000]);
    expect(shown.map(({ field }) => seedOf(field))).toEqual([9, 9, 9]);
    const { hash } = new URL(page.url());
    await page.goto('about:blank');
    await reluscope.open(hash);
    expect(await page.evaluate(() => (window as ReluscopeWindow).reluscope.panels)).toEqual(shown);
    // Pasted into the open page: a broken one says so, and changes nothing.
    await page.evaluate(() => {
      window.location.hash = '#v=2&figure=nothing';
    });
    await expect(page.getByRole('alert')).toContainText('expected one of log-sum-exp, softmax,');
    await expect(reluscope.canvas).toHaveCount(3);
  },
);

test('scripts list and open figures; what is wrong throws and changes nothing', async ({
  page,
}) => {
  const answers = await page.evaluate(async () => {
    const { reluscope: scope } = window as ReluscopeWindow;
    const told = (work: () => void) => {
      try {
        work();
        return 'nothing';
      } catch (error) {
        return `${(error as Error).name}: ${(error as Error).message}`;
      }
    };
    scope.openFigure('np-gradient', { deep: true, seed: 2 });
    const errors = [
      told(() => scope.openFigure('gradient')),
      told(() => scope.openFigure('softmax', { seed: 1 })),
      told(() => scope.openFigure('np-gradient', { seed: -1 })),
    ];
    const panels = scope.panels.length;
    scope.closeFigure();
    return { ids: scope.figures.map(({ id }) => id), errors, panels, after: scope.panels.length };
  });
  expect(answers.ids).toEqual(FIGURES.map(({ id }) => id));
  expect(answers.errors).toEqual([
    expect.stringMatching(/^InvalidInputError: figure: received "gradient", expected one of log-/),
    expect.stringContaining('InvalidInputError: settings.seed: received 1, expected no such key'),
    expect.stringContaining('InvalidInputError: settings.seed: received -1'),
  ]);
  expect([answers.panels, answers.after]).toEqual([12, 1]);
});

test('the difference of the gradient and softmax is rounding, in words beneath', async ({
  page,
}) => {
  await openFigure(page, 'gradient-of-lse', { lambda: 1 });
  const words = page.locator('.differenceWords');
  await expect(words).toHaveCount(2);
  for (const text of await words.allTextContents()) {
    // Three units of the last place of numbers below 1, in float32.
    const [, digits] = /^Largest difference (\d(?:\.\d)?)×10⁻⁷;/.exec(text)!;
    expect(Number(digits)).toBeLessThan(3.6);
  }
  const picture = page.getByRole('img', { name: '∂lse / ∂z₁ − softmax₁. Largest difference' });
  expect(countColors(PNG.sync.read(await picture.screenshot()))).toBeGreaterThan(5);
});

test('the names of classes below a picture are whole', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await openFigure(page, 'advisory');
  const names = page.locator('.colorBar .word');
  await expect(names).toHaveText([
    'keep on',
    'weak left',
    'weak right',
    'strong left',
    'strong right',
  ]);
  const isCut = (words: Element[]) => words.map((word) => word.scrollWidth > word.clientWidth);
  expect(await names.evaluateAll(isCut)).toEqual([false, false, false, false, false]);
});

test('a panel that is added makes the fields of a figure a page of their own', async ({
  page,
  reluscope,
}) => {
  await openFigure(page, 'log-sum-exp');
  await page.getByRole('button', { name: /^Duplicate the panel/ }).click();
  await expect(page.getByRole('button', { name: 'Close the figure' })).toHaveCount(0);
  await expect(reluscope.canvas).toHaveCount(8);
  await expect
    .poll(() => new URL(page.url()).hash)
    .toMatch(/^#v=2&columns=4&.*panel=8&network=identity&readout=gap/);
});

test('a figure is a PNG with all its panels, which restores it when it is dropped', async ({
  page,
}) => {
  await openFigure(page, 'gradient-of-lse', { lambda: 3 });
  const bytes = await page.evaluate(async () => {
    const shares: number[] = [];
    const blob = await (window as ReluscopeWindow).reluscope.toPng({
      ...{ width: 700, height: 500, scale: 1 },
      onProgress: (share) => shares.push(share),
    });
    if (!(Math.abs(shares.at(-1)! - 1) <= 1e-9)) throw new Error(`ended at ${shares.at(-1)}`);
    return [...new Uint8Array(await blob.arrayBuffer())];
  });
  const png = PNG.sync.read(Buffer.from(bytes), { checkCRC: true });
  expect([png.width, png.height]).toEqual([700, 500]);
  expect(readPngState(Uint8Array.from(bytes))).toBe('v=2&figure=gradient-of-lse&lambda=3');
  // Three panels in a row, each with its colours where the page's field is bright and dark.
  const colored = (from: number, to: number) => {
    let count = 0;
    for (let i = 0; i < png.data.length; i += 4) {
      const [x, parts] = [(i / 4) % png.width, [...png.data.subarray(i, i + 3)]];
      if (x >= from && x < to && Math.max(...parts) - Math.min(...parts) > 40) count += 1;
    }
    return count;
  };
  for (const third of [0, 1, 2]) {
    expect(colored((700 / 3) * third, (700 / 3) * (third + 1)), `${third}`).toBeGreaterThan(1500);
  }
  await page.evaluate(() => (window as ReluscopeWindow).reluscope.closeFigure());
  await dropFile(page, 'figure.png', Uint8Array.from(bytes));
  await expect(page.getByRole('heading', { name: 'The gradient of log-sum-exp' })).toBeVisible();
  await expect(page.getByRole('slider', { name: 'λ' })).toHaveValue('3');
});

test('a figure is saved as SVG: fields as images, all else as vectors and text', async ({
  page,
}) => {
  await openFigure(page, 'neuron');
  await page.getByRole('combobox', { name: 'Scale of saved figures' }).selectOption('1×');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save the figure as SVG' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('reluscope-neuron.svg');
  const svg = readFileSync(await download.path(), 'utf8');
  const found = await page.evaluate(async (text) => {
    const root = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
    const images = await Promise.all(
      [...root.querySelectorAll('image')].map(async (element) => {
        const image = new Image();
        image.src = element.getAttribute('href')!;
        await image.decode();
        return image.naturalWidth === image.naturalHeight && image.naturalWidth === 364;
      }),
    );
    const ids = [...root.querySelectorAll('[id]')].map(({ id }) => id);
    return {
      root: root.nodeName,
      images,
      title: root.querySelector('title')!.textContent,
      // Each point is one subpath of the discs of its look.
      points: [...root.querySelectorAll('path')].flatMap((path) => [
        ...(path.getAttribute('d') ?? '').matchAll(/M[^M]*a9[ ,]9[^M]*/g),
      ]).length,
      curves: root.querySelectorAll('polyline[fill="none"]').length,
      isUnique: new Set(ids).size === ids.length,
    };
  }, svg);
  expect(found).toMatchObject({
    root: 'svg',
    images: [true, true],
    title: findFigure('neuron').title,
    points: 8,
    isUnique: true,
  });
  expect(found.curves).toBeGreaterThanOrEqual(4);
  expect(svg).toContain('reluscope:state v=2&#38;figure=neuron');
  expect(svg).toContain('>The curves show both functions with their derivatives.');
});
