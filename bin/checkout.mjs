// In a checkout, whatever the command line needs is built if it is missing or older than its sources. An
// installed package has no sources and is used as it is.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * @typedef {object} Target what vite builds
 * @property {string} directory its directory, relative to the root
 * @property {string} file a file that it must contain
 * @property {readonly string[]} sources files and directories, relative to the root
 * @property {readonly string[]} args the arguments of vite
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
 * @throws {Error} with vite's output
 */
export function build(root, { directory, args }) {
  const goal = join(root, directory);
  // Built beside its place and moved there when done, so that users of the old one are not disturbed.
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
 * @returns {number} the time of the last change of the file, or of any file below the directory
 */
function newest(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  // A directory's own time shows that files were removed.
  return readdirSync(path).reduce(
    (time, name) => Math.max(time, newest(join(path, name))),
    stats.mtimeMs,
  );
}
