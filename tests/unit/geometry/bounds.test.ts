import { describe, expect, test } from 'vitest';
import type { Architecture } from '../../../src/geometry/architecture.ts';
import { regionBounds } from '../../../src/geometry/bounds.ts';
import { enumerateRegions } from '../../../src/geometry/enumerateRegions.ts';
import { EPSILON, expectNear } from '../expectNear.ts';
import { drawn } from './networks.ts';

const bounds = (activation: Architecture['activation'], widths: readonly number[]) =>
  regionBounds({ hidden: widths.slice(1, -1), activation, isUnfolded: true });
const relu = (...widths: number[]) => bounds('relu', widths);
const abs = (...widths: number[]) => bounds('abs', widths);

describe('regionBounds', () => {
  test('of a shallow network: 211 for 20 neurons, and 81 expected in the unit square', () => {
    expect(relu(2, 20, 1)).toEqual({
      shallow: 211,
      product: 211,
      serra: 211,
      montufar: 211,
      expectedInUnitSquare: 81,
    });
    expect(relu(2, 1, 1)).toMatchObject({ shallow: 2, product: 2, serra: 2, montufar: null });
  });

  test('of 2-5-5-5-5-1: 16⁴ at most, and 2²·2²·2²·16 can be had', () => {
    expect(relu(2, 5, 5, 5, 5, 1)).toEqual({
      shallow: null,
      product: 65536,
      serra: 65536,
      montufar: 4 ** 3 * 16,
      expectedInUnitSquare: null,
    });
  });

  test('of narrow networks: what is switched off leaves fewer dimensions', () => {
    // j1 = 0 leaves 2 dimensions, 1 leaves 2 and 2 leaves 1 of a first layer with 3 neurons.
    expect(relu(2, 3, 3, 1)).toMatchObject({ product: 49, serra: 7 + 3 * 7 + 3 * 4 });
    // j1 = 0 leaves 2, 1 leaves 1, 2 leaves none.
    expect(relu(2, 2, 4, 1)).toMatchObject({ product: 44, serra: 11 + 2 * 5 + 1 });
    expect(relu(2, 1, 4, 1)).toMatchObject({ product: 10, serra: 5 + 1, montufar: null });
  });

  test('of Abs: no neuron is ever off', () => {
    expect(abs(2, 2, 4, 1)).toEqual({
      shallow: null,
      product: 44,
      serra: null,
      montufar: null,
      expectedInUnitSquare: null,
    });
  });

  test('of 16 layers of 256 without overflow or hang', () => {
    const widths = [2, ...new Array<number>(16).fill(256), 1];
    const cells = 1 + 256 + (256 * 255) / 2;
    // A product of sixteen factors, each a sum of hundreds of binomials.
    expectNear(relu(...widths).serra! / cells ** 16, 1, 16 * 300 * EPSILON);
  });

  test('hold for networks as drawn', () => {
    for (const widths of [
      [2, 9, 1],
      [2, 2, 4, 1],
      [2, 3, 3, 1],
      [2, 1, 4, 1],
      [2, 4, 4, 4, 1],
    ]) {
      for (let seed = 0; seed < 20; seed++) {
        for (const activation of ['relu', 'abs'] as const) {
          const { activationRegions, bounds } = enumerateRegions(drawn(widths, seed, activation), {
            window: null,
          });
          const least = Math.min(bounds.product, bounds.serra ?? Infinity);
          expect(activationRegions).toBeLessThanOrEqual(least);
        }
      }
    }
  });

  test('expect the mean count of shallow networks in [−1, 1]²', () => {
    const square = { x: [-1, 1], y: [-1, 1] } as const;
    const counts = Array.from(
      { length: 400 },
      (_, seed) => enumerateRegions(drawn([2, 20, 1], seed), { window: square }).activationRegions,
    );
    const mean = counts.reduce((a, b) => a + b) / counts.length;
    const variance = counts.reduce((sum, n) => sum + (n - mean) ** 2, 0) / (counts.length - 1);
    // Fixed seeds, so this holds or does not; five standard errors of the mean.
    const standardError = Math.sqrt(variance / counts.length);
    expect(Math.abs(mean - 81) <= 5 * standardError).toBe(true);
    expect(standardError < 2).toBe(true);
  });
});
