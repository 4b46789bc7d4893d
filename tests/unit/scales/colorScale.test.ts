import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { colorScale, colorTicks, mapFraction } from '../../../src/scales/colorScale.ts';
import type { ShownNorm } from '../../../src/scales/norms.ts';

const FILLED = scaled({ filled: true, count: 5 });
const PLAIN = scaled({ filled: false, count: 5 });

function scaled(
  contours: { filled: boolean; count: number },
  norm: ShownNorm = { kind: 'linear' },
) {
  return { contours: { ...contours, lines: false }, norm };
}

function range(minDifference: number, maxDifference: number, base = 0) {
  return { base, minDifference, maxDifference };
}

describe('colorScale', () => {
  test('has levels where contours are filled, and only there', () => {
    expect(colorScale(FILLED, range(-0.1, 1)).levels).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(colorScale(PLAIN, range(-0.1, 1)).levels).toEqual([]);
  });

  test('keeps levels and ticks apart where float64 cannot', () => {
    const scale = colorScale(FILLED, range(0, 1e-20, 1));
    expect(new Set(scale.levels).size).toBeGreaterThan(3);
    expect(new Set(colorTicks(scale, 5).ticks.map(({ label }) => label)).size).toBeGreaterThan(3);
  });
});

describe('mapFraction', () => {
  test('is the place itself without levels, the middle of the map for a single value', () => {
    expect(mapFraction(0.3, colorScale(PLAIN, range(2, 4)))).toBe(0.3);
    expect(mapFraction(0.3, colorScale(FILLED, range(2, 2)))).toBe(0.5);
  });

  test('is the middle of the step between two levels', () => {
    const scale = colorScale(FILLED, range(0, 1));
    for (const [place, middle] of [
      [0.01, 0.1],
      [0.19, 0.1],
      [0.21, 0.3],
      [0.99, 0.9],
    ] as const) {
      // One rounding in each of four operations.
      expect(Math.abs(mapFraction(place, scale) - middle)).toBeLessThanOrEqual(1e-15);
    }
  });

  test('stays within the map, and never falls', () => {
    const ends = fc.tuple(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
    );
    fc.assert(
      fc.property(ends, fc.integer({ min: 2, max: 64 }), ([min, span], count) => {
        const scale = colorScale(scaled({ filled: true, count }), range(min, min + span));
        const fractions = Array.from({ length: 101 }, (_, i) => mapFraction(i / 100, scale));
        fractions.forEach((fraction, i) => {
          expect(fraction >= 0 && fraction <= 1).toBe(true);
          expect(fraction >= (fractions[i - 1] ?? 0)).toBe(true);
        });
      }),
    );
  });
});
