import { expect, test, vi } from 'vitest';
import type { DataSet } from '../../../src/data/dataSet.ts';
import { Backpropagation } from '../../../src/training/backpropagation.ts';
import { readRecipe } from '../../../src/training/readRecipe.ts';
import { Run } from '../../../src/training/run.ts';
import { Snapshots } from '../../../src/training/snapshots.ts';
import { moonsRecipe, runOf } from './recipes.ts';

const BATCHES = { batch: { size: 7, seed: 5 }, optimizer: { kind: 'adam', learningRate: 0.02 } };

test('a run learns: the loss falls, and the moons are told apart', () => {
  const run = runOf(moonsRecipe());
  const before = run.evaluate().train;
  run.goTo(500);
  const { loss, accuracy } = run.evaluate().train;
  expect(run.losses[0]).toBe(before.loss);
  expect(loss).toBeLessThan(before.loss / 5);
  expect(accuracy).toBeGreaterThan(0.95);
});

test('the same recipe gives the same numbers at every step, whichever way it is reached', () => {
  const recipe = moonsRecipe(BATCHES);
  const straight = runOf(recipe);
  const at: Float64Array[] = [straight.parameters.slice()];
  for (let step = 1; step <= 40; step += 1) {
    straight.goTo(step);
    at.push(straight.parameters.slice());
  }
  const wandering = runOf(recipe);
  for (const step of [40, 3, 0, 17, 16, 40, 39, 1]) {
    expect(wandering.goTo(step)).toBe(step);
    expect(wandering.step).toBe(step);
    expect(wandering.parameters).toEqual(at[step]);
  }
  expect(wandering.reached).toBe(40);
  expect(wandering.losses).toEqual(straight.losses);
});

test('no step that was reached is farther than a snapshot', () => {
  const run = runOf(moonsRecipe({ steps: 20_000 }));
  run.goTo(20_000);
  const steps = vi.spyOn(Backpropagation.prototype, 'backward');
  const made = [0, 19_999, 100, 12_345, 12_344, 20_000].map((to) => {
    steps.mockClear();
    expect(run.goTo(to)).toBe(to);
    return steps.mock.calls.length;
  });
  steps.mockRestore();
  // A step of this network takes some 20 µs.
  expect(made.filter((count) => !(count <= 2500))).toEqual([]);
});

test('the loss of a whole step is that of all its samples, also where they are more than one chunk', () => {
  const data = { kind: 'moons', samples: 700, noise: 0.2, seed: 1 };
  const run = runOf(moonsRecipe({ data, loss: 'binaryCrossEntropy' }));
  run.goTo(3);
  const { loss } = run.evaluate().train;
  run.advance();
  expect(Math.abs(run.losses[3]! - loss)).toBeLessThanOrEqual(1e-14 * loss);
});

test('a batch as large as all samples is a step of all, in another order', () => {
  const all = runOf(moonsRecipe());
  const batch = runOf(moonsRecipe({ batch: { size: 1000, seed: 1 } }));
  for (const run of [all, batch]) run.goTo(20);
  const error = Math.max(...all.parameters.map((p, i) => Math.abs(p - batch.parameters[i]!)));
  expect(error).toBeLessThanOrEqual(1e-12);
});

test('the test part is scored by itself', () => {
  const data = {
    kind: 'moons',
    samples: 80,
    noise: 0.1,
    seed: 3,
    split: { testSize: 0.25, seed: 1 },
  };
  const run = runOf(moonsRecipe({ data }));
  run.goTo(400);
  const { train, test } = run.evaluate();
  expect(test!.loss).not.toBe(train.loss);
  expect([train.accuracy! * 60, test!.accuracy! * 20].map((n) => n % 1)).toEqual([0, 0]);
});

test('a regression has a loss but no accuracy', () => {
  const data = { kind: 'formula', formula: 'sin(x1)', samples: 50, halfWidth: 2, seed: 0 };
  const network = { kind: 'drawn', widths: [2, 10, 1], activation: 'tanh', seed: 0 };
  const run = runOf(readRecipe({ data, network, loss: 'meanSquaredError' }));
  run.goTo(300);
  const { loss, accuracy } = run.evaluate().train;
  expect(accuracy).toBeNull();
  expect(loss).toBeLessThan(run.losses[0]! / 4);
});

