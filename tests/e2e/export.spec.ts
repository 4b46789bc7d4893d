import { readFileSync } from 'node:fs';
import type { Download, Page } from '@playwright/test';
import { PNG } from 'pngjs';
import { layoutPicture } from '../../src/drawing/pictureLayout.ts';
import { readPngState, writePngState } from '../../src/formats/pngMetadata.ts';
import { readOnnx } from '../../src/models/onnx/readOnnx.ts';
import { colormapTable } from '../../src/scales/colormaps.ts';
import type { State } from '../../src/state/state.ts';
import { decodeState, encodeState } from '../../src/state/url.ts';
import { validateState } from '../../src/state/validate.ts';
import { pytorchSnippet } from '../../src/torch/pytorch.ts';
import { expect, test } from './fixtures.ts';
import { dropFile, type ReluscopeWindow } from './reluscopePage.ts';

/** max(x₁, x₂) in fixed colours: every pixel's colour is known. */
const MAX = {
  field: { kind: 'max', logits: null },
  range: { mode: 'fixed', min: -5, max: 5 },
} as const;
const SIZE = { width: 420, height: 340 };

test.beforeEach(async ({ page }) => {
  await page.getByRole('button', { name: 'Export' }).click();
});

/** Presses a button of the panel and takes what it saves. */
async function save(page: Page, name: string): Promise<{ download: Download; bytes: Buffer }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name, exact: true }).click(),
  ]);
  await expect(page.getByText(`Saved ${download.suggestedFilename()}.`)).toBeVisible();
  return { download, bytes: readFileSync(await download.path()) };
}

async function type(page: Page, name: string, text: string): Promise<void> {
  const input = page.getByRole('textbox', { name, exact: true });
  await input.fill(text);
  await input.press('Enter');
}

async function chooseSize(page: Page, scale = 1): Promise<void> {
  await type(page, 'size', `${SIZE.width * scale} x ${SIZE.height * scale}`);
  await page.getByRole('combobox', { name: 'resolution' }).selectOption(`${96 * scale} dpi`);
}

/** The largest difference of a colour, in bytes, between the exported field and max(x₁, x₂). */
function worstColor({ width, height, data }: PNG, scale: number): number {
  const { plot } = layoutPicture(SIZE.width, SIZE.height, 'fill');
  expect([width, height]).toEqual([SIZE.width * scale, SIZE.height * scale]);
  const table = colormapTable('viridis');
  const perUnit = (Math.min(plot.width, plot.height) * scale) / 2;
  let worst = 0;
  for (const [column, row] of [
    [20, 30],
    [100, 200],
    [plot.width * scale - 20, 60],
    [plot.width * scale - 20, plot.height * scale - 20],
  ] as const) {
    const x = (5 * (column + 0.5 - (plot.width * scale) / 2)) / perUnit;
    const y = (-5 * (row + 0.5 - (plot.height * scale) / 2)) / perUnit;
    const entry = Math.min(255, Math.floor(((Math.max(x, y) + 5) / 10) * 256));
    const at = 4 * ((plot.y * scale + row) * width + plot.x * scale + column);
    // The kernel's float32 may fall into the next of 256 entries.
    const errors = [entry - 1, entry, entry + 1].map((near) => {
      const from = 4 * Math.max(0, Math.min(255, near));
      return Math.max(...[0, 1, 2, 3].map((i) => Math.abs(table[from + i]! - data[at + i]!)));
    });
    worst = Math.max(worst, Math.min(...errors));
  }
  return worst;
}

