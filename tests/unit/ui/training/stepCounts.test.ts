import { expect, test } from 'vitest';
import { DEFAULT_STATE } from '../../../../src/state/defaults.ts';
import { applyPatch } from '../../../../src/state/patch.ts';
import { type CountedStep, StepCounts } from '../../../../src/ui/training/stepCounts.ts';

const recipeOf = (seed: number) =>
  applyPatch(DEFAULT_STATE, {
    run: {
      recipe: { data: { kind: 'moons' }, network: { kind: 'drawn', widths: [2, 4, 2], seed } },
    },
  });
const { run, field } = recipeOf(1);

/** Counts that take as long as the test likes; a step has ten times as many regions. */
function slowly() {
  const waiting: { readonly step: number; readonly end: (count: number | null) => void }[] = [];
  let time = 0;
  let told = 0;
  const counts = new StepCounts(
    ({ step }) => new Promise((end) => waiting.push({ step, end })),
    () => {
      told += 1;
    },
    () => time,
  );
  const offer = (step: number, other: Partial<CountedStep> = {}) =>
    counts.offer({ recipe: run!.recipe, step, field, moving: true, ...other });
  return {
    counts,
    offer,
    told: () => told,
    /** The steps that are being counted. */
    asked: () => waiting.map(({ step }) => step),
    wait(milliseconds: number) {
      time += milliseconds;
    },
    async finish(count?: number | null) {
      const { step, end } = waiting.shift()!;
      end(count === undefined ? 10 * step : count);
      await new Promise((resolve) => setTimeout(resolve));
    },
  };
}

test('one step is counted at a time, and the newest that waits comes next', async () => {
  const { counts, offer, asked, finish, told } = slowly();
  for (const step of [1, 2, 3]) offer(step, { moving: false });
  expect(asked()).toEqual([1]);
  await finish();
  expect(asked()).toEqual([3]);
  await finish();
  expect([...counts.known]).toEqual([
    [1, 10],
    [3, 30],
  ]);
  expect([counts.at(2), counts.at(3), told()]).toEqual([null, 30, 2]);
  expect([0, 1, 2, 3, 9].map((step) => counts.lastKnown(step))).toEqual([null, 1, 1, 3, 3]);
});

test('whoever waits for it to rest waits for what waits', async () => {
  const { counts, offer, finish } = slowly();
  offer(1, { moving: false });
  offer(2, { moving: false });
  let rests = false;
  const rest = counts.rest().then(() => {
    rests = true;
  });
  await finish();
  expect(rests).toBe(false);
  await finish();
  await rest;
  expect(counts.at(2)).toBe(20);
});

test('while networks follow each other, counting rests for three times as long as it took, and for 100 ms', async () => {
  const { offer, asked, wait, finish } = slowly();
  for (const [took, rest] of [
    [50, 150],
    [2, 100],
  ] as const) {
    offer(1000 * took, { moving: false });
    wait(took);
    await finish();
    wait(rest - 1);
    offer(took + 1);
    expect(asked()).toEqual([]);
    wait(1);
    offer(took + 2);
    expect(asked()).toEqual([took + 2]);
    await finish();
    wait(1000);
  }
  offer(3);
  wait(20);
  await finish();
  // The last one has its turn at once.
  offer(5);
  offer(5, { moving: false });
  expect(asked()).toEqual([5]);
});

test('what is known, or cannot be counted, is not counted again', async () => {
  const { counts, offer, asked, finish } = slowly();
  offer(5, { moving: false });
  await finish(null);
  offer(5, { moving: false });
  expect(asked()).toEqual([]);
  expect([counts.at(5), counts.known.size]).toEqual([null, 0]);
});

test('another recipe or another plane begins anew, and late counts are of the one before', async () => {
  const { counts, offer, finish, told } = slowly();
  offer(7, { moving: false });
  const other = recipeOf(2);
  offer(8, { recipe: other.run!.recipe, field: other.field, moving: false });
  await finish();
  expect([counts.at(7), told()]).toEqual([null, 0]);
  await finish();
  expect([...counts.known]).toEqual([[8, 80]]);
});
