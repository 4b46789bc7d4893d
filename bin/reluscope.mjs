#!/usr/bin/env node
// Starts the command line (src/cli), which vite has built into dist/cli.

import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, CLI, isStale } from './checkout.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
try {
  if (isStale(root, CLI)) build(root, CLI);
  const { main } = await import(pathToFileURL(join(root, CLI.directory, CLI.file)).href);
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(`reluscope: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