for (const scale of [1, 2]) {
  test(`a PNG at ${scale}× has the field in its colours, and a frame`, async ({
    page,
    reluscope,
  }) => {
    await reluscope.set(MAX);
    await chooseSize(page, scale);
    const { download, bytes } = await save(page, 'PNG');
    expect(download.suggestedFilename()).toBe('reluscope-max-half5.png');
    const png = PNG.sync.read(bytes, { checkCRC: true });
    expect(worstColor(png, scale)).toBeLessThanOrEqual(1);
    // Ink in the title, below the plot, left of it and in the bar's numbers.
    const { plot, bar } = layoutPicture(SIZE.width, SIZE.height, 'fill');
    const dark = (x: number, y: number, width: number, height: number) => {
      let count = 0;
      for (let row = y * scale; row < (y + height) * scale; row++) {
        for (let column = x * scale; column < (x + width) * scale; column++) {
          if (png.data[4 * (row * png.width + column)]! < 128) count += 1;
        }
      }
      return count;
    };
    expect(dark(plot.x, 0, plot.width, plot.y - 4)).toBeGreaterThan(20);
    expect(dark(plot.x, plot.y + plot.height + 8, plot.width, 20)).toBeGreaterThan(20);
    expect(dark(0, plot.y, plot.x - 8, plot.height)).toBeGreaterThan(20);
    expect(dark(bar.x + bar.width + 8, plot.y, 60, plot.height)).toBeGreaterThan(20);
  });
}

test('a PNG that is dropped on the page brings its state back', async ({ page, reluscope }) => {
  await reluscope.set({
    field: { kind: 'softmax', lambda: 3, component: 1 },
    view: { center: [1, 2], halfWidth: 0.25 },
    colormap: 'magma',
  });
  const before = await reluscope.state();
  await chooseSize(page);
  const { bytes } = await save(page, 'PNG');
  expect(decodeState(readPngState(bytes)!).state).toEqual(before);
  await reluscope.set({ field: { kind: 'mlp' }, colormap: 'greys', view: { halfWidth: 100 } });
  await dropFile(page, 'mine.png', bytes);
  await expect.poll(() => reluscope.state()).toEqual(before);
});

test('a PNG is opened by the keyboard as well', async ({ page, reluscope }) => {
  const state = validateState({ field: { kind: 'tanh', weight: [2, 1], bias: 1 }, hinges: true });
  const plain = new Uint8Array(PNG.sync.write(new PNG({ width: 2, height: 2 })));
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'PNG…' }).press('Enter'),
  ]);
  const buffer = Buffer.from(writePngState(plain, encodeState(state)));
  await chooser.setFiles({ name: 'mine.png', mimeType: 'image/png', buffer });
  await expect.poll(() => reluscope.state()).toEqual(state);
});

test('files that hold no state are refused with the reason', async ({ page, reluscope }) => {
  const before = await reluscope.state();
  const plain = new Uint8Array(PNG.sync.write(new PNG({ width: 2, height: 2 })));
  const cut = writePngState(plain, encodeState(before)).subarray(0, 60);
  const broken = writePngState(plain, 'v=1&field=mlp&seed=much');
  for (const [name, bytes, reason] of [
    ['notes.txt', Buffer.from('hello'), 'holds no numbers'],
    ['notes.bin', Buffer.from('hello'), 'no known format'],
    ['plain.png', plain, 'This PNG was not saved by Reluscope'],
    ['cut.png', cut, 'expected a PNG that is not cut off'],
    ['broken.png', broken, 'The state in this PNG is broken: seed: received "much"'],
  ] as const) {
    await dropFile(page, name, bytes);
    await expect(page.getByRole('alert').filter({ hasText: reason })).toContainText(name);
  }
  expect(await reluscope.state()).toEqual(before);
});

test('sizes that cannot be are refused', async ({ page }) => {
  await type(page, 'size', 'large');
  await expect(
    page.getByText('The size is "large"; it must be a size, e.g. 1600x1200'),
  ).toBeVisible();
  await type(page, 'size', '800 × 20');
  await expect(page.getByText('The height is 20; it must be 300 to 16384 pixels.')).toBeVisible();
  await type(page, 'size', '12 cm');
  await expect(page.getByText('1417 × 1265 px, 12 × 10.7 cm')).toBeVisible();
  // Its pixels are too few at another resolution: the line below the size says so, and so does an attempt.
  await type(page, 'size', '5 cm');
  await page.getByRole('combobox', { name: 'resolution' }).selectOption('96 dpi');
  await expect(page.getByText('The width is 189; it must be 300 to 16384 pixels.')).toBeVisible();
  await page.getByRole('button', { name: 'PNG', exact: true }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'width: received 189' })).toBeVisible();
});

