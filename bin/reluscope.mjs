#!/usr/bin/env node
// Starts the command line (src/cli), which vite has built into dist/cli.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, CLI, isStale } from './checkout.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const args = process.argv.slice(2);
// Whoever reads, e.g. head, may have enough. Work that goes on to a file does not end with its progress.
process.stdout.on('error', (error) => {
  if (error.code === 'EPIPE') process.exit(0);
  process.stderr.write(`reluscope: ${error.message}\n`);
  process.exit(1);
});
process.stderr.on('error', () => {});
try {
  if (args.length === 1 && args[0] === 'figures') {
    // A static list, for which nothing has to be built.
    process.stdout.write(readFileSync(new URL('figures.txt', import.meta.url), 'utf8'));
  } else {
    if (isStale(root, CLI)) build(root, CLI);
    const { main } = await import(pathToFileURL(join(root, CLI.directory, CLI.file)).href);
    process.exitCode = await main(args);
  }
} catch (error) {
  console.error(`reluscope: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
