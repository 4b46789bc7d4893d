import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

/** Which rooms of src each room may import from; top-level files count as the room '.'. */
const ALLOWED: Record<string, readonly string[]> = {
  model: [],
  numeric: [],
  reference: ['model', 'numeric'],
  view: ['model', 'numeric'],
  state: ['model', 'numeric', 'view'],
  export: ['model', 'numeric', 'view', 'state'],
  geometry: ['model', 'numeric'],
  figures: ['model', 'view', 'state', 'geometry', 'export'],
  kernels: ['model', 'numeric', 'view', 'shaders'],
  gpu: ['kernels', 'model', 'numeric'],
  // Passes are given what they need: no UI. The state comes in as plain data, as a type.
  passes: ['gpu', 'kernels', 'model', 'numeric', 'reference', 'view', 'state', 'shaders', '.'],
  // Pictures that nobody sees until they are files.
  offscreen: ['gpu', 'passes', 'export', 'state', '.'],
  // It drives the page from outside: a browser stands between it and the rest.
  cli: ['model', 'reference', 'state', 'export', 'figures', 'bin', 'scripts'],
  ui: [
    ...['model', 'numeric', 'reference', 'geometry', 'view', 'state', 'export', 'figures'],
    ...['offscreen', '.'],
  ],
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

test('passes take the state as types only', () => {
  for (const file of sourceFiles(join(SRC, 'passes'))) {
    const lines = readFileSync(file, 'utf8').split('\n');
    const values = lines.filter(
      (line) => line.includes("'../state/") && !line.startsWith('import type'),
    );
    expect(values).toEqual([]);
  }
});
