// npm run test:adapters: the GPU tests on another adapter than `npm test` has, with the arithmetic of others, and in
// another browser. It takes names of configurations and of test files, and runs all where none is named; the last lines say
// how many tests passed and failed in each configuration. What can not be had fails, and is not skipped.

import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { countVitest } from '../../scripts/vitestResults.mjs';
import { ensureFirefox } from './install/firefox.mjs';
import { ensureContraction, ensureLavapipe } from './install/lavapipe.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const RESULTS = join(ROOT, '.cache/adapters');

/** Tests in Node evaluate little of what they compile: LLVM's passes would take longer than what they save. */
const dawn = () => ({ ...ensureLavapipe(), GALLIVM_PERF: 'nopt' });

/**
 * Each says in which environment what runs: `dawn` is Node, `firefox` is Firefox.
 * @type {Record<string, { where: 'dawn' | 'firefox', environment: () => Record<string, string> }>}
 */
const CONFIGURATIONS = {
  lavapipe: { where: 'dawn', environment: dawn },
  'contracted-left': { where: 'dawn', environment: () => contracted('left') },
  'contracted-right': { where: 'dawn', environment: () => contracted('right') },
  'worst-builtins': {
    where: 'dawn',
    environment: () => ({ ...dawn(), RELUSCOPE_BUILTINS: 'worst' }),
  },
  firefox: {
    where: 'firefox',
    environment: () => ({ ...ensureLavapipe(), RELUSCOPE_FIREFOX: ensureFirefox() }),
  },
};

function contracted(side) {
  const environment = dawn();
  return { ...environment, ...ensureContraction(environment), RELUSCOPE_CONTRACT: side };
}

const names = Object.keys(CONFIGURATIONS);
const received = process.argv.slice(2);
const files = received.filter((name) => name.endsWith('.test.ts'));
const chosen = received.filter((name) => !files.includes(name));
const unknown = chosen.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(
    `received ${unknown.join(', ')}, expected files named *.test.ts and some of ${names.join(', ')}`,
  );
  process.exit(2);
}

const results = (chosen.length > 0 ? chosen : names).map(run);
for (const { name, passed, failed, skipped } of results) {
  console.log(
    `${name}: ${passed} passed, ${failed} failed, ${skipped} skipped (a skipped test is a failure)`,
  );
}
const total = add(results);
const failed = total.failed + total.skipped;
console.log(`${total.passed} passed, ${failed} failed`);
process.exit(failed > 0 || total.passed === 0 ? 1 : 0);

/** The counts of several runs. */
function add(counts) {
  const sum = (key) => counts.reduce((all, count) => all + count[key], 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}

/** Runs the tests in a configuration. */
function run(name) {
  const { where } = CONFIGURATIONS[name];
  console.log(`\n${name}`);
  // Once a device was lost, Firefox gives none to the next file.
  const runs = where === 'firefox' ? firefoxTests().map((file) => [file]) : [files];
  return { name, ...add(runs.map((those) => runFiles(name, those))) };
}

/** The files that Firefox runs: all of them, or those that were named. */
function firefoxTests() {
  const all = ['tests/gpu', 'tests/adapters/firefox'].flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => `${folder}/${name}`),
  );
  return files.length === 0 ? all : all.filter((path) => files.some((name) => path.endsWith(name)));
}

function runFiles(name, those) {
  const { where, environment } = CONFIGURATIONS[name];
  const output = join(RESULTS, name, 'vitest.json');
  try {
    // Shaders that were compiled under one arithmetic are not for another: each run has a cache of its own.
    const shaders = join(RESULTS, name, 'shaders');
    const env = { ...process.env, ...environment(), MESA_SHADER_CACHE_DIR: shaders };
    rmSync(join(RESULTS, name), { recursive: true, force: true });
    mkdirSync(shaders, { recursive: true });
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${output}`];
    const config = join(ROOT, 'tests/adapters', where, 'vitest.config.ts');
    const { status } = spawnSync(
      'npx',
      ['vitest', 'run', '--config', config, ...reporters, ...those],
      {
        cwd: ROOT,
        stdio: 'inherit',
        env,
      },
    );
    const counts = countVitest(output);
    // A worker that crashed fails no test.
    const failed = status === 0 ? counts.failed : Math.max(1, counts.failed);
    return { ...counts, failed };
  } catch (error) {
    console.error(`${name} could not be run: ${error.message}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
