import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { ensureFirefox } from '../install/firefox.mjs';
import { installedFirefox } from './provider.ts';

// All of tests/gpu, and what only Firefox is asked, in an installed Firefox; run.mjs says on which adapter.
export default defineConfig({
  root: fileURLToPath(new URL('../../..', import.meta.url)),
  optimizeDeps: { include: ['wgpu-matrix', 'lil-gui'] },
  test: {
    name: 'firefox',
    include: ['tests/gpu/**/*.test.ts', 'tests/adapters/firefox/*.test.ts'],
    fileParallelism: false,
    // LLVM takes its time with the shaders of wide networks.
    testTimeout: 1_200_000,
    hookTimeout: 300_000,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: installedFirefox(ensureFirefox()),
      instances: [{ browser: 'firefox' }],
    },
  },
});
