import { describe, expect, test } from 'vitest';
import { leavesFloat32 } from '../../../src/kernels/float32Range.ts';
import { pictureGrid } from '../../../src/kernels/grid.ts';
import { validateField } from '../../../src/model/fieldValidation.ts';
import { resolve } from '../../../src/model/resolve.ts';

function leaves(activation: string, weights: readonly (readonly number[])[], halfWidth: number) {
  const layers = weights.map((row, i) => ({
    weight: [row],
    bias: [0],
    activation: i === weights.length - 1 ? 'identity' : activation,
  }));
  const readout = { kind: 'output', index: 0 };
  const { plane } = resolve(validateField({ network: { kind: 'explicit', layers }, readout }));
  const { anchor } = pictureGrid({ center: [0, 0], centerLow: [0, 0], halfWidth }, 1, 1, 1);
  return leavesFloat32(plane, anchor, true);
}

describe('neurons that leave float32', () => {
  test.each([
    ['relu', [[1e20, 1e20], [1e16], [1]], 1, false],
    ['relu', [[1e20, 1e20], [1e16], [10]], 1, false],
    ['relu', [[1e20, 1e20], [1e16], [1000]], 1, true],
    ['relu', [[1e20, 1e20], [1e18], [1e-30]], 1, true],
    // Changes count, in half-widths, and of smooth neurons their size.
    ['relu', [[1e20, 1e20], [1e18], [1]], 1e-9, true],
    ['relu', [[1e20, 1e20], [1e16], [1]], 1e9, false],
    ['gelu', [[1e20, 1e20], [1e18], [1]], 1, true],
    ['gelu', [[1e20, 1e20], [1e18], [1]], 1e-6, true],
    ['gelu', [[1e20, 1e20], [1e18], [1]], 1e9, true],
    ['tanh', [[1e30, 1e30], [1e30], [1e36]], 1, false],
    ['relu6', [[1e30, 1e30], [1e30], [1e36]], 1, false],
  ] as const)('%s, weights %j, half-width %f: %s', (activation, weights, halfWidth, expected) => {
    expect(leaves(activation, weights, halfWidth)).toBe(expected);
  });
});
