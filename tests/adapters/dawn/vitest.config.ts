import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Those of tests/gpu that draw on a canvas, which Node has not. */
const NEED_A_CANVAS = ['exportTiles', 'picture', 'notebookColors', 'workspace'];

// The tests of tests/gpu in Node, on whatever adapter Dawn finds there; run.mjs says on which.
export default defineConfig({
  root: here('../../..'),
  test: {
    name: 'dawn',
    environment: 'node',
    include: ['tests/gpu/**/*.test.ts', 'tests/adapters/dawn/*.test.ts'],
    exclude: NEED_A_CANVAS.map((name) => `tests/gpu/${name}.test.ts`),
    setupFiles: [here('setup.ts')],
    // One device for all files, so that what several of them draw is compiled once.
    isolate: false,
    fileParallelism: false,
    // LLVM takes its time with the shaders of wide networks.
    testTimeout: 1_200_000,
    hookTimeout: 300_000,
  },
});
