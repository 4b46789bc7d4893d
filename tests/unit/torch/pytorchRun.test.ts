import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadDataSet } from '../../../src/data/loadDataSet.ts';
import { networkOf } from '../../../src/model/drawnNetwork.ts';
import { provideModel } from '../../../src/model/models.ts';
import { createModel } from '../../../src/models/createModel.ts';
import { runProgram } from '../../../src/torch/pytorchRun.ts';
import { readRecipe } from '../../../src/training/readRecipe.ts';
import { Run } from '../../../src/training/run.ts';
import { expectNear } from '../expectNear.ts';

const STEPS = 60;
/** Of each program what PyTorch 1.13 prints when it runs it. */
const CASES = [
  {
    file: 'adam',
    printed: 0.2664184877151986,
    recipe: {
      data: { kind: 'moons', samples: 40, noise: 0.1, seed: 2 },
      network: { kind: 'drawn', widths: [2, 6, 2], activation: 'relu', seed: 3 },
      optimizer: { kind: 'adam', learningRate: 0.02 },
      batch: { size: 7, seed: 5 },
      penalty: { l1: 0.001, l2: 0.01 },
      schedule: { kind: 'cosine' },
    },
  },
  {
    file: 'nesterov',
    printed: 0.3793439564573824,
    recipe: {
      data: { kind: 'formula', formula: 'sin(x1)+x2', samples: 30 },
      network: {
        kind: 'drawn',
        widths: [2, 5, 1],
        activation: { kind: 'prelu', slopes: [0.2] },
        seed: 3,
        initialization: 'kaimingNormal',
      },
      loss: 'meanSquaredError',
      optimizer: { kind: 'sgd', learningRate: 0.01, momentum: 0.9, nesterov: true },
      schedule: { kind: 'step', every: 20 },
    },
  },
  {
    file: 'adamw',
    printed: 0.6351779652538003,
    recipe: {
      data: { kind: 'circles', samples: 30 },
      network: { kind: 'drawn', widths: [2, 5, 1], activation: 'gelu', seed: 3 },
      loss: 'binaryCrossEntropy',
      optimizer: { kind: 'adamw', learningRate: 0.01 },
    },
  },
] as const;

test.each(CASES)(
  'the program of a run with $file repeats it',
  async ({ file, printed, recipe }) => {
    const read = readRecipe({ ...recipe, steps: STEPS });
    const data = await loadDataSet(read.data);
    const path = `../../reference/training/programs/${file}.py`;
    expect(runProgram(read, data, STEPS)).toBe(
      readFileSync(new URL(path, import.meta.url), 'utf8'),
    );
    const run = new Run(read, data);
    run.goTo(STEPS);
    expectNear(run.losses.at(-1)!, printed, 1e-9 * printed);
  },
);

test('two classes are one target of the single output of a network from a file', async () => {
  const source = {
    kind: 'explicit',
    layers: [{ weight: [[1, 2]], bias: [0], activation: 'identity' }],
  } as const;
  const inputs = [0, 1].map(() => ({ name: null, range: null, unit: null }));
  const rest = { outputNames: null, outputUnit: null, ending: null, notes: [] };
  const facts = { name: 'file', inputs, ...rest };
  const model = createModel(networkOf(source), facts);
  provideModel(model);
  const programs = [{ kind: 'model', id: model.id }, source].map(async (network) => {
    const data = { kind: 'moons', samples: 5 };
    const recipe = readRecipe({ data, network, loss: 'binaryCrossEntropy' });
    return runProgram(recipe, await loadDataSet(recipe.data), 1);
  });
  const [ofFile, ofWeights] = await Promise.all(programs);
  expect(ofFile).toBe(ofWeights);
});