test('one output tells two classes apart', () => {
  const network = { kind: 'drawn', widths: [2, 8, 1], activation: 'tanh', seed: 0 };
  for (const loss of ['binaryCrossEntropy', 'meanSquaredError']) {
    const run = runOf(
      moonsRecipe({ network, loss, optimizer: { kind: 'adam', learningRate: 0.05 } }),
    );
    run.goTo(500);
    expect(run.evaluate().train.accuracy).toBeGreaterThan(0.95);
  }
});

test('a run that diverges stays at the step before, and says what to try', () => {
  const network = { kind: 'drawn', widths: [2, 8, 1], activation: 'relu', seed: 0 };
  const recipe = moonsRecipe({
    ...{ network, loss: 'meanSquaredError', steps: 1000 },
    optimizer: { kind: 'sgd', learningRate: 1000 / 3 },
  });
  const run = runOf(recipe);
  const kept = run.goTo(1000);
  const { step, learningRate, message } = run.divergence!;
  expect(kept).toBeGreaterThan(0);
  expect(step).toBe(kept + 1);
  expect(learningRate).toBe(1000 / 3);
  expect(message).toContain(`at step ${step}`);
  expect(message).toContain('a learning rate of 333.3.');
  expect(run.parameters.every(Number.isFinite)).toBe(true);
  expect(Number.isFinite(run.evaluate().train.loss)).toBe(true);
  expect(run.losses).toHaveLength(kept);
  expect(run.advance()).toBe(false);
  // It still goes back and forth, as far as it came.
  const at = run.parameters.slice();
  expect(run.goTo(1)).toBe(1);
  expect(run.goTo(1000)).toBe(kept);
  expect(run.parameters).toEqual(at);
});

test('a run whose first loss is infinite does not start', () => {
  const layers = [{ weight: [[1e38, 1e38]], bias: [0], activation: 'identity' }];
  const recipe = moonsRecipe({ network: { kind: 'explicit', layers }, loss: 'meanSquaredError' });
  const huge = Float64Array.from({ length: 4 }, () => 1e200);
  const run = new Run(recipe, {
    ...{
      task: 'classification',
      inputs: 2,
      outputs: 2,
      inputNames: ['', ''],
      classNames: ['', ''],
    },
    train: { count: 2, x: huge, y: Int32Array.of(0, 1) },
    test: null,
  } satisfies DataSet);
  expect(run.goTo(5)).toBe(0);
  expect(run.divergence!.message).toContain('cannot start');
});

test('data, loss and network must fit together', () => {
  const drawn = (widths: readonly number[]) => ({ network: { kind: 'drawn', widths } });
  const targets = { data: { kind: 'points', x: [[0, 0]], y: [[2]] } };
  const wrong: readonly (readonly [Readonly<Record<string, unknown>>, string])[] = [
    [drawn([3, 4, 2]), 'network: received "3 inputs", expected 2 inputs, as the data has'],
    [drawn([2, 4, 3]), '"3 outputs", expected 2 outputs for the 2 classes of the data'],
    [drawn([2, 4, 1]), '"1 outputs", expected 2 outputs for the 2 classes of the data'],
    [{ ...targets, ...drawn([2, 1]) }, 'loss: received "crossEntropy", expected data with classes'],
    [
      { ...targets, ...drawn([2, 1]), loss: 'binaryCrossEntropy' },
      'data: received 2, expected targets from 0 to 1',
    ],
    [{ ...targets, ...drawn([2, 2]), loss: 'meanSquaredError' }, '1 outputs for the 1 targets'],
  ];
  for (const [parts, message] of wrong) expect(() => runOf(moonsRecipe(parts))).toThrow(message);
});

test('snapshots grow sparser instead of taking ever more room', () => {
  const array = new Float64Array(10);
  const snapshots = new Snapshots(1, 4 * array.byteLength);
  for (let step = 0; step <= 100; step += 1) {
    array.fill(step);
    snapshots.offer(step, [array]);
  }
  expect(snapshots.interval).toBe(32);
  for (const [step, expected] of [
    [100, 96],
    [96, 96],
    [31, 0],
  ] as const) {
    expect(snapshots.restore(step, [array])).toBe(expected);
    expect(array[0]).toBe(expected);
  }
});
