import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { browserLaunch } from './scripts/browser.mjs';

/** A module in one file, which works from a blob, too: there it could import nothing beside it. */
const moduleOf = (name: string, source = name) => ({
  outDir: 'dist/lib',
  lib: {
    entry: fileURLToPath(new URL(`src/${source}.ts`, import.meta.url)),
    formats: ['es' as const],
    fileName: name,
  },
  rolldownOptions: { output: { codeSplitting: false } },
});
const lib = moduleOf('reluscope');
// It has no page: Node can import it. Built after the library, into the same directory.
const training = { ...moduleOf('training'), emptyOutDir: false, copyPublicDir: false };

// What the Python package holds: the library with what it needs in a notebook.
const notebook = {
  ...moduleOf('notebook', 'notebook/notebook'),
  outDir: 'python/src/reluscope/static',
  copyPublicDir: false,
};

// The command line, for Node: dependencies stay outside.
const cli = {
  outDir: 'dist/cli',
  target: 'node20',
  ssr: true,
  copyPublicDir: false,
  rolldownOptions: {
    input: { reluscope: 'src/cli/main.ts', regionsThread: 'src/cli/regionsThread.ts' },
    // All beside each other: the program starts its threads from there.
    output: { entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' },
  },
};

const site = {
  outDir: 'dist/site',
  target: 'es2023',
  rolldownOptions: { input: { index: 'index.html', start: 'src/start.ts' } },
};

/** Lets the site's start script run before the page's, which imports it, has been fetched. */
const startFirst: Plugin = {
  name: 'start-first',
  transformIndexHtml: {
    order: 'post',
    handler: (html, { bundle = {} }) => {
      const start = Object.values(bundle).find(({ name }) => name === 'start');
      const script = `<script type="module" crossorigin src="./${start?.fileName}"></script>`;
      return start ? html.replace('<script', `${script}\n    <script`) : html;
    },
  },
};

/** Ends a test that hangs; a busy machine does not come near it. */
const LIMIT_MS = 120_000;

/** Tests in a browser with the software adapter. */
const gpuTests = (name: string, include: string) => ({
  extends: true as const,
  // As for the page.
  optimizeDeps: { include: ['fast-check'] },
  test: {
    name,
    include: [include],
    // One page at a time: two software adapters on two cores only slow each other down.
    fileParallelism: false,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({ launchOptions: browserLaunch() }),
      instances: [{ browser: 'chromium' as const }],
    },
  },
});

/** Versions as Lightning CSS counts them. */
const version = (major: number, minor = 0) => (major << 16) | (minor << 8);

export default defineConfig(({ mode }) => ({
  base: './',
  plugins: [startFirst],
  // What is newer than the oldest browsers served, such as light-dark(), is spelled in their words, while developing too.
  css: {
    transformer: 'lightningcss',
    lightningcss: { targets: { chrome: version(113), safari: version(16, 4) } },
  },
  build: { lib, training, notebook, cli }[mode] ?? site,
  // Found while tests run, they would reload the page in the middle of one.
  optimizeDeps: {
    include: [
      '@noble/hashes/sha2.js',
      '@noble/hashes/utils.js',
      'fflate',
      'idb',
      'lil-gui',
      'pbf',
      'wgpu-matrix',
    ],
  },
  server: { port: 5173, strictPort: false },
  test: {
    testTimeout: LIMIT_MS,
    hookTimeout: LIMIT_MS,
    // A test that asserts nothing fails.
    expect: { poll: { timeout: LIMIT_MS / 2 }, requireAssertions: true },
    projects: [
      {
        extends: true,
        // The package's file for Node is CommonJS under the name of an ES module.
        resolve: { alias: { wgsl_reflect: 'wgsl_reflect/wgsl_reflect.module.js' } },
        test: {
          name: 'unit',
          environment: 'node',
          // A process and all modules anew for each file would double the time.
          isolate: false,
          include: ['tests/unit/**/*.test.ts'],
          server: { deps: { inline: ['wgsl_reflect'] } },
        },
      },
      gpuTests('gpu', 'tests/gpu/**/*.test.ts'),
      // What `npm test` runs of them.
      gpuTests('gpu-together', 'tests/gpu/together.ts'),
    ],
  },
}));
