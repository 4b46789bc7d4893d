import { expect, test } from 'vitest';
import { decodeRun, encodeRun } from '../../../src/training/runText.ts';
import { moonsRecipe } from './recipes.ts';

test('a link says what is not as by default, and the step', () => {
  const recipe = moonsRecipe();
  const text = encodeRun(recipe, 120);
  expect(text).toBe(
    '120~(data:(kind:moons,samples:60,noise:0.1,seed:3,split:!n),' +
      'network:(kind:drawn,widths:!(2,8,8,2),activation:tanh,seed:1,outputBias:!n,initialization:pytorch),' +
      'optimizer:(kind:sgd,learningRate:0.5,momentum:0,nesterov:!f,weightDecay:0))',
  );
  expect(decodeRun(text)).toEqual({ recipe, step: 120 });
});

test('recipes of all parts come back as they were', () => {
  const layers = [{ weight: [[0.1, -2e-8]], bias: [1 / 3], activation: 'identity' }];
  const recipe = moonsRecipe({
    ...{ network: { kind: 'explicit', layers }, loss: 'binaryCrossEntropy', steps: 7 },
    ...{ optimizer: { kind: 'adamw' }, schedule: { kind: 'cosine' }, penalty: { l1: 0.1 } },
    batch: { size: 10, seed: -3 },
    data: { kind: 'points', x: [[0.5, 1e-300]], y: [1] },
  });
  expect(decodeRun(encodeRun(recipe, 0))).toEqual({ recipe, step: 0 });
});

test.each([
  ['(data:(kind:moons))', 'run: received "(data:(kind:moons))", expected a step and a recipe'],
  ['3~(data:(kind:moons)', 'a comma or a closing bracket'],
  ['3~(data:(kind:suns))', 'run.data.kind: received "suns"'],
  ['99999999~(data:(kind:moons),network:(kind:drawn))', 'run.step: received 99999999'],
  [`3~${'x'.repeat(200_000)}`, 'at most 131072'],
])('%s is refused', (text, message) => {
  expect(() => decodeRun(text)).toThrow(message);
});
