import { beforeAll, expect, test } from 'vitest';
import { loadDigits } from '../../../src/data/digits.ts';
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

test('a two-layer network on the digits is right in 0.93 to 0.97 of the test', () => {
  for (const initialization of ['xavierUniform', 'numpyXavierUniform']) {
    const network = { kind: 'drawn', widths: [64, 32, 10], seed: 123, initialization };
    const run = runOf(readRecipe({ ...COURSE, network }));
    run.goTo(501);
    const { accuracy } = run.evaluate().test!;
    expect(accuracy).toBeGreaterThanOrEqual(0.93);
    expect(accuracy).toBeLessThanOrEqual(0.97);
  }
});
