import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

/** Which rooms of src each room may import from; '.' are the top-level files, which are the page and the library. */
const ALLOWED: Record<string, readonly string[]> = {
  input: ['numeric'],
  // Waiting, and giving up.
  signals: ['input'],
  numeric: [],
  // Threads that a page shares.
  workers: [],
  model: ['input', 'numeric'],
  // Networks from files.
  models: ['input', 'model', 'numeric', 'formats'],
  // Data sets, drawn, given or from files.
  data: ['input', 'model', 'models', 'numeric', 'formats'],
  // Networks learn.
  training: ['input', 'model', 'numeric', 'data'],
  // Runs in workers, or where there are none.
  trainer: ['training', 'data', 'signals', 'input', 'model', 'formats'],
  reference: ['input', 'model', 'numeric'],
  scales: ['input', 'model', 'numeric'],
  view: ['input', 'model', 'numeric', 'scales'],
  geometry: ['input', 'model', 'numeric'],
  // Links hold small networks.
  state: ['input', 'model', 'models', 'numeric', 'scales', 'view', 'data', 'training', 'formats'],
  formats: ['input', 'model'],
  // From a state to what lies over and beside its picture.
  overlay: [
    ...['input', 'model', 'numeric', 'scales', 'view', 'state', 'data', 'reference'],
    'formats',
  ],
  drawing: [
    'input',
    'model',
    'numeric',
    'scales',
    'view',
    'geometry',
    'state',
    'formats',
    'overlay',
  ],
  // What networks of images have learnt: weights, and who is taken for whom.
  learnt: [
    ...['input', 'model', 'scales', 'data', 'training', 'state', 'reference', 'overlay'],
    'drawing',
  ],
  torch: ['input', 'model', 'numeric', 'scales', 'view', 'state', 'data', 'training'],
  figures: [
    ...['input', 'model', 'models', 'numeric', 'scales', 'view', 'state', 'geometry', 'overlay'],
    ...['drawing', 'formats', 'data', 'training', 'learnt'],
  ],
  kernels: ['input', 'model', 'numeric', 'view', 'shaders'],
  gpu: ['kernels', 'input', 'model', 'numeric'],
  passes: ['gpu', 'kernels', 'input', 'model', 'numeric', 'reference', 'scales', 'view', 'shaders'],
  // From a state to its picture; the state comes in as plain data, as a type.
  picture: [
    ...['passes', 'gpu', 'kernels', 'input', 'model', 'numeric', 'reference', 'scales', 'view'],
    'state',
  ],
  // The picture on a canvas that a person sees.
  screen: [
    ...['picture', 'passes', 'gpu', 'kernels', 'input', 'model', 'numeric', 'reference', 'state'],
    'view',
  ],
  // Pictures that nobody sees until they are files.
  offscreen: ['input', 'picture', 'passes', 'gpu', 'formats', 'drawing', 'overlay', 'state'],
  // What a saved picture or figure is put together from.
  exporting: [
    ...['offscreen', 'picture', 'drawing', 'overlay', 'formats', 'figures', 'state', 'view'],
    ...['scales', 'reference', 'model', 'input', 'geometry', 'signals', 'data'],
  ],
  // Counting regions in a worker, and what is said of them.
  regions: ['workers', 'signals', 'geometry', 'view', 'scales', 'input', 'model', 'numeric'],
  // Files are read in a worker.
  reading: ['workers', 'input', 'model', 'models'],
  // Counting many networks, a record each.
  batches: ['input', 'model', 'geometry', 'regions'],
  // It drives the page from outside: a browser stands between it and the rest.
  cli: [
    ...['input', 'model', 'models', 'geometry', 'reference', 'state', 'formats', 'drawing'],
    ...['figures', 'batches', 'data', 'training', 'trainer', 'bin', 'scripts'],
  ],
  ui: [
    ...['input', 'model', 'numeric', 'reference', 'geometry', 'scales', 'view', 'state'],
    ...['formats', 'drawing', 'torch', 'figures', 'regions', 'exporting', 'offscreen', 'screen'],
    ...['overlay', 'picture', 'models', 'data', 'training', 'trainer', 'learnt', 'reading'],
  ],
  // A page in a notebook. It drives the library as other pages do, and prepares the library's input.
  notebook: ['.', 'input', 'model', 'models', 'screen', 'state'],
};

const SRC = resolve(import.meta.dirname, '../../src');

function sourceFiles(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
}

function roomOf(file: string): string {
  const path = relative(SRC, file);
  if (path.startsWith('..')) return path.split('/')[1];
  return path.includes('/') ? path.split('/')[0] : '.';
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  const found = text.matchAll(/(?:from|import)\s*\(?\s*(?:new URL\()?'(\.[^'?]*)(?:\?[^']*)?'/g);
  return [...found].map((match) => resolve(dirname(file), match[1]));
}

for (const [room, allowed] of Object.entries(ALLOWED)) {
  test(`src/${room} imports only from ${allowed.join(', ') || 'itself'}`, () => {
    const files = sourceFiles(join(SRC, room));
    expect(files.length).toBeGreaterThan(0);
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .filter((target) => roomOf(target) !== room && !allowed.includes(roomOf(target)))
        .map((target) => `${relative(SRC, file)} imports ${relative(SRC, target)}`),
    );
    expect(wrong).toEqual([]);
  });
}

test('every room says what it may import', () => {
  const rooms = readdirSync(SRC, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(Object.keys(ALLOWED).sort()).toEqual(rooms.map(({ name }) => name).sort());
});

test('no file imports in a circle, types included', () => {
  const imports = new Map(sourceFiles(SRC).map((file) => [file, importsOf(file)]));
  const circles = circlesOf(imports).map((circle) => circle.map((file) => relative(SRC, file)));
  expect(circles.map((circle) => circle.join(' → '))).toEqual([]);
});

/** The first circle that is found below each file, as the files of it in the order of their imports. */
function circlesOf(imports: ReadonlyMap<string, readonly string[]>): string[][] {
  const circles: string[][] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]) => {
    const start = path.indexOf(file);
    if (start >= 0) circles.push(path.slice(start));
    if (start >= 0 || done.has(file)) return;
    for (const target of imports.get(file) ?? []) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of imports.keys()) visit(file, []);
  return circles;
}

test('pictures take the state as types only', () => {
  for (const file of sourceFiles(join(SRC, 'picture'))) {
    const lines = readFileSync(file, 'utf8').split('\n');
    const values = lines.filter(
      (line) => line.includes("'../state/") && !line.startsWith('import type'),
    );
    expect(values).toEqual([]);
  }
});
