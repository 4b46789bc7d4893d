// npm run bench: Reluscope's speed, alone and against what a user could pick instead.
// Options: see options.ts. Everything else is TypeScript, loaded through Vite.

import { startServer } from './server.mjs';

const server = await startServer();
let code = 1;
try {
  const { runBenchmark } = await server.load('/tests/bench/main.ts');
  code = await runBenchmark(process.argv.slice(2), server.url);
} finally {
  await server.close();
}
process.exit(code);
