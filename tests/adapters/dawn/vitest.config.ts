import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const GPU_TESTS = here('../../gpu');

/** Those that draw on a canvas, which Node has not. */
const onCanvas = readdirSync(GPU_TESTS)
  .filter((name) => name.endsWith('.test.ts'))
  .filter((name) => readFileSync(`${GPU_TESTS}/${name}`, 'utf8').includes('document.'));

// The tests of tests/gpu in Node, on whatever adapter Dawn finds there; run.mjs says on which.
export default defineConfig({
  root: here('../../..'),
  test: {
    name: 'dawn',
    environment: 'node',
    include: ['tests/gpu/**/*.test.ts', 'tests/adapters/dawn/*.test.ts'],
    exclude: onCanvas.map((name) => `tests/gpu/${name}`),
    setupFiles: [here('setup.ts')],
    // One device for all files, so that what several of them draw is compiled once.
    isolate: false,
    fileParallelism: false,
    // LLVM takes its time with the shaders of wide networks.
    testTimeout: 1_200_000,
    hookTimeout: 300_000,
  },
});
