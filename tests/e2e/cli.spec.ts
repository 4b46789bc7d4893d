import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { PNG } from 'pngjs';
import { layoutPicture } from '../../src/drawing/pictureLayout.ts';
import { FIGURES } from '../../src/figures/figures.ts';
import { readPngState } from '../../src/formats/pngMetadata.ts';
import { enumerateRegions } from '../../src/geometry/enumerateRegions.ts';
import { validateField } from '../../src/model/fieldValidation.ts';
import { resolve } from '../../src/model/resolve.ts';
import { colormapTable } from '../../src/scales/colormaps.ts';
import { DEFAULT_STATE } from '../../src/state/defaults.ts';
import { applyPatch } from '../../src/state/patch.ts';
import { decodeState } from '../../src/state/url.ts';
import { grids, readSamples, worstError } from '../reference/notebook/notebookReference.ts';

/** The site that playwright.config.ts has just built. */
const SITE = ['--site', 'dist/e2e'];

/** max(x₁, x₂) from −5 to 5 in fixed colours: every pixel's colour is known. */
const MAX = {
  field: { kind: 'max', logits: null },
  range: { mode: 'fixed', min: -5, max: 5 },
  supersampling: 1,
};

// A test starts several browsers.
test.describe.configure({ timeout: 300_000 });

// What starts side by side must not build side by side.
test.beforeAll(() => reluscope(['--version']));

interface Run {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line as a person does. */
function reluscope(args: readonly string[], env: Record<string, string> = {}): Promise<Run> {
  return new Promise((end) => {
    execFile(
      process.execPath,
      ['bin/reluscope.mjs', ...args],
      { env: { ...process.env, ...env } },
      (error, stdout, stderr) => {
        end({ status: error ? Number(error.code) : 0, stdout, stderr });
      },
    );
  });
}

const SILENT: Run = { status: 0, stdout: '', stderr: '' };

interface Refused {
  readonly args: readonly string[];
  readonly env?: Record<string, string>;
  /** A part of what it says. */
  readonly says: string;
}

/** Runs several command lines side by side, all of which are to end with this status. */
async function expectRefusals(status: number, refused: readonly Refused[]): Promise<void> {
  const runs = await Promise.all(refused.map(({ args, env }) => reluscope(args, env)));
  refused.forEach(({ says }, i) => {
    const run = runs[i]!;
    expect(run.stderr).toContain(says);
    expect(run.stderr.split('\n').at(-2)).toMatch(/^reluscope: /);
    expect(run.status).toBe(status);
  });
}

/** A site whose page does this, in place of Reluscope. */
function fakeSite(directory: string, script: string): string[] {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'index.html'), `<script>${script}</script>`);
  return ['--site', directory];
}

test('render draws a state, and what it wrote draws itself again', async () => {
  const info = test.info();
  const [first, second] = [info.outputPath('first.png'), info.outputPath('second.png')];
  const run = await reluscope([
    'render',
    JSON.stringify(MAX),
    '-o',
    first,
    '--size',
    '640x600',
    ...SITE,
  ]);
  const bytes = readFileSync(first);
  expect(run).toEqual({
    status: 0,
    stdout: '',
    stderr: `Starting the browser…\nDrawing ${first}…\nWrote ${first}, ${bytes.length.toLocaleString('en')} bytes\n`,
  });
  const png = PNG.sync.read(bytes, { checkCRC: true });
  expect([png.width, png.height]).toEqual([640, 600]);
  expect(decodeState(readPngState(bytes)!).state).toEqual(applyPatch(DEFAULT_STATE, MAX));
  expectMaximum(png, 2);
  expect(
    await reluscope(['render', first, '-o', second, '--size', '640x600', '-q', ...SITE]),
  ).toEqual({ status: 0, stdout: '', stderr: '' });
  expect(readFileSync(second).equals(bytes)).toBe(true);
});

