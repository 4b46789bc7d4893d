import { describe } from 'vitest';

// All GPU tests in one page on one device, as `npm test` runs them: a kernel that several files draw is compiled once.

const files = import.meta.glob('./*.test.ts');

for (const [path, load] of Object.entries(files))
  describe(path.slice(2), () => load() as Promise<void>);
