import { expect, test } from 'vitest';
import { Fence, type FenceHost } from '../../../src/gpu/fence.ts';

/** A clock that goes on only while somebody waits, in the order of what is due. */
class Clock implements FenceHost {
  time = 0;
  readonly #due: { at: number; action: () => void }[] = [];

  now(): number {
    return this.time;
  }

  later(milliseconds: number, action: () => void): void {
    this.#due.push({ at: this.time + milliseconds, action });
  }

  /** Lets time pass until the wait has ended. */
  async run<T>(wait: Promise<T>): Promise<T> {
    let isOver = false;
    void wait.then(() => {
      isOver = true;
    });
    for (;;) {
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
      if (isOver) return wait;
      this.#due.sort((a, b) => a.at - b.at);
      const next = this.#due.shift();
      if (!next) throw new Error('nothing is due, and the wait goes on');
      this.time = Math.max(this.time, next.at);
      next.action();
    }
  }
}

/**
 * A queue that reports the end of its work when it looks: so long after it was asked, and a little
 * after each submission that comes when it was asked already.
 */
function makeQueue(clock: Clock, pollMs: number, reactMs: number) {
  const waits: { at: number; resolve: (value: undefined) => void }[] = [];
  let busyUntil = 0;
  let submissions = 0;
  const look = (asked: readonly (typeof waits)[number][]) => {
    for (const wait of asked) {
      if (wait.at > clock.now()) continue;
      wait.resolve(undefined);
    }
  };
  const queue = {
    label: '',
    submit(buffers: readonly unknown[]) {
      submissions += 1;
      busyUntil = Math.max(busyUntil, clock.now()) + buffers.length;
      const asked = [...waits];
      clock.later(reactMs, () => look(asked));
    },
    onSubmittedWorkDone() {
      const done = new Promise<undefined>((resolve) => waits.push({ at: busyUntil, resolve }));
      clock.later(pollMs, () => look(waits));
      return done;
    },
  };
  return { queue: queue as unknown as GPUQueue, submissions: () => submissions };
}

/** Work that takes so many milliseconds. */
const work = (milliseconds: number) => Array.from({ length: milliseconds }, () => ({}) as never);

test('the latency of waiting is measured, and is not work', async () => {
  const clock = new Clock();
  const { queue, submissions } = makeQueue(clock, 2, 1000);
  const fence = await clock.run(Fence.create(queue, clock));
  expect(fence.latencyMs).toBe(2);
  expect(fence.workMs(10)).toBe(8);
  expect(fence.workMs(1)).toBe(0);
  const before = submissions();
  await clock.run(fence.done());
  // Nothing has to keep this queue awake.
  expect(submissions()).toBe(before);
});

test('a queue that looks at its fences every 100 ms is kept awake while somebody waits', async () => {
  const clock = new Clock();
  const { queue, submissions } = makeQueue(clock, 100, 1);
  const fence = await clock.run(Fence.create(queue, clock));
  expect(fence.latencyMs).toBeLessThanOrEqual(2);
  const start = clock.now();
  queue.submit(work(30));
  await clock.run(fence.done());
  expect(fence.workMs(clock.now() - start)).toBeGreaterThanOrEqual(28);
  expect(clock.now() - start).toBeLessThanOrEqual(34);
  const before = submissions();
  await clock.run(new Promise<void>((resolve) => clock.later(50, resolve)));
  // Once nobody waits, nothing is submitted any more but what was due.
  expect(submissions() - before).toBeLessThanOrEqual(1);
});

test('waits that follow each other do not make it wake the queue more often', async () => {
  const clock = new Clock();
  const { queue, submissions } = makeQueue(clock, 100, 1);
  const fence = await clock.run(Fence.create(queue, clock));
  const wait = (milliseconds: number) =>
    clock.run(fence.during(new Promise<void>((resolve) => clock.later(milliseconds, resolve))));
  for (let turn = 0; turn < 100; turn += 1) await wait(0.1);
  const before = submissions();
  await wait(50);
  // Once a millisecond.
  expect(submissions() - before).toBeLessThanOrEqual(51);
});

test('it sleeps again after a wait that fails', async () => {
  const clock = new Clock();
  const { queue, submissions } = makeQueue(clock, 100, 1);
  const fence = await clock.run(Fence.create(queue, clock));
  await expect(fence.during(Promise.reject(new Error('lost')))).rejects.toThrow('lost');
  const before = submissions();
  await clock.run(new Promise<void>((resolve) => clock.later(50, resolve)));
  expect(submissions() - before).toBeLessThanOrEqual(1);
});
