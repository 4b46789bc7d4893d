import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contourLines } from '../../../src/drawing/contourLines.ts';
import type { Vec2 } from '../../../src/model/field.ts';

/** [side, side] samples of a function over |x|, |y| ≤ half. */
function sample(side: number, half: number, f: (x: number, y: number) => number): Float64Array {
  const at = (i: number) => half * ((2 * i) / (side - 1) - 1);
  return Float64Array.from({ length: side * side }, (_, i) =>
    f(at(i % side), at(Math.floor(i / side))),
  );
}

const lengthOf = (line: readonly Vec2[]) =>
  line.slice(1).reduce((sum, [x, y], i) => sum + Math.hypot(x - line[i]![0], y - line[i]![1]), 0);

test('the contour of x² + y² at 1 is one closed line, a circle', () => {
  const [side, half] = [101, 2];
  const step = (2 * half) / (side - 1);
  const lines = contourLines(
    sample(side, half, (x, y) => x * x + y * y),
    side,
    side,
    1,
  );
  expect(lines).toHaveLength(1);
  const [line] = lines;
  expect(line!.at(-1)).toEqual(line![0]);
  for (const [column, row] of line!) {
    const radius = Math.hypot(column * step - half, row * step - half);
    // Between samples x² is at most step² / 4 below its chord, which moves the circle by half of that.
    expect(Math.abs(radius - 1) <= (step * step) / 8).toBe(true);
  }
  // A polygon of that error, with more than 60 sides.
  expect(Math.abs(lengthOf(line!) * step - 2 * Math.PI) <= 5e-3).toBe(true);
});

test('a line through the grid is exact, from side to side', () => {
  const values = sample(11, 1, (x, y) => x + 2 * y);
  const [line, ...others] = contourLines(values, 11, 11, 0.35);
  expect(others).toEqual([]);
  for (const [column, row] of line!) {
    const value = column / 5 - 1 + 2 * (row / 5 - 1);
    // A few roundings of numbers near 1.
    expect(Math.abs(value - 0.35) <= 1e-14).toBe(true);
  }
  for (const [column, row] of [line![0]!, line!.at(-1)!]) {
    expect([column, row].some((place) => place === 0 || place === 10)).toBe(true);
  }
});

test('a saddle is divided so that its high corners hold together where the middle is high', () => {
  const corners = [1, 0, 0, 1];
  const ends = (level: number) =>
    contourLines(corners, 2, 2, level).map((line) => line.map(([x, y]) => x < y));
  // Below the middle, ½, the high corners lie on one side of both lines: each keeps to its side of the diagonal.
  expect(ends(0.25).every(([a, b]) => a === b)).toBe(true);
  // Above it the lines cut off the high corners, across the diagonal.
  expect(ends(0.75).every(([a, b]) => a !== b)).toBe(true);
});

test('every line ends on the border or in itself, and lies between samples on both sides of its level', () => {
  const grid = fc
    .record({ width: fc.integer({ min: 2, max: 7 }), height: fc.integer({ min: 2, max: 7 }) })
    .chain(({ width, height }) =>
      fc.record({
        width: fc.constant(width),
        height: fc.constant(height),
        values: fc.array(fc.integer({ min: -3, max: 3 }), {
          minLength: width * height,
          maxLength: width * height,
        }),
      }),
    );
  fc.assert(
    fc.property(grid, ({ width, height, values }) => {
      for (const line of contourLines(values, width, height, 0.5)) {
        const [first, last] = [line[0]!, line.at(-1)!];
        const isClosed = first[0] === last[0] && first[1] === last[1];
        const onBorder = ([x, y]: Vec2) =>
          x === 0 || y === 0 || x === width - 1 || y === height - 1;
        expect(isClosed || (onBorder(first) && onBorder(last))).toBe(true);
        for (const [x, y] of line) {
          const a = values[Math.floor(y) * width + Math.floor(x)]!;
          const b = values[Math.ceil(y) * width + Math.ceil(x)]!;
          expect((a - 0.5) * (b - 0.5)).toBeLessThan(0);
        }
      }
    }),
  );
});

test('cells with a value that is not finite have no line', () => {
  expect(contourLines([0, 1, Number.NaN, 1], 2, 2, 0.5)).toEqual([]);
  expect(contourLines([0, 1, Number.POSITIVE_INFINITY, 1], 2, 2, 0.5)).toEqual([]);
});
