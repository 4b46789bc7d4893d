// npm test: unit tests (Node), GPU tests and the page (a real browser, software adapter). The last
// line says how many passed and failed.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { countVitest } from './vitestResults.mjs';

const RESULTS = '.cache/tests';
const vitestResults = `${RESULTS}/vitest.json`;
const playwrightResults = `${RESULTS}/playwright.json`;

// A fresh checkout installs itself first.
if (!existsSync('node_modules')) {
  spawnSync('npm', ['ci'], { stdio: 'inherit', shell: process.platform === 'win32' });
}
const { ensureBrowser } = await import('./browser.mjs');

rmSync(RESULTS, { recursive: true, force: true });
mkdirSync(RESULTS, { recursive: true });
process.env.RELUSCOPE_BROWSER = ensureBrowser();

const runs = [
  run(
    'vitest',
    ['run', '--reporter=default', '--reporter=json', `--outputFile=${vitestResults}`],
    () => countVitest(vitestResults),
  ),
  run('playwright', ['test'], () => {
    const { stats } = JSON.parse(readFileSync(playwrightResults, 'utf8'));
    // A flaky test passed only on a retry: it does not count as passed.
    return {
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky,
      skipped: stats.skipped,
    };
  }),
];

const total = (key) => runs.reduce((sum, result) => sum + result[key], 0);
const failed = total('failed') + total('skipped');
for (const { name, passed, failed: wrong, skipped } of runs) {
  console.log(
    `${name}: ${passed} passed, ${wrong} failed, ${skipped} skipped (a skipped test is a failure)`,
  );
}
console.log(`${total('passed')} passed, ${failed} failed`);
process.exit(
  failed > 0 || total('passed') === 0 || runs.some((result) => result.status !== 0) ? 1 : 0,
);

function run(name, args, count) {
  const { status } = spawnSync('npx', [name, ...args], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightResults },
  });
  try {
    return { name, status, ...count() };
  } catch (error) {
    console.log(`${name} left no results: ${error.message}`);
    return { name, status: 1, passed: 0, failed: 1, skipped: 0 };
  }
}
