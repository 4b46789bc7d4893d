import { expect, test } from 'vitest';
import { type GroupHost, RunGroup } from '../../../../src/ui/training/runGroup.ts';

/** Two panels that catch up when the test says so, and the steps to which they are led. */
function panels(last: number, at = 0) {
  const steps: number[] = [];
  const state = { step: at, holders: 0, changes: 0, time: 0, drawing: false, failed: false };
  let caughtUp = () => Promise.resolve();
  const member = {
    run: {
      caughtUp: () => caughtUp(),
      get hasFailed() {
        return state.failed;
      },
    },
    session: {
      hold() {
        state.holders += 1;
        return () => {
          state.holders -= 1;
        };
      },
    },
  };
  const host: GroupHost = {
    members: [member, member],
    last,
    get step() {
      return state.step;
    },
    goTo(step) {
      state.step = step;
      steps.push(step);
    },
    nextFrame: () => {
      state.time += 16;
      return new Promise((resolve) => setTimeout(resolve));
    },
    isDrawingFile: () => state.drawing,
    onChange() {
      state.changes += 1;
    },
  };
  return {
    group: new RunGroup(host, () => state.time),
    state,
    steps,
    whenCaughtUp(wait: () => Promise<void>) {
      caughtUp = wait;
    },
  };
}

test('all go on together, up to the last step, and start again from there', async () => {
  const { group, steps, state } = panels(17);
  group.pace = 5;
  const end = group.play();
  expect([group.isPlaying, state.holders]).toEqual([true, 2]);
  await end;
  expect(steps).toEqual([5, 10, 15, 17]);
  expect([group.isPlaying, state.holders, state.changes]).toEqual([false, 0, 2]);
  await group.play();
  expect(steps.slice(4)).toEqual([0, 5, 10, 15, 17]);
});

test('no step is led to before all have caught up, and none after a pause', async () => {
  const { group, steps, whenCaughtUp } = panels(100);
  let arrive = () => {};
  whenCaughtUp(
    () =>
      new Promise((resolve) => {
        arrive = resolve;
      }),
  );
  const end = group.play();
  await Promise.resolve();
  expect(steps).toEqual([1]);
  group.toggle();
  arrive();
  // The promise of each member is its own: the first one never comes.
  void end;
  await new Promise((resolve) => setTimeout(resolve));
  expect([group.isPlaying, steps]).toEqual([false, [1]]);
});

test('as many steps as fit: more while pictures come quickly', async () => {
  const { group, steps } = panels(40);
  group.pace = Number.POSITIVE_INFINITY;
  await group.play();
  // 16 ms for each picture.
  expect(steps).toEqual([1, 3, 7, 15, 31, 40]);
});

test('one step and the first one end the playing', async () => {
  const { group, steps, state } = panels(9, 4);
  group.stepOnce();
  group.reset();
  expect(steps).toEqual([5, 0]);
  state.step = 9;
  group.stepOnce();
  expect(steps.at(-1)).toBe(9);
});

test('while a file is drawn the playing waits', async () => {
  const { group, steps, state } = panels(3, 1);
  state.drawing = true;
  const end = group.play();
  await new Promise((resolve) => setTimeout(resolve));
  expect([group.isPlaying, steps]).toEqual([true, []]);
  state.drawing = false;
  await end;
  expect(steps).toEqual([2, 3]);
});

test('runs that cannot be trained make no steps', async () => {
  const { group, steps, state } = panels(9, 4);
  state.failed = true;
  group.stepOnce();
  await group.play();
  expect([group.isPlaying, steps]).toEqual([false, [4]]);
});
