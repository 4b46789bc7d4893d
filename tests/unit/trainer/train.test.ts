import { expect, test } from 'vitest';
import { InvalidInputError } from '../../../src/input/invalidInput.ts';
import { data, type TrainingProgress, train } from '../../../src/training.ts';
import { moonsRecipe, runOf } from '../training/recipes.ts';

const RECIPE = {
  data: { kind: 'moons', samples: 60, noise: 0.1, seed: 3 },
  network: { kind: 'drawn', widths: [2, 8, 8, 2], activation: 'tanh', seed: 1 },
  optimizer: { kind: 'sgd', learningRate: 0.5 },
  steps: 120,
};

test('train resolves to the run at its last step', async () => {
  const run = runOf(moonsRecipe({ steps: 120 }));
  run.goTo(120);
  const result = await train(RECIPE);
  expect(result.step).toBe(120);
  expect(result.losses).toEqual(run.losses);
  expect(result.scores).toEqual(run.evaluate());
  expect(result.accuracy).toBe(run.evaluate().train.accuracy);
  expect(result.divergence).toBeNull();
  const { layers } = result.network;
  expect(layers.map(({ bias, activation }) => [bias.length, activation])).toEqual([
    [8, 'tanh'],
    [8, 'tanh'],
    [2, 'identity'],
  ]);
  const flat = layers.flatMap(({ weight, bias }) => [...weight.flat(), ...bias]);
  expect(flat).toEqual(Array.from(run.parameters));
});

test('what was trained goes on from there', async () => {
  const half = await train({ ...RECIPE, steps: 60 });
  const network = { kind: 'explicit', layers: half.network.layers };
  const rest = await train({ ...RECIPE, network, steps: 60 });
  const whole = await train(RECIPE);
  expect([...half.losses, ...rest.losses]).toEqual(Array.from(whole.losses));
  expect(rest.network).toEqual(whole.network);
});

test('the accuracy is that of the test part, if there is one', async () => {
  const split = { testSize: 0.25, seed: 1 };
  const { accuracy, scores } = await train({ ...RECIPE, data: { ...RECIPE.data, split } });
  expect(accuracy).toBe(scores.test!.accuracy);
});

test('onStep hears of the last step, and the run waits for it', async () => {
  const heard: TrainingProgress[] = [];
  let isWaiting = false;
  const result = await train(RECIPE, {
    onStep: async (progress) => {
      expect(isWaiting).toBe(false);
      isWaiting = true;
      await Promise.resolve();
      heard.push(progress);
      isWaiting = false;
    },
  });
  expect(heard.at(-1)).toEqual({
    ...{ step: 120, loss: result.losses[119], network: result.network },
  });
});

test('a run of no steps is its first network', async () => {
  const { step, losses, network } = await train({ ...RECIPE, steps: 0 });
  expect([step, losses.length]).toEqual([0, 0]);
  expect(network.layers[0]!.weight).toHaveLength(8);
});

test('a run that diverges resolves to the step before', async () => {
  const optimizer = { kind: 'sgd', learningRate: 1e6 };
  const network = { kind: 'drawn', widths: [2, 8, 1], activation: 'relu', seed: 0 };
  const { step, losses, divergence } = await train({
    ...{ ...RECIPE, network, optimizer, loss: 'meanSquaredError' },
  });
  expect(step).toBeGreaterThan(0);
  expect(divergence!.step).toBe(step + 1);
  expect(losses).toHaveLength(step);
  expect(losses.every(Number.isFinite)).toBe(true);
});

test('a signal ends it', async () => {
  const life = new AbortController();
  const run = train(
    { ...RECIPE, steps: 10_000_000 },
    { signal: life.signal, onStep: () => life.abort(new Error('enough')) },
  );
  await expect(run).rejects.toThrow('enough');
});

test('wrong options and recipes are refused', async () => {
  await expect(train(RECIPE, { show: true } as object)).rejects.toThrow(
    'options.show: received true, expected no such key (train has onStep, signal)',
  );
  await expect(train(RECIPE, { onStep: 3 } as object)).rejects.toThrow(
    'options.onStep: received 3',
  );
  await expect(train({ ...RECIPE, loss: 'hinge' })).rejects.toThrow(InvalidInputError);
  const network = { kind: 'drawn', widths: [3, 2] };
  await expect(train({ ...RECIPE, network })).rejects.toThrow('3 inputs');
});

test('data come along', async () => {
  const { x, y } = await data(RECIPE.data);
  const given = await train({ ...RECIPE, data: { kind: 'points', x, y } });
  expect(given.losses).toEqual((await train(RECIPE)).losses);
});
