import { createServer } from 'node:net';
import { defineConfig } from '@playwright/test';
import { browserLaunch } from './scripts/browser.mjs';

// The workers read this file again: the port is chosen once and handed on.
process.env.RELUSCOPE_PORT ??= String(await findFreePort());
const url = `http://localhost:${process.env.RELUSCOPE_PORT}/`;

// The site as it is published, and beside it the library as it is published.
const SERVE = [
  'vite build --outDir dist/e2e --logLevel warn',
  'vite build --mode lib --outDir dist/e2e/lib --logLevel warn',
  `vite preview --outDir dist/e2e --port ${process.env.RELUSCOPE_PORT} --strictPort`,
].join(' && npx ');

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  // One page at a time: `npm test` has another one beside it, and software adapters share two cores.
  workers: 1,
  forbidOnly: true,
  retries: 0,
  // Limits that end what hangs: a busy machine does not come near them.
  timeout: 180_000,
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [['list'], ['json']] : 'list',
  snapshotPathTemplate: '{testDir}/pictures/{arg}{ext}',
  expect: { timeout: 60_000 },
  use: {
    baseURL: url,
    launchOptions: browserLaunch(),
    // Large enough for the controls to be open; each pixel costs time on the software adapter.
    viewport: { width: 1000, height: 700 },
    deviceScaleFactor: 1,
    screenshot: 'only-on-failure',
  },
  webServer: { command: `npx ${SERVE}`, url, timeout: 120_000 },
});

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, 'localhost', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
