import { expect, test } from 'vitest';
import { describeAt, type KnownRun, STRIPS } from '../../../../src/ui/training/trainingStrips.ts';

const [loss, accuracy, regions] = STRIPS as [
  (typeof STRIPS)[0],
  (typeof STRIPS)[0],
  (typeof STRIPS)[0],
];

/** Scores at steps 0 and 4, counts at 0, 2 and 4. */
function known(right: number | null): KnownRun {
  const scores = [0, 4].map((step) => ({
    step,
    scores: {
      train: { loss: 0.5, accuracy: right },
      test: { loss: 0.75, accuracy: right && right / 2 },
    },
  }));
  const counted = new Map([
    [0, 12],
    [2, 1500],
    [4, 30],
  ]);
  return {
    run: {
      losses: [0.5, 0.25, 0.125, 0.0625],
      scores,
      scoreAt: (step) => scores.find((score) => score.step === step)?.scores ?? null,
    },
    counts: { known: counted, at: (step) => counted.get(step) ?? null },
  };
}

test('a person who points at a strip reads the numbers of the nearest step that has some', () => {
  const at = known(0.9);
  expect(describeAt(loss, 3, at)).toBe('loss, step 3: 0.0625');
  expect(describeAt(loss, 0, at)).toBe('loss, step 0: 0.5, test 0.75');
  expect(describeAt(accuracy, 3, at)).toBe('right, step 4: 90 %, test 45 %');
  expect(describeAt(regions, 3, at)).toBe('regions, step 2: 1,500');
  expect(describeAt(loss, 4, at)).toBe('loss, step 4: 0.5, test 0.75');
});

test('strips are described in words, and left out where there is nothing of the kind', () => {
  const labels = STRIPS.map((kind) => kind.content(known(0.9))?.label);
  expect(labels).toEqual([
    'Loss of 4 steps, between 0 and 0.75',
    'Accuracy at 2 steps, 90 % at the last',
    'Regions around the points at 3 steps, at most 1,500',
  ]);
  expect(accuracy.content(known(null))).toBeNull();
  const none: KnownRun = { ...known(1), counts: { known: new Map(), at: () => null } };
  expect(regions.content(none)).toBeNull();
  expect(describeAt(regions, 7, none)).toBe('regions, step 7');
});

test('a run at its first step has a score, a count and no loss yet', () => {
  const all = known(0.5);
  const [score] = all.run.scores;
  const counted = new Map([[0, 1]]);
  const first: KnownRun = {
    run: { ...all.run, losses: [], scores: [score!] },
    counts: { known: counted, at: (step) => counted.get(step) ?? null },
  };
  expect(loss.content(first)).toMatchObject({ curves: [], range: null });
  expect(STRIPS.map((kind) => kind.content(first)?.label)).toEqual([
    'No loss before the first step',
    'Accuracy at 1 step, 50 % at the last',
    'Regions around the points at 1 step, at most 1',
  ]);
});