/** The plot has the colours of max(x₁, x₂) along its diagonals. */
function expectMaximum(png: PNG, scale: number): void {
  const { plot } = layoutPicture(png.width / scale, png.height / scale, 'square');
  const table = colormapTable('viridis');
  const side = Math.min(plot.width, plot.height) * scale;
  for (const place of [-0.9, -0.45, 0.15, 0.8]) {
    for (const sign of [-1, 1]) {
      const x = Math.round(scale * (plot.x + plot.width / 2) + (place * side) / 2);
      const y = Math.round(scale * (plot.y + plot.height / 2) - (sign * place * side) / 2);
      const value = 5 * (sign < 0 ? Math.abs(place) : place);
      const at = 4 * (y * png.width + x);
      const received = [...png.data.subarray(at, at + 3)];
      // A pixel is 1.4 of the map's 256 entries, and viridis changes by less than 3 an entry.
      const entry = 4 * Math.floor(((value + 5) / 10) * 256);
      const worst = Math.max(...received.map((part, i) => Math.abs(part - table[entry + i]!)));
      expect(worst <= 9, `at ${x}, ${y}: received ${received}`).toBe(true);
    }
  }
}

test('sample writes the numbers of the notebook', async () => {
  const info = test.info();
  const file = info.outputPath('grid.npy');
  const grid = grids.find(
    ({ name, quantity, halfWidth, side }) =>
      name === 'deep' && quantity === 'npGradientRows' && halfWidth === 10 && side === 100,
  )!;
  const state = info.outputPath('state.json');
  writeFileSync(state, JSON.stringify({ field: grid.field, supersampling: 1 }));
  const what = ['--x', '-10,10', '--y', '-10,10', '--size', '100x100', '--quantity', grid.quantity];
  const { status, stderr } = await reluscope(['sample', state, '-o', file, ...what, ...SITE]);
  expect(stderr).toContain('Sampling 100 × 100 values…');
  expect(status).toBe(0);
  const bytes = readFileSync(file);
  const start = 10 + bytes.readUInt16LE(8);
  expect(bytes.toString('latin1', 10, start)).toContain(
    `'<f8', 'fortran_order': False, 'shape': (100, 100)`,
  );
  const values = Float64Array.from({ length: 10_000 }, (_, i) => bytes.readDoubleLE(start + 8 * i));
  const samples = readSamples(
    new Uint8Array(readFileSync('tests/reference/notebook/samples.npy')).buffer,
  );
  // As tests/gpu/notebook.test.ts has it.
  expect(worstError(grid, samples[grids.indexOf(grid)]!, values) <= 1e-5).toBe(true);
});

/** A page whose pictures of figures are as wide as their names are long. */
const FAKE_FIGURES = `
  let open = new URLSearchParams(location.hash.slice(1)).get('figure');
  window.reluscope = {
    ready: Promise.resolve(),
    openFigure: async (id) => { open = id; },
    toPng: async ({ width = open.length, height = 7, scale = 1, onProgress }) => {
      onProgress(0.5);
      const canvas = new OffscreenCanvas(width * scale, height * scale);
      canvas.getContext('2d').fillRect(0, 0, 1, 1);
      return canvas.convertToBlob({ type: 'image/png' });
    },
  };`;

test('figures are drawn by name, and all of them', async () => {
  const info = test.info();
  const site = fakeSite(info.outputPath('site'), FAKE_FIGURES);
  const [one, linked, all] = ['softmax.png', 'linked.png', 'all'].map((name) =>
    info.outputPath(name),
  ) as [string, string, string];
  const [byName, byLink, ofAll] = await Promise.all([
    reluscope(['render', 'softmax', '-o', one, '--size', '400x300', ...site]),
    reluscope(['render', '#v=1&figure=softmax', '-o', linked, ...site]),
    reluscope(['render', '--figure', 'all', '-o', all, '--scale', '2', ...site]),
  ]);
  expect(byName.status).toBe(0);
  expect(PNG.sync.read(readFileSync(one))).toMatchObject({ width: 400, height: 300 });
  expect(byLink.status).toBe(0);
  expect(PNG.sync.read(readFileSync(linked))).toMatchObject({ width: 7, height: 7 });
  expect(ofAll.status).toBe(0);
  expect(ofAll.stderr).toContain(`Drawing 2 of ${FIGURES.length}, softmax…\n`);
  expect(readdirSync(all).sort()).toEqual(FIGURES.map(({ id }) => `${id}.png`).sort());
  const { width } = PNG.sync.read(readFileSync(join(all, 'softmax.png')));
  expect(width).toBe(14);
});

