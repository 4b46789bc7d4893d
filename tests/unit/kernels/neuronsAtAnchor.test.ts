import { expect, test } from 'vitest';
import { evaluatePlane } from '../../../src/kernels/anchorPlane.ts';
import { neuronsAtAnchor } from '../../../src/kernels/neuronsAtAnchor.ts';
import type { Activation } from '../../../src/model/activations.ts';
import { validateField } from '../../../src/model/fieldValidation.ts';
import { resolve } from '../../../src/model/resolve.ts';
import { twoSum } from '../../../src/numeric/doubleDouble.ts';

/** The first neuron of a clamp of x₁ + bias, at x₁ = at + low. */
function neuronOf(activation: Activation, bias: number, at: number, low: number) {
  const { plane } = resolve(
    validateField({
      network: {
        kind: 'explicit',
        layers: [
          { weight: [[1, 0]], bias: [bias], activation },
          { weight: [[1]], bias: [0] },
        ],
      },
    }),
  );
  const anchor = { x: twoSum(at, low), y: { high: 0, low: 0 }, halfWidth: 1, reach: 1 };
  return neuronsAtAnchor(plane, evaluatePlane(plane, anchor), (value) => value)[0]![0]!;
}

// Its length is 1 + 2⁻⁶⁰.
const LONGER: Activation = { kind: 'hardtanh', min: -(2 ** -60), max: 1 };

test('beyond a clamp the shift is the whole excess, also what float64 does not hold beside the length', () => {
  expect(neuronOf('relu6', 6, 0, 2 ** -60)).toMatchObject({ start: 6, shift: 2 ** -60 });
  const excess = 2 ** -50 + 2 ** -54;
  expect(neuronOf('relu6', 6, excess, 0)).toMatchObject({ start: 6, shift: excess });
  expect(neuronOf(LONGER, 0, 1, 2 ** -62)).toMatchObject({ start: 1, shift: 2 ** -62 });
});

test.each([
  ['just below it', 6 - 2 ** -50, 0],
  ['at it', 6, 0],
  ['at it but for a low part', 6, -(2 ** -60)],
])('a clamp counts from the pre-activation %s', (_, bias, low) => {
  expect(neuronOf('relu6', bias, 0, low)).toMatchObject({ start: bias, shift: 0 });
});

test('below a clamp the shift is the pre-activation', () => {
  expect(neuronOf('relu6', -1, 0, 2 ** -60)).toMatchObject({ start: 0, shift: -1 });
});
