import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { PNG } from 'pngjs';
import { layoutPicture, layoutSquare } from '../../src/drawing/pictureLayout.ts';
import { readPngState } from '../../src/formats/pngMetadata.ts';
import { colormapTable } from '../../src/scales/colormaps.ts';
import type { StatePatch } from '../../src/state/patchTypes.ts';
import { encodeSheet } from '../../src/state/sheetUrl.ts';
import { expect, test } from './fixtures.ts';
import { dropFile, LIGHT, type ReluscopeWindow } from './reluscopePage.ts';

/** max(x₁, x₂) at two half-widths: each panel alone would use the whole colour map. */
const panelOf = (halfWidth: number): StatePatch => ({
  ...LIGHT,
  field: { kind: 'max' },
  view: { halfWidth },
});
const SHEET = { panels: [panelOf(4), panelOf(1)], sharedRange: true, columns: 2, active: 1 };
const SIZE = { width: 800, height: 340 };

/** Saves what is open in this size, at one pixel per unit of text. */
async function save(page: Page, form: 'PNG' | 'SVG', size: string): Promise<Buffer> {
  const input = page.getByRole('textbox', { name: 'size', exact: true });
  await input.fill(size);
  await input.press('Enter');
  await page.getByRole('combobox', { name: 'resolution' }).selectOption('96 dpi');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: form, exact: true }).click(),
  ]);
  await expect(page.getByText(`Saved ${download.suggestedFilename()}.`)).toBeVisible();
  return readFileSync(await download.path());
}

async function openSheet(page: Page): Promise<void> {
  await page.evaluate(async (sheet) => {
    const { reluscope } = window as ReluscopeWindow;
    reluscope.open(sheet);
    await reluscope.settled();
  }, SHEET);
}

/** The largest difference, in bytes, from the colour of `value` in the range −4 … 4, at a place of the diagonal. */
function worstColor(png: PNG, panel: 0 | 1, place: number, value: number): number {
  const { plot } = layoutSquare(SIZE.width / 2, SIZE.height);
  const [x, y] = [0.5 + place / 2, 0.5 - place / 2];
  const column = Math.floor((panel * SIZE.width) / 2 + plot.x + x * plot.width);
  const row = Math.floor(plot.y + y * plot.height);
  const at = 4 * (row * png.width + column);
  const table = colormapTable('viridis');
  const entry = 4 * Math.floor(((value + 4) / 8) * 256);
  return Math.max(...[0, 1, 2].map((i) => Math.abs(png.data[at + i]! - table[entry + i]!)));
}

test('all panels are saved as one PNG, with their common range, and come back from it', async ({
  page,
  reluscope,
}) => {
  await openSheet(page);
  const before = await page.evaluate(() => (window as ReluscopeWindow).reluscope.sheet);
  await page.getByRole('button', { name: 'Export' }).click();
  const bytes = await save(page, 'PNG', `${SIZE.width} × ${SIZE.height}`);
  await expect(page.getByText('Saved reluscope-2-panels.png.')).toBeVisible();
  const png = PNG.sync.read(bytes, { checkCRC: true });
  expect([png.width, png.height]).toEqual([SIZE.width, SIZE.height]);
  for (const place of [-0.8, -0.3, 0.4, 0.9]) {
    // A pixel is 1.2 of the map's 256 entries, and viridis changes by less than 3 an entry.
    expect(worstColor(png, 0, place, 4 * place)).toBeLessThanOrEqual(9);
    expect(worstColor(png, 1, place, place)).toBeLessThanOrEqual(9);
  }
  expect(readPngState(bytes)).toBe(encodeSheet(before));

  await page.evaluate(() => (window as ReluscopeWindow).reluscope.open({ panels: [{}] }));
  await dropFile(page, 'panels.png', bytes);
  await expect(reluscope.canvas).toHaveCount(2);
  expect(await page.evaluate(() => (window as ReluscopeWindow).reluscope.sheet)).toEqual(before);
});

