// The built site, as a person gets it.

import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SITE = fileURLToPath(new URL('../../.cache/bench/site', import.meta.url));

/** Builds the site and serves it on a free port. */
export async function serveSite(): Promise<{ url: string; close(): Promise<void> }> {
  await build({ root: ROOT, logLevel: 'error', build: { outDir: SITE, emptyOutDir: true } });
  const server = await preview({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    build: { outDir: SITE },
    preview: { port: 0, host: 'localhost' },
  });
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error('vite preview has no address');
  return { url, close: () => server.close() };
}
