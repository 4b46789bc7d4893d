// npm test: unit tests (Node), GPU tests and the page (a real browser, software adapter). The last
// lines list the slowest tests, and say how many passed and failed.

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { countVitest } from './vitestResults.mjs';

const RESULTS = '.cache/tests';
const playwrightResults = `${RESULTS}/playwright.json`;
const SLOWEST = 10;
const isWindows = process.platform === 'win32';

/** One run after the other: unit tests share a process, and GPU tests in the same run would stop for good. */
const VITEST_RUNS = [
  { name: 'unit', project: 'unit' },
  { name: 'gpu', project: 'gpu-together' },
];

// A fresh checkout first installs its dependencies.
if (!existsSync('node_modules')) {
  spawnSync('npm', ['ci'], { stdio: 'inherit', shell: isWindows });
}
const { ensureBrowser } = await import('./browser.mjs');

rmSync(RESULTS, { recursive: true, force: true });
mkdirSync(RESULTS, { recursive: true });
process.env.RELUSCOPE_BROWSER = ensureBrowser();

// Side by side: one computes while the other waits.
const [vitest, page] = await Promise.all([runVitest(), runPlaywright()]);
const runs = [...vitest, page];

const slowest = runs.flatMap(({ times }) => times).sort((a, b) => b.seconds - a.seconds);
console.log(`The slowest ${SLOWEST} tests:`);
for (const { seconds, name } of slowest.slice(0, SLOWEST)) {
  console.log(`${seconds.toFixed(1).padStart(6)} s  ${name}`);
}
const total = (key) => runs.reduce((sum, result) => sum + result[key], 0);
const failed = total('failed') + total('skipped');
for (const { name, passed, failed: wrong, skipped, seconds } of runs) {
  console.log(
    `${name}: ${passed} passed, ${wrong} failed, ${skipped} skipped (a skipped test is a failure), ` +
      `${Math.round(seconds)} s`,
  );
}
console.log(`${total('passed')} passed, ${failed} failed`);
process.exit(
  failed > 0 || total('passed') === 0 || runs.some((result) => result.status !== 0) ? 1 : 0,
);

async function runVitest() {
  const results = [];
  for (const { name, project } of VITEST_RUNS) {
    const output = `${RESULTS}/${name}.json`;
    const reports = ['--reporter=default', '--reporter=json', `--outputFile=${output}`];
    results.push(
      await run(name, ['vitest', 'run', '--project', project, ...reports], () => ({
        ...countVitest(output),
        times: vitestTimes(output),
      })),
    );
  }
  return results;
}

function runPlaywright() {
  return run('page', ['playwright', 'test'], () => {
    const { stats, suites } = readJson(playwrightResults);
    // A flaky test passed only on a retry: it does not count as passed.
    return {
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky,
      skipped: stats.skipped,
      times: suites.flatMap(playwrightTimes),
    };
  });
}

async function run(name, command, count) {
  const start = performance.now();
  const child = spawn('npx', command, {
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: isWindows,
    env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightResults },
  });
  // Whole lines, since two processes write them.
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => console.log(line));
  }
  const status = await new Promise((resolve) => child.on('close', resolve));
  const seconds = (performance.now() - start) / 1000;
  try {
    return { name, status, seconds, ...count() };
  } catch (error) {
    console.log(`${name} left no results: ${error.message}`);
    return { name, status: 1, seconds, passed: 0, failed: 1, skipped: 0, times: [] };
  }
}

function vitestTimes(output) {
  return readJson(output).testResults.flatMap(({ name: file, assertionResults }) =>
    assertionResults.map(({ fullName, duration }) => ({
      seconds: (duration ?? 0) / 1000,
      name: `${file.replace(/^.*\/tests\/(gpu\/together\.ts)?/, '')}: ${fullName}`,
    })),
  );
}

function playwrightTimes({ suites = [], specs }) {
  const own = specs.map(({ file, title, tests }) => ({
    seconds: tests[0].results.reduce((sum, { duration }) => sum + duration, 0) / 1000,
    name: `e2e/${file}: ${title}`,
  }));
  return [...own, ...suites.flatMap(playwrightTimes)];
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}
