import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LatestJob } from '../../../src/regions/latestJob.ts';

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('window', globalThis);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Work that takes so many milliseconds, unless it is aborted, and tells how it ended. */
function work(name: string, milliseconds: number, log: string[]) {
  return (signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      log.push(`${name} starts`);
      const end = (how: string) => {
        clearTimeout(timer);
        log.push(`${name} ${how}`);
        resolve();
      };
      const timer = setTimeout(() => end('ends'), milliseconds);
      signal.addEventListener('abort', () => end('is aborted'));
    });
}

it('runs of those that wait only the latest, after the one that runs', async () => {
  const log: string[] = [];
  const job = new LatestJob();
  for (const name of ['a', 'b', 'c']) job.run(work(name, 50, log));
  expect(log).toEqual(['a starts']);
  await vi.advanceTimersByTimeAsync(1000);
  expect(log).toEqual(['a starts', 'a ends', 'c starts', 'c ends']);
});

it('ends long work that another waits for, and lets the last one take its time', async () => {
  const log: string[] = [];
  const job = new LatestJob();
  job.run(work('a', 5000, log));
  await vi.advanceTimersByTimeAsync(1000);
  expect(log).toEqual(['a starts']);
  job.run(work('b', 5000, log));
  await vi.advanceTimersByTimeAsync(300);
  expect(log).toEqual(['a starts', 'a is aborted', 'b starts']);
  await vi.advanceTimersByTimeAsync(6000);
  expect(log.at(-1)).toBe('b ends');
});

it('drops waiting work when it is cancelled', async () => {
  const log: string[] = [];
  const job = new LatestJob();
  job.run(work('a', 50, log));
  job.run(work('b', 50, log));
  job.cancel();
  await vi.advanceTimersByTimeAsync(1000);
  expect(log).toEqual(['a starts', 'a is aborted']);
});
