import { beforeAll, expect, test } from 'vitest';
import { loadDigits } from '../../../src/data/digits.ts';
import { loadDataSet } from '../../../src/data/loadDataSet.ts';
import { readDataSpec } from '../../../src/data/readDataSpec.ts';
import { beginTraining, DIGITS_SPLIT } from '../../../src/state/beginTraining.ts';
import { DEFAULT_STATE } from '../../../src/state/defaults.ts';
import { applyPatch } from '../../../src/state/patch.ts';
import { readRecipe } from '../../../src/training/readRecipe.ts';
import { runOf } from './recipes.ts';

/** Each digit's features unscaled, a quarter for testing after `np.random.seed(123)`, full batch. */
const COURSE = {
  data: { kind: 'digits', split: { testSize: 0.25, seed: 123 } },
  optimizer: { kind: 'sgd', learningRate: 0.01 },
  steps: 501,
};

beforeAll(loadDigits);

test('logistic regression on the digits prints the course’s table', () => {
  const network = { kind: 'drawn', widths: [64, 10], initialization: 'zeros' };
  const run = runOf(readRecipe({ ...COURSE, network }));
  run.goTo(501);
  const printed = Array.from({ length: 11 }, (_, i) => run.losses[50 * i]!.toFixed(4));
  expect(printed.join(' ')).toBe(
    '2.3026 0.2275 0.1599 0.1306 0.1130 0.1009 0.0918 0.0846 0.0788 0.0738 0.0696',
  );
  expect(run.evaluate().test!.accuracy!.toFixed(3)).toBe('0.953');
});

test('a two-layer network on the digits is right in 0.93 to 0.97 of the test', async () => {
  const spec = readDataSpec({ kind: 'digits', split: DIGITS_SPLIT });
  const begun = beginTraining(DEFAULT_STATE, spec, await loadDataSet(spec), [32]);
  const network = { widths: [64, 32, 10], seed: 123, initialization: 'numpyXavierUniform' };
  const recipes = [
    // That of the page's button.
    applyPatch(DEFAULT_STATE, begun).run!.recipe,
    readRecipe({ ...COURSE, network: { kind: 'drawn', ...network } }),
  ];
  expect(recipes[0]!.network).toMatchObject({ seed: 0, initialization: 'xavierUniform' });
  for (const recipe of recipes) {
    const run = runOf(recipe);
    run.goTo(recipe.steps);
    const { accuracy } = run.evaluate().test!;
    expect(accuracy).toBeGreaterThanOrEqual(0.93);
    expect(accuracy).toBeLessThanOrEqual(0.97);
  }
});
