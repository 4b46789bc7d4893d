import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { build, isStale } from '../../../bin/checkout.mjs';

const TARGET = { directory: 'dist/x', file: 'x.js', sources: ['src', 'one.json'], args: [] };

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'reluscope-'));
});
afterEach(() => rmSync(root, { recursive: true }));

/** Writes a file as of this second, and sets the directories on the way to the first. */
function write(path: string, second: number): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '');
  utimesSync(file, second, second);
  utimesSync(dirname(file), 1, 1);
  utimesSync(join(root, 'src'), 1, 1);
}

it('nothing is built if there are no sources', () => {
  expect(isStale(root, TARGET)).toBe(false);
});

it('what is missing is built', () => {
  write('src/a/b.ts', 10);
  expect(isStale(root, TARGET)).toBe(true);
});

it.each([
  ['src/a/b.ts', 19, false],
  ['src/a/b.ts', 21, true],
  ['one.json', 21, true],
])('%s of second %i beside a build of second 20', (path, second, expected) => {
  write('src/a.ts', 10);
  write('dist/x/x.js', 20);
  write(path, second);
  expect(isStale(root, TARGET)).toBe(expected);
});

it('a source that was taken away makes it stale', () => {
  write('src/a/b.ts', 10);
  write('dist/x/x.js', 20);
  rmSync(join(root, 'src/a/b.ts'));
  expect(isStale(root, TARGET)).toBe(true);
});

it('without vite it says what to do', () => {
  expect(() => build(root, TARGET)).toThrow(
    /vite is not installed in .*; run 'npm ci' there first/,
  );
});