test('a PNG may be wider than any texture of the device', async ({ page, reluscope }) => {
  const { plot } = layoutPicture(16384, 300, 'fill');
  const half = plot.width / plot.height;
  await reluscope.set({
    field: { kind: 'max' },
    view: { center: [0, 0], halfWidth: 1 },
    frame: 'fill',
    range: { mode: 'fixed', min: -1, max: half },
  });
  await type(page, 'size', '16384 × 300');
  await page.getByRole('combobox', { name: 'resolution' }).selectOption('96 dpi');
  const { bytes } = await save(page, 'PNG');
  const png = PNG.sync.read(bytes, { checkCRC: true });
  expect([png.width, png.height]).toEqual([16384, 300]);
  const table = colormapTable('viridis');
  // Along the middle row max(x₁, 0) grows from the middle of the plot to its right end.
  for (const share of [0.1, 0.3, 0.55, 0.7, 0.85, 0.99]) {
    const column = Math.floor(plot.x + share * plot.width);
    const at = 4 * ((plot.y + plot.height / 2) * png.width + column);
    const value = Math.max(0, half * (2 * share - 1));
    const entry = Math.floor(((value + 1) / (half + 1)) * 256);
    const errors = [entry - 1, entry, entry + 1].map((near) => {
      const from = 4 * Math.max(0, Math.min(255, near));
      return Math.max(...[0, 1, 2].map((i) => Math.abs(table[from + i]! - png.data[at + i]!)));
    });
    expect(Math.min(...errors)).toBeLessThanOrEqual(1);
  }
});

test('an SVG holds the field as an image, and text as text', async ({ page, reluscope }) => {
  const field = { kind: 'sigmoid', weight: [1, -1], bias: 0 };
  await reluscope.set({ field, data: { kind: 'exercise' }, frame: 'fill' });
  await chooseSize(page);
  const { bytes } = await save(page, 'SVG');
  const found = await page.evaluate(async (text) => {
    const root = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
    const field = new Image();
    field.src = root.querySelector('image')!.getAttribute('href')!;
    await field.decode();
    return {
      root: root.nodeName,
      field: [field.naturalWidth, field.naturalHeight],
      // Each point is one subpath of the discs of its look.
      points: [...root.querySelectorAll('path')].flatMap((path) => [
        ...(path.getAttribute('d') ?? '').matchAll(/M[^M]*a9[ ,]9[^M]*/g),
      ]).length,
      title: root.querySelector('title')!.textContent,
      texts: root.querySelectorAll('text').length,
    };
  }, bytes.toString('utf8'));
  const { plot } = layoutPicture(SIZE.width, SIZE.height, 'fill');
  expect(found).toMatchObject({
    root: 'svg',
    field: [plot.width, plot.height],
    points: 4,
    title: 'sigmoid(wᵀx + b), w = (1, −1), b = 0',
  });
  expect(found.texts).toBeGreaterThan(12);
  expect(bytes.toString('utf8')).toContain('>class 1</text>');
});