test('mistakes end it with 2 and a sentence', async () => {
  const info = test.info();
  const file = info.outputPath('a.png');
  const render = ['render', '{}', '-o', file];
  await expectRefusals(2, [
    { args: [...render, '--sise', '3'], says: "Unknown option '--sise'" },
    {
      args: ['render', 'missing.json', '-o', file],
      says: "no such file: 'missing.json'",
    },
    {
      args: ['render', '{}', '-o', join(file, 'a.png')],
      says: 'expected a file in a directory that exists',
    },
    {
      args: ['render', 'softmax', '-o', '/proc/a.png'],
      says: "-o: cannot write '/proc/a.png': ENOENT",
    },
    { args: ['render', '--figure', 'nope'], says: 'figure: received "nope", expected one of' },
    {
      args: [...render, '--site', info.outputPath('.')],
      says: 'expected a directory with an index.html',
    },
    { args: ['sample', '{}', '-o', 'a.npy', '--x', '0,1e31'], says: 'sample: x[1]: received' },
    // Before a browser starts.
    {
      args: [...render, '--size', '200x400'],
      env: { RELUSCOPE_BROWSER: '/nowhere' },
      says: 'width: received 200',
    },
  ]);
});

test('failures exit with 1 and the reason', async () => {
  const info = test.info();
  const args = ['render', '{}', '-o', info.outputPath('a.png')];
  const broken = fakeSite(
    info.outputPath('broken'),
    "window.reluscope = { ready: Promise.reject(new Error('There is no graphics adapter.')) };",
  );
  const other = fakeSite(info.outputPath('other'), '');
  await expectRefusals(1, [
    {
      args: [...args, ...SITE],
      env: { RELUSCOPE_BROWSER: '/nowhere' },
      says: "RELUSCOPE_BROWSER: received '/nowhere', expected",
    },
    {
      args: [...args, ...SITE],
      env: { RELUSCOPE_BROWSER: process.execPath },
      says: `The browser ${process.execPath} did not start`,
    },
    { args: [...args, ...broken], says: 'reluscope: There is no graphics adapter.\n' },
    { args: [...args, ...other], says: "the site is not Reluscope's" },
  ]);
});

test('regions counts networks on several threads, in parts, and goes on where it was ended', async () => {
  const file = (name: string) => test.info().outputPath(name);
  const seeds = ['regions', '2-5-5-1', '--seeds', '0:300', '--threads', '2', '-q'];
  expect(await reluscope([...seeds, '-o', file('all')])).toEqual(SILENT);
  const all = readFileSync(file('all'), 'utf8');
  const records = all
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(records.map(({ seed }) => seed)).toEqual(Array.from({ length: 300 }, (_, i) => i));
  const field = validateField({ network: { kind: 'drawn', widths: [2, 5, 5, 1], seed: 7 } });
  const { activationRegions, vertices } = enumerateRegions(resolve(field).whole, { window: null });
  expect(records[7]).toMatchObject({ network: '2-5-5-1', activationRegions, vertices });

  for (const part of [1, 2, 3]) {
    expect(await reluscope([...seeds, '--shard', `${part}/3`, '-o', file(`${part}`)])).toEqual(
      SILENT,
    );
  }
  expect([1, 2, 3].map((part) => readFileSync(file(`${part}`), 'utf8')).join('')).toBe(all);

  writeFileSync(file('ended'), all.slice(0, 5000));
  expect(await reluscope([...seeds, '--resume', '-o', file('ended')])).toEqual(SILENT);
  expect(readFileSync(file('ended'), 'utf8')).toBe(all);

  const one = await reluscope(['regions', '2-5-5-1', '--seeds', '7', '-q']);
  expect(one).toEqual({ ...SILENT, stdout: `${all.split('\n')[7]}\n` });
});

test('help, version and the list of figures need no browser', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const nowhere = { RELUSCOPE_BROWSER: '/nowhere' };
  expect(await reluscope(['--version'], nowhere)).toEqual({
    status: 0,
    stdout: `${version}\n`,
    stderr: '',
  });
  expect(await reluscope(['figures'], nowhere)).toEqual({
    status: 0,
    stdout: FIGURES.map(({ id, title }) => `${id}\t${title}\n`).join(''),
    stderr: '',
  });
  const { status, stdout } = await reluscope(['render', '--help'], nowhere);
  expect(status).toBe(0);
  expect(stdout).toContain('--size SIZE');
});
