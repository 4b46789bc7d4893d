// Serves the page and the sources, with the headers that WebAssembly threads need.

import { createReadStream, existsSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PEERS = fileURLToPath(new URL('node_modules/', import.meta.url));
const TYPES = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm' };
const ISOLATED = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** Peers are served as they were published, untouched by Vite. */
const servePeers = {
  name: 'serve-peers',
  configureServer(server) {
    server.middlewares.use('/peers/', (request, response, next) => {
      const path = decodeURIComponent(request.url.split('?')[0]);
      const file = PEERS + path.replace(/^\/+/, '');
      if (path.includes('..') || !existsSync(file)) return next();
      response.setHeader('Content-Type', TYPES[extname(file)] ?? 'application/octet-stream');
      for (const [name, value] of Object.entries(ISOLATED)) response.setHeader(name, value);
      createReadStream(file).pipe(response);
    });
  },
};

export async function startServer() {
  const vite = await createServer({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    cacheDir: fileURLToPath(new URL('../../.cache/bench-vite', import.meta.url)),
    // Sources may change while the benchmark runs; a reload would end it.
    server: { port: 0, hmr: false, watch: null, headers: ISOLATED },
    plugins: [servePeers],
  });
  await vite.listen();
  return {
    url: vite.resolvedUrls.local[0],
    /** Loads a TypeScript module of the project into Node. */
    load: (path) => vite.ssrLoadModule(path),
    close: () => vite.close(),
  };
}