test('the grid is saved for NumPy, in the size that was typed', async ({ page }) => {
  await type(page, 'samples per side', '1');
  await expect(page.getByText('Enter a whole number from 2 to 2048')).toBeVisible();
  await type(page, 'samples per side', '33');
  const { bytes } = await save(page, '.npy');
  const headerLength = 10 + bytes.readUInt16LE(8);
  expect(bytes.toString('latin1', 10, headerLength)).toContain(
    `'<f8', 'fortran_order': False, 'shape': (33, 33)`,
  );
  const expected = await page.evaluate(() => {
    const grid = { x: [-5, 5], y: [-5, 5], width: 33, height: 33 } as const;
    return [...(window as ReluscopeWindow).reluscope.reference(grid).values];
  });
  expect(bytes.length - headerLength).toBe(8 * expected.length);
  const span = Math.max(...expected) - Math.min(...expected);
  expected.forEach((value, i) => {
    const error = Math.abs(bytes.readDoubleLE(headerLength + 8 * i) - value);
    // float32 kernels: some units of 2⁻²⁴ of the range.
    expect(error <= 1e-5 * span).toBe(true);
  });
});

test('any network is saved as JSON, safetensors and ONNX', async ({ page, reluscope }) => {
  const { bytes } = await save(page, 'JSON');
  const network = await page.evaluate(() => (window as ReluscopeWindow).reluscope.network());
  expect(JSON.parse(bytes.toString('utf8'))).toEqual({
    ...network,
    state: await reluscope.state(),
  });
  const saved = await save(page, 'safetensors');
  expect(saved.download.suggestedFilename()).toBe('reluscope-mlp-2-20-1-seed0.safetensors');
  const headerLength = 8 + Number(saved.bytes.readBigUInt64LE(0));
  const header = JSON.parse(saved.bytes.toString('utf8', 8, headerLength)) as Record<
    string,
    object
  >;
  expect(Object.keys(header)).toEqual(['__metadata__', '0.weight', '0.bias', '2.weight', '2.bias']);
  expect(saved.bytes.readFloatLE(headerLength)).toBe(network.layers[0]!.weight[0]![0]);
  await reluscope.set({ field: { kind: 'sigmoid', weight: [1, -2], bias: 0.5 } });
  const whole = await save(page, 'ONNX');
  expect(whole.download.suggestedFilename()).toBe('reluscope-sigmoid.onnx');
  const [layer] = readOnnx(new Uint8Array(whole.bytes)).network.layers;
  expect([[...layer!.weight], [...layer!.bias], layer!.activation]).toEqual([
    [1, -2],
    [0.5],
    'identity',
  ]);
  const field = readOnnx(new Uint8Array((await save(page, 'as ONNX')).bytes)).network;
  expect(field.layers[0]!.activation).toBe('sigmoid');
});

test('a PyTorch program is copied, and that is said', async ({ page, reluscope, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy as PyTorch' }).click();
  await expect(
    page.getByRole('status').filter({ hasText: 'Copied a PyTorch program' }),
  ).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const state: State = await reluscope.state();
  const title = 'ReLU network 2-20-1, seed 0 · 81 parameters';
  expect(copied).toBe(pytorchSnippet(state, { title }));
  await context.clearPermissions();
});

test('without a clipboard the program is saved, and that is said', async ({ page }) => {
  await page.evaluate(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true });
  });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Copy as PyTorch' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('reluscope-mlp-2-20-1-seed0-half5.py');
  await expect(page.getByText('Cannot access the clipboard.')).toBeVisible();
  // The one that all pages have is seen again.
  await page.evaluate(() => Reflect.deleteProperty(navigator, 'clipboard'));
});

test('scripts draw a PNG of any size', async ({ page, reluscope }) => {
  const bytes = await page.evaluate(async () => {
    const { reluscope: scope } = window as ReluscopeWindow;
    const blob = await scope.toPng({ width: 360, height: 330, scale: 1 });
    return [...new Uint8Array(await blob.arrayBuffer())];
  });
  const { width, height } = PNG.sync.read(Buffer.from(bytes));
  expect([width, height]).toEqual([360, 330]);
  expect(decodeState(readPngState(Uint8Array.from(bytes))!).state).toEqual(await reluscope.state());
  const message = await page.evaluate(() =>
    (window as ReluscopeWindow).reluscope
      .toPng({ scale: 0 })
      .catch((error: Error) => error.message),
  );
  expect(message).toBe('scale: received 0, expected a number from 0.5 to 16');
});
