import { ticks as d3Ticks } from 'd3-array';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidInputError } from '../../../src/input/invalidInput.ts';
import { LEVELS_MAX, niceLevels } from '../../../src/scales/levels.ts';

const size = (low: number, high: number) =>
  fc.double({ min: low, max: high, noNaN: true }).map((power) => 10 ** power);
const signed = (low: number, high: number) =>
  fc.tuple(fc.constantFrom(-1, 0, 1), size(low, high)).map(([sign, value]) => sign * value);

describe('niceLevels', () => {
  it('agrees with d3.ticks where float64 has digits enough', () => {
    fc.assert(
      fc.property(
        signed(-3, 3),
        size(-3, 3),
        fc.integer({ min: 2, max: 64 }),
        (min, span, count) => {
          const max = min + span;
          const { values } = niceLevels(min, max, count);
          const expected = d3Ticks(min, max, count);
          // An end like fl(-999.999), which is a level only once rounded: d3 counts it, exact arithmetic need not.
          const isClear = (end: number) =>
            Number.isInteger(end) ||
            expected.every((level) => Math.abs(level - end) > 1e-15 * Math.abs(end));
          fc.pre(isClear(min) && isClear(max));
          expect(values.length).toBe(expected.length);
          // d3 computes index · step or index / step: two roundings.
          values.forEach((value, i) => {
            expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(4e-16 * Math.abs(value));
          });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('are ascending, inside, evenly spaced and never too many, at every scale', () => {
    const count = fc.integer({ min: 1, max: 1000 });
    fc.assert(
      fc.property(signed(-30, 30), size(-17, 6), count, (min, relative, wanted) => {
        const max = min + relative * (Math.abs(min) || 1);
        const levels = niceLevels(min, max, wanted);
        expect(levels.count).toBeLessThanOrEqual(LEVELS_MAX);
        expect([levels.values.length, levels.differences.length]).toEqual([
          levels.count,
          levels.count,
        ]);
        expect(levels.differences).toEqual(levels.values);
        // The step's multiple and each value are rounded once, to ½ ulp.
        const tolerance = 6e-16 * Math.max(Math.abs(min), Math.abs(max));
        const wrong = levels.values.filter((value, i) => {
          const inside = value >= min && value <= max;
          const ascends = i === 0 || value > levels.values[i - 1]!;
          const even = Math.abs(value - (levels.first + i * levels.step)) <= tolerance;
          return !(inside && ascends && even);
        });
        expect(wrong).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    [0, 1, 5, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [0.1, 0.3, 2, [0.1, 0.2, 0.3]],
    [-1, 1, 4, [-1, -0.5, 0, 0.5, 1]],
    [1e12, 1e12 + 0.001, 10, [0, 2, 4, 6, 8].map((i) => Number(`1000000000000.000${i}`))],
    [1, 1 + 2 ** -52, 10, [1]],
  ])('of [%s, %s] for %s', (min, max, count, values) => {
    expect(niceLevels(min, max, count).values).toEqual(values);
  });

  it('has first, step and count', () => {
    const levels = niceLevels(0.5, 10.5, 5);
    expect([levels.first, levels.step, levels.count]).toEqual([2, 2, 5]);
  });

  it('works on differences from a base, finer than the base itself can be represented', () => {
    const levels = niceLevels(-1e-12, 1e-12, 20, 1000);
    // Neighbouring float64 numbers at 1000 are 1.1e-13 apart.
    expect(levels.step).toBe(1e-13);
    expect(levels.differences[0]).toBe(-1e-12);
    expect(levels.differences.length).toBe(21);
    expect(levels.values[10]).toBe(1000);
    // 0.1 in float64 is 0.1 + 5.55e-18, and the nice level is 0.1 itself.
    expect(niceLevels(-1e-17, 1e-17, 1, 0.1).differences).toEqual([expect.closeTo(-5.55e-18, 20)]);
  });

  it('has none for a constant and for a range without a nice value', () => {
    const none = { first: 0, step: 0, count: 0, values: [], differences: [] };
    expect(niceLevels(3, 3, 10)).toEqual(none);
    expect(niceLevels(1 + 2 ** -52, 1 + 2 ** -51, 10)).toEqual(none);
  });

  it.each([
    [1, 0],
    [Number.NaN, 1],
    [0, Number.NaN],
    [0, Infinity],
  ])('rejects [%s, %s]', (min, max) => {
    expect(() => niceLevels(min, max, 10)).toThrow(InvalidInputError);
  });
});
