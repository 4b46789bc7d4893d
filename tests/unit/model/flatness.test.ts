import { expect, it } from 'vitest';
import { validateField } from '../../../src/model/fieldValidation.ts';
import { isFlatEverywhere } from '../../../src/model/flatness.ts';
import { resolve } from '../../../src/model/resolve.ts';

it.each([
  [{ kind: 'argmax' }, 'gradientNorm', true],
  [{ kind: 'argmax' }, 'partial1', true],
  [{ kind: 'argmax' }, 'value', false],
  [{ kind: 'argmax' }, 'region', false],
  [{ kind: 'softmax', lambda: 1 }, 'gradientNorm', false],
  [{ kind: 'sigmoid', weight: [0, 0], bias: 1 }, 'value', true],
  [{ kind: 'tanh', weight: [0, 0], bias: 1 }, 'gradientNorm', true],
  [{ kind: 'tanh', weight: [0, 1], bias: 1 }, 'value', false],
  [{ kind: 'mlp' }, 'gradientNorm', false],
] as const)('%j, %s: %s', (field, quantity, flat) => {
  expect(isFlatEverywhere(resolve(validateField(field)), quantity)).toBe(flat);
});
