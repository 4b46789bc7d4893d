// In a checkout, what the command line needs is built when it is missing or older than its sources. An
// installed package has no sources: it is used as it is.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * @typedef {object} Target what vite builds
 * @property {string} directory where it goes, from the root
 * @property {string} file what must be in it
 * @property {readonly string[]} sources files and directories, from the root
 * @property {readonly string[]} args what vite is told
 */

/** @type {Target} */
export const CLI = {
  directory: 'dist/cli',
  file: 'reluscope.mjs',
  sources: ['src', 'bin', 'scripts/browser.mjs', 'vite.config.ts', 'package.json'],
  args: ['--mode', 'cli'],
};

/** @type {Target} */
export const SITE = {
  directory: 'dist/site',
  file: 'index.html',
  sources: ['src', 'shaders', 'public', 'index.html', 'vite.config.ts', 'package.json'],
  args: [],
};

/**
 * @param {string} root the directory of package.json
 * @param {Target} target
 * @returns {boolean} whether it must be built
 */
export function isStale(root, { directory, file, sources }) {
  if (!existsSync(join(root, 'src'))) return false;
  const built = statSync(join(root, directory, file), { throwIfNoEntry: false });
  return !built || sources.some((source) => newest(join(root, source)) > built.mtimeMs);
}

/**
 * @param {string} root
 * @param {Target} target
 * @throws {Error} with what vite said
 */
export function build(root, { directory, args }) {
  const goal = join(root, directory);
  // Beside its place, and moved there when done: whoever uses the old one is not disturbed.
  const fresh = `${goal}-${process.pid}`;
  mkdirSync(dirname(goal), { recursive: true });
  try {
    const options = ['--outDir', fresh, '--emptyOutDir', '--logLevel', 'warn'];
    const { status, stderr, error } = spawnSync(
      process.execPath,
      [viteProgram(root), 'build', ...args, ...options],
      { cwd: root, encoding: 'utf8' },
    );
    if (status !== 0) {
      throw new Error(`${directory} could not be built: ${error?.message ?? stderr.trim()}`);
    }
    rmSync(goal, { recursive: true, force: true });
    renameSync(fresh, goal);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** @param {string} root */
function viteProgram(root) {
  try {
    const resolver = createRequire(pathToFileURL(join(root, 'package.json')));
    return join(dirname(resolver.resolve('vite/package.json')), 'bin/vite.js');
  } catch {
    throw new Error(`vite is not installed in ${root}; run 'npm ci' there first`);
  }
}

/**
 * @param {string} path
 * @returns {number} when the file, or the last changed file below the directory, was changed
 */
function newest(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  // A directory's own time tells of files that were taken away.
  return readdirSync(path).reduce(
    (time, name) => Math.max(time, newest(join(path, name))),
    stats.mtimeMs,
  );
}