test('one panel of several is drawn alone where a script or a person asks for it', async ({
  page,
}) => {
  await openSheet(page);
  const [first, refused] = await page.evaluate(async () => {
    const { reluscope } = window as ReluscopeWindow;
    const blob = await reluscope.toPng({ panel: 0, width: 400, height: 300, scale: 1 });
    const answer = await reluscope.toPng({ panel: 2 }).catch((error: Error) => error.message);
    return [[...new Uint8Array(await blob.arrayBuffer())], answer] as const;
  });
  expect(readPngState(Uint8Array.from(first))).toContain('half=4');
  expect(refused).toBe('panel: received 2, expected an integer from 0 to 1');

  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('combobox', { name: 'panels' }).selectOption('active panel');
  await page.getByRole('combobox', { name: 'resolution' }).selectOption('96 dpi');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'SVG', exact: true }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('reluscope-max-half1.svg');
  const svg = readFileSync(await download.path(), 'utf8');
  expect(svg.match(/<image /g)).toHaveLength(1);
  expect(svg).toContain('half=1');
});

test('a picture for paper has as many pixels as its size demands, and states their density', async ({
  page,
}) => {
  const bytes = await page.evaluate(async () => {
    const { reluscope } = window as ReluscopeWindow;
    const blob = await reluscope.toPng({ width: '3 cm', height: '2.6 cm' });
    return [...new Uint8Array(await blob.arrayBuffer())];
  });
  const png = PNG.sync.read(Buffer.from(bytes), { checkCRC: true });
  expect([png.width, png.height]).toEqual([354, 307]);
  // 300 dpi, before the pixels.
  const content = Buffer.from(bytes);
  const at = content.indexOf('pHYs');
  expect(content.readUInt32BE(at + 4)).toBe(11811);
  expect(at).toBeLessThan(content.indexOf('IDAT'));
});

test('an export that takes long shows its progress, stays alone, and can be cancelled', async ({
  page,
}) => {
  await page.getByRole('button', { name: 'Export' }).click();
  const size = page.getByRole('textbox', { name: 'size', exact: true });
  await size.fill('16000 x 12000');
  await size.press('Enter');
  const png = page.getByRole('button', { name: 'PNG', exact: true });
  await png.click();
  const drawing = page.getByRole('status').filter({ hasText: 'Drawing 16000 × 12000 px' });
  await expect(drawing.getByRole('progressbar')).not.toHaveJSProperty('value', 0);
  await png.click();
  await expect(page.getByText('Another export is running.')).toBeVisible();
  await expect(drawing).toHaveCount(1);
  await drawing.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('The export was cancelled.')).toBeVisible();
  await expect(drawing).toHaveCount(0);
});

test('hinges and contours of an SVG are vectors, where a PNG has them as pixels', async ({
  page,
  reluscope,
}) => {
  await reluscope.set({
    field: { kind: 'mlp', widths: [2, 5, 4, 1], seed: 3 },
    view: { center: [0.3, -0.2], halfWidth: 4 },
    contours: { lines: true, count: 8 },
    hinges: true,
    colormap: 'greys',
  });
  await page.getByRole('button', { name: 'Export' }).click();
  const png = PNG.sync.read(await save(page, 'PNG', '400 x 330'));
  const svg = (await save(page, 'SVG', '400 x 330')).toString('utf8');
  expect(svg.match(/<path /g)).toHaveLength(2);
  expect(svg.match(/<polyline [^>]*stroke-width="1.2"/g)!.length).toBeGreaterThan(5);
  const drawn = await page.evaluate(async (text) => {
    const image = new Image();
    image.src = `data:image/svg+xml,${encodeURIComponent(text)}`;
    await image.decode();
    const context = new OffscreenCanvas(400, 330).getContext('2d')!;
    context.drawImage(image, 0, 0);
    return [...context.getImageData(0, 0, 400, 330).data];
  }, svg);
  const { plot } = layoutPicture(400, 330, 'square');
  let apart = 0;
  for (let row = plot.y + 1; row < plot.y + plot.height - 1; row += 1) {
    for (let column = plot.x + 1; column < plot.x + plot.width - 1; column += 1) {
      const at = 4 * (row * 400 + column);
      const worst = Math.max(...[0, 1, 2].map((i) => Math.abs(drawn[at + i]! - png.data[at + i]!)));
      if (worst > 100) apart += 1;
    }
  }
  // Lines cover a tenth of the plot; where they meet, the two smooth their edges in other ways.
  expect(apart / (plot.width * plot.height)).toBeLessThan(0.005);
});
