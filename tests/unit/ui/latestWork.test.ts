import { expect, test } from 'vitest';
import { LatestWork } from '../../../src/ui/network/latestWork.ts';

/** Work that ends once it is let go, so that others may be asked for meanwhile. */
function jobOf(name: string, log: string[], pauses: number, isBrief: boolean) {
  return {
    isBrief,
    *work() {
      const end = performance.now() + pauses;
      // Longer than a stint, so that it pauses in between.
      while (performance.now() < end) yield;
      return name;
    },
    show: (result: string) => void log.push(result),
  };
}

const STINTS_MS = 20;

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve));
}

test('what is brief is finished, then the latest is done; what waited between is not', async () => {
  const log: string[] = [];
  const work = new LatestWork<string>();
  for (const name of ['first', 'second', 'third']) work.request(jobOf(name, log, STINTS_MS, true));
  await until(() => log.includes('third'));
  expect(log).toEqual(['first', 'third']);
});

test('other work is abandoned for newer work', async () => {
  const log: string[] = [];
  const work = new LatestWork<string>();
  for (const name of ['first', 'second']) work.request(jobOf(name, log, STINTS_MS, false));
  await until(() => log.includes('second'));
  expect(log).toEqual(['second']);
});

test('what takes less than a stint is shown at once, and nothing after the end', async () => {
  const log: string[] = [];
  const work = new LatestWork<string>();
  work.request(jobOf('first', log, 0, false));
  await Promise.resolve();
  expect(log).toEqual(['first']);
  work.request(jobOf('second', log, STINTS_MS, true));
  work.end();
  work.request(jobOf('third', log, 0, true));
  await new Promise((resolve) => setTimeout(resolve));
  expect(log).toEqual(['first']);
});
