import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Those of tests/gpu that draw on a canvas, which Node has not. */
const NEED_A_CANVAS = ['exportTiles', 'picture', 'notebookColours', 'workspace'];

// The tests of tests/gpu in Node, on whatever adapter Dawn finds there; run.mjs says on which.
export default defineConfig({
  root: here('../../..'),
  test: {
    name: 'dawn',
    environment: 'node',
    include: ['tests/gpu/**/*.test.ts', 'tests/adapters/dawn/*.test.ts'],
    exclude: NEED_A_CANVAS.map((name) => `tests/gpu/${name}.test.ts`),
    setupFiles: [here('setup.ts')],
    fileParallelism: false,
    // LLVM takes its time with the shaders of wide networks.
    testTimeout: 300_000,
  },
});
