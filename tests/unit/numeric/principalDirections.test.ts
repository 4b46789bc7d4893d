import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { principalDirections, type Rows } from '../../../src/numeric/principalDirections.ts';

const rowsOf = (rows: readonly (readonly number[])[]): Rows => ({
  rows: rows.length,
  columns: rows[0]!.length,
  values: rows.flat(),
});
const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, entry, i) => sum + entry * b[i]!, 0);

describe('principalDirections', () => {
  it('are the axes of points on a cross, the longer one first', () => {
    const cross = rowsOf([
      [1, 2, 2],
      [1, 2, -2],
      [1, 7, 0],
      [1, -3, 0],
    ]);
    const { mean, directions, deviations } = principalDirections(cross);
    expect([...mean]).toEqual([1, 2, 0]);
    for (const [i, expected] of [
      [0, 1, 0],
      [0, 0, 1],
    ].entries()) {
      const error = Math.max(...expected.map((e, j) => Math.abs(e - directions[i]![j]!)));
      expect(error).toBeLessThanOrEqual(1e-15);
    }
    expect(Math.abs(deviations[0] - Math.sqrt(50 / 3))).toBeLessThanOrEqual(1e-14);
    expect(Math.abs(deviations[1] - Math.sqrt(8 / 3))).toBeLessThanOrEqual(1e-14);
  });

  it('are orthonormal, and the largest entry of each is positive', () => {
    const tables = fc
      .tuple(fc.integer({ min: 3, max: 20 }), fc.integer({ min: 2, max: 30 }))
      .chain(([rows, columns]) => {
        const row = fc.array(fc.integer({ min: -50, max: 50 }), {
          minLength: columns,
          maxLength: columns,
        });
        return fc.array(row, { minLength: rows, maxLength: rows });
      });
    fc.assert(
      fc.property(tables, (table) => {
        const {
          directions: [first, second],
          deviations,
        } = principalDirections(rowsOf(table));
        const products = [dot(first, first) - 1, dot(second, second) - 1, dot(first, second)];
        expect(products.every((product) => Math.abs(product) <= 1e-14)).toBe(true);
        for (const direction of [first, second]) {
          const sizes = [...direction].map(Math.abs);
          expect(direction[sizes.indexOf(Math.max(...sizes))]).toBeGreaterThan(0);
        }
        expect(deviations[0] >= deviations[1] * (1 - 1e-12) && deviations[1] >= 0).toBe(true);
      }),
    );
  });

  it('have the variances that points have along them, which no other direction exceeds', () => {
    const table = Array.from({ length: 40 }, (_, i) =>
      Array.from({ length: 6 }, (_, j) => Math.sin(1 + i * i + 2.7 * j * i)),
    );
    const { mean, directions, deviations } = principalDirections(rowsOf(table));
    const varianceAlong = (direction: ArrayLike<number>) =>
      table.reduce(
        (sum, row) =>
          sum +
          dot(
            row.map((x, j) => x - mean[j]!),
            direction,
          ) **
            2,
        0,
      ) / 39;
    directions.forEach((direction, k) => {
      expect(Math.abs(varianceAlong(direction) - deviations[k]! ** 2)).toBeLessThanOrEqual(1e-13);
    });
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 }),
        (any) => {
          const length = Math.hypot(...any);
          fc.pre(length > 0.1);
          const variance = varianceAlong(any.map((entry) => entry / length));
          expect(variance).toBeLessThanOrEqual(deviations[0] ** 2 * (1 + 1e-12));
        },
      ),
    );
  });

  it('say how exact they are, also of a table that is too large to be exact', () => {
    // Noise of 60 columns of nearly the same variance, which grows by a hundredth from one to the next.
    const [rows, columns] = [120_000, 60];
    const values = new Float64Array(rows * columns);
    for (let i = 0; i < values.length; i += 1) {
      values[i] = ((Math.imul(i + 1, 0x9e3779b1) >>> 0) / 2 ** 31 - 1) * (1 + (i % columns) / 100);
    }
    const shares: number[] = [];
    const { mean, directions, deviations, residuals } = principalDirections(
      { rows, columns, values },
      (share) => shares.push(share),
    );
    expect(shares.length).toBeLessThanOrEqual(17);
    expect(shares.at(-1)).toBeLessThanOrEqual(1);
    directions.forEach((direction, k) => {
      const image = new Float64Array(columns);
      for (let row = 0; row < rows; row += 1) {
        const centred = mean.map((middle, j) => values[row * columns + j]! - middle);
        const along = dot(centred, direction);
        for (let j = 0; j < columns; j += 1) image[j]! += (along * centred[j]!) / (rows - 1);
      }
      const rest = image.map((entry, j) => entry - deviations[k]! ** 2 * direction[j]!);
      const residual = Math.sqrt(dot(rest, rest)) / deviations[0] ** 2;
      expect(Math.abs(residual - residuals[k]!)).toBeLessThanOrEqual(1e-9);
    });
    // The largest variance is at least that of the last column, a third of its half-width squared.
    expect(deviations[0] ** 2).toBeGreaterThan((1.59 ** 2 / 3) * 0.98);
    expect(Math.max(...residuals)).toBeLessThan(0.02);
  });

  it('find two directions where both have the same variance, and none of points on a line', () => {
    const square = principalDirections(
      rowsOf([
        [1, 0, 0],
        [-1, 0, 0],
        [0, 1, 0],
        [0, -1, 0],
      ]),
    );
    expect(Math.abs(square.deviations[0] - square.deviations[1])).toBeLessThanOrEqual(1e-15);
    const line = principalDirections(
      rowsOf([
        [0, 0],
        [1, 1],
        [3, 3],
      ]),
    );
    expect(line.deviations[1]).toBeLessThanOrEqual(1e-15);
    const { deviations } = principalDirections(
      rowsOf([
        [2, 3],
        [2, 3],
      ]),
    );
    expect(deviations).toEqual([0, 0]);
  });
});
