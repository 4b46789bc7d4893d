import { expect, test } from 'vitest';
import { InvalidInputError } from '../../../src/input/invalidInput.ts';
import { readRecipe } from '../../../src/training/readRecipe.ts';
import { moonsRecipe } from './recipes.ts';

const GIVEN = { data: { kind: 'moons' }, network: { kind: 'drawn', widths: [2, 4, 2] } };

test('what a recipe leaves out has defaults, those of PyTorch', () => {
  expect(readRecipe(GIVEN)).toEqual({
    data: { kind: 'moons', samples: 200, noise: 0.1, seed: 0, split: null },
    network: {
      ...{ kind: 'drawn', widths: [2, 4, 2], activation: 'relu', seed: 0, outputBias: null },
      initialization: 'pytorch',
    },
    loss: 'crossEntropy',
    optimizer: { kind: 'sgd', learningRate: 0.1, momentum: 0, nesterov: false, weightDecay: 0 },
    schedule: { kind: 'constant' },
    penalty: { l1: 0, l2: 0 },
    batch: null,
    steps: 300,
  });
  const { optimizer } = readRecipe({ ...GIVEN, optimizer: { kind: 'adamw' } });
  expect(optimizer).toEqual({
    ...{
      kind: 'adamw',
      learningRate: 0.001,
      betas: [0.9, 0.999],
      epsilon: 1e-8,
      weightDecay: 0.01,
    },
  });
  expect(readRecipe({ ...GIVEN, steps: 50, schedule: { kind: 'cosine' } }).schedule).toEqual({
    ...{ kind: 'cosine', steps: 50, minimum: 0 },
  });
});

test('a recipe is frozen, and read once', () => {
  const recipe = moonsRecipe();
  expect(readRecipe(recipe)).toBe(recipe);
  expect(readRecipe(JSON.parse(JSON.stringify(recipe)))).toEqual(recipe);
  expect(Object.isFrozen(recipe.optimizer)).toBe(true);
});

test.each([
  [null, 'recipe: received null, expected an object {data, network'],
  [{ ...GIVEN, epochs: 3 }, 'recipe.epochs: received 3, expected no such key (a recipe has data'],
  [{ ...GIVEN, data: { kind: 'moon' } }, 'recipe.data.kind: received "moon"'],
  [{ data: GIVEN.data }, 'recipe.network: received undefined, expected an object {kind, …}'],
  [{ ...GIVEN, network: { kind: 'identity' } }, 'expected a network with parameters'],
  [
    { ...GIVEN, network: { ...GIVEN.network, initialization: 'ones' } },
    'recipe.network.initialization: received "ones", expected one of pytorch, xavierUniform',
  ],
  [
    { ...GIVEN, network: { ...GIVEN.network, seed: -1, initialization: 'numpyUniform' } },
    'recipe.network.seed: received -1, expected an integer from 0 to 4294967295',
  ],
  [{ ...GIVEN, loss: 'hinge' }, 'recipe.loss: received "hinge", expected one of crossEntropy'],
  [{ ...GIVEN, optimizer: { kind: 'lion' } }, 'expected one of sgd, adam, adamw'],
  [
    { ...GIVEN, optimizer: { kind: 'sgd', learningRate: -1 } },
    'recipe.optimizer.learningRate: received -1, expected a number from 0',
  ],
  [
    { ...GIVEN, optimizer: { kind: 'sgd', betas: [0.9, 0.99] } },
    'recipe.optimizer.betas: received [0.9,0.99], expected no such key (sgd has kind, learningRate',
  ],
  [
    { ...GIVEN, optimizer: { kind: 'sgd', nesterov: true } },
    'recipe.optimizer.momentum: received 0, expected more than 0 with nesterov',
  ],
  [
    { ...GIVEN, optimizer: { kind: 'adam', betas: [0.9, 1] } },
    'betas[1]: received 1, expected less than 1',
  ],
  [{ ...GIVEN, schedule: { kind: 'step' } }, 'recipe.schedule.every: received undefined'],
  [{ ...GIVEN, penalty: { l3: 1 } }, 'no such key (a penalty has l1, l2)'],
  [{ ...GIVEN, batch: 10 }, 'recipe.batch: received 10, expected null for all samples, or'],
  [{ ...GIVEN, batch: { size: 0 } }, 'recipe.batch.size: received 0'],
  [{ ...GIVEN, batch: { size: 5, seed: null } }, 'recipe.batch.seed: received null'],
  [{ ...GIVEN, schedule: { kind: 'cosine', steps: null } }, 'recipe.schedule.steps: received null'],
  [{ ...GIVEN, data: { kind: 'moons', noise: null } }, 'recipe.data.noise: received null'],
  [{ ...GIVEN, steps: 1.5 }, 'recipe.steps: received 1.5, expected an integer from 0 to 10000000'],
])('%j is refused', (input, message) => {
  expect(() => readRecipe(input)).toThrow(InvalidInputError);
  expect(() => readRecipe(input)).toThrow(message);
});
