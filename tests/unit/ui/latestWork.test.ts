import { expect, test } from 'vitest';
import { LatestWork } from '../../../src/ui/network/latestWork.ts';

/** Work that pauses until `mayEnd`, so that others may be asked for meanwhile. */
function jobOf(name: string, log: string[], isBrief: boolean, mayEnd: () => boolean) {
  return {
    isBrief,
    *work() {
      while (!mayEnd()) yield;
      return name;
    },
    show: (result: string) => void log.push(result),
  };
}

const AT_ONCE = () => true;
const NEVER = () => false;

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve));
}

test('what is brief is finished, then the latest is done; what waited between is not', async () => {
  const log: string[] = [];
  const work = new LatestWork<string>();
  let isAllAsked = false;
  for (const name of ['first', 'second', 'third']) {
    work.request(jobOf(name, log, true, () => isAllAsked));
  }
  isAllAsked = true;
  await until(() => log.includes('third'));
  expect(log).toEqual(['first', 'third']);
});

test('other work is abandoned for newer work', async () => {
  const log: string[] = [];
  const work = new LatestWork<string>();
  work.request(jobOf('first', log, false, NEVER));
  work.request(jobOf('second', log, false, AT_ONCE));
  await until(() => log.includes('second'));
  expect(log).toEqual(['second']);
});

test('what takes less than a stint is shown at once, and nothing after the end', async () => {
  const log: string[] = [];
  const work = new LatestWork<string>();
  work.request(jobOf('first', log, false, AT_ONCE));
  await Promise.resolve();
  expect(log).toEqual(['first']);
  let mayEnd = false;
  work.request(jobOf('second', log, true, () => mayEnd));
  work.end();
  mayEnd = true;
  work.request(jobOf('third', log, true, AT_ONCE));
  await new Promise((resolve) => setTimeout(resolve));
  expect(log).toEqual(['first']);
});
