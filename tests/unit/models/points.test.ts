import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lookAtPoints } from '../../../src/model/firstLook.ts';
import { pointsOf } from '../../../src/model/slices.ts';
import { ModelFileError } from '../../../src/models/modelFile.ts';
import { isPoints, readPoints } from '../../../src/models/points.ts';
import { principalDirections } from '../../../src/numeric/principalDirections.ts';
import { expectNear } from '../expectNear.ts';

const FOLDER = join(import.meta.dirname, '../../reference/points');
const fileOf = (name: string) => ({
  name,
  bytes: new Uint8Array(readFileSync(join(FOLDER, name))),
});
const textOf = (text: string, name = 'data.csv') => ({
  name,
  bytes: new TextEncoder().encode(text),
});
const rowsOf = (text: string, columns: number, name?: string) => {
  const { rows, values } = readPoints(textOf(text, name), columns);
  return Array.from({ length: rows }, (_, row) => [
    ...values.subarray(row * columns, (row + 1) * columns),
  ]);
};

describe('readPoints', () => {
  it('reads numbers with commas, semicolons, tabs or blanks between them', () => {
    const expected = [
      [1, -2.5],
      [3e3, 0.5],
    ];
    expect(rowsOf('1,-2.5\n3e3,.5', 2)).toEqual(expected);
    expect(rowsOf('1;-2,5\r\n3e3;,5\r\n', 2)).toEqual(expected);
    expect(rowsOf('1\t-2.5\n\n3e3\t.5\n', 2)).toEqual(expected);
    expect(rowsOf('# a comment\n  1   -2.5\n +3e3 5e-1\n', 2, 'data.txt')).toEqual(expected);
    expect(rowsOf('"1","-2.5"\n"3e3",".5"', 2)).toEqual(expected);
    expect(rowsOf('\uFEFF1,-2.5\n3e3,.5', 2)).toEqual(expected);
  });

  it('takes words in the first line as names, and leaves out a column of classes', () => {
    expect(rowsOf('a,b\n1,2\n', 2)).toEqual([[1, 2]]);
    expect(rowsOf('label,a,b\n7,1,2\n', 2)).toEqual([[1, 2]]);
    expect(rowsOf('x,y,label\n1,2,7\n', 2)).toEqual([[1, 2]]);
    expect(rowsOf('a,b,y\n1,2,7\n', 2)).toEqual([[1, 2]]);
    // pandas numbers the rows.
    expect(rowsOf(',a,b\n0,1,2\n1,3,4\n', 2)).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(() => rowsOf('x,y,c\n1,2,7\n', 2)).toThrow('line 2 has 3 numbers');
    expect(() => rowsOf(',a,label\n0,1,2\n', 2)).toThrow('line 2 has 3 numbers');
    expect(rowsOf('a;b;Species\n1,5;2;setosa\n', 2)).toEqual([[1.5, 2]]);
  });

  it('says what is wrong with a table, and where', () => {
    expect(() => rowsOf('1,2\n1,2,3\n', 2)).toThrow(
      'data.csv: line 2 has 3 numbers, but the network has 2 inputs',
    );
    expect(() => rowsOf('1,2,3\n', 2)).toThrow('line 1 has 3 numbers');
    expect(() => rowsOf('1,2\n1,two\n', 2)).toThrow('data.csv: line 2: “two” is no number');
    expect(() => rowsOf('1,2\n1,1e999\n', 2)).toThrow('“1e999” is no number');
    expect(() => rowsOf('1,2\n1,\n', 2)).toThrow('“” is no number');
    expect(() => rowsOf('a,b\n', 2)).toThrow('data.csv: holds no numbers');
    expect(() => rowsOf('1,2\n', 2, 'notes.md')).toThrow('notes.md: no points; they can be read');
  });

  it('reads what NumPy writes, text and binary to the last bit', () => {
    const csv = readPoints(fileOf('plane.csv'), 5);
    const text = readPoints(fileOf('plane.txt'), 5);
    expect([csv.rows, csv.columns]).toEqual([60, 5]);
    expect(text).toEqual(csv);
    expect(readPoints(fileOf('wide.npy'), 40).rows).toBe(12);
  });

  it('makes rows of images, and takes the array that fits', () => {
    const bars = readPoints(fileOf('bars.npz'), 64);
    expect([bars.rows, bars.values.length]).toEqual([30, 30 * 64]);
    const corners = readPoints(fileOf('corners.npy'), 64);
    expect([...corners.values.subarray(0, 128)]).toEqual([...bars.values.subarray(0, 128)]);
    expect(() => readPoints(fileOf('bars.npz'), 3)).toThrow(
      'bars.npz: holds labels [30], images [30, 8, 8], but the network has 3 inputs; expected an array [n, 3]',
    );
  });

  it('knows files of points from files of networks by name or content', () => {
    expect(isPoints(textOf('1,2', 'DATA.CSV'))).toBe(true);
    expect(isPoints({ name: 'x', bytes: fileOf('wide.npy').bytes })).toBe(true);
    expect(isPoints(fileOf('bars.npz'))).toBe(false);
    expect(isPoints(textOf('{}', 'net.json'))).toBe(false);
  });

  it('reads plain numbers as it reads all others, with all their digits', () => {
    const number = fc.tuple(
      fc.constantFrom('', '-', '+'),
      fc.stringMatching(/^[0-9]{1,9}$/),
      fc.constantFrom('', '.', '.5', '.000001', '.123456789'),
    );
    const rows = fc.array(fc.tuple(number, number, number), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(rows, fc.constantFrom(',', ' , ', ';', '\t', '  '), (table, separator) => {
        const texts = table.map((row) => row.map((parts) => parts.join('')));
        const { values } = readPoints(
          textOf(texts.map((row) => row.join(separator)).join('\n')),
          3,
        );
        expect([...values]).toEqual(texts.flat().map(Number));
      }),
      { numRuns: 300 },
    );
    const labelled = textOf('label,a,b\n7,0.1,-2\n3,1e3,"4"\n5,  .25 , 6.\n');
    expect([...readPoints(labelled, 2).values]).toEqual([0.1, -2, 1000, 4, 0.25, 6]);
  });

  it('throws nothing but its own errors for damaged tables', () => {
    const { bytes } = fileOf('plane.csv');
    const damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 8 });
    fc.assert(
      fc.property(damage, fc.integer({ min: 1, max: 6 }), (changes, columns) => {
        const damaged = bytes.slice();
        for (const [at, byte] of changes) damaged[at] = byte;
        try {
          const { rows, values } = readPoints({ name: 'a.csv', bytes: damaged }, columns);
          expect(values.length).toBe(rows * columns);
          expect(values.every(Number.isFinite)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(ModelFileError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('main directions', () => {
  const expected: Readonly<
    Record<string, { mean: number[]; directions: number[][]; deviations: number[] }>
  > = JSON.parse(readFileSync(join(FOLDER, 'principal.json'), 'utf8'));

  it.each(Object.entries(expected))('of %s are those of numpy.linalg.svd', (name, numbers) => {
    const points = readPoints(fileOf(name), numbers.mean.length);
    const { mean, directions, deviations } = principalDirections(points);
    // The second gap of small_gap.npy is 1 % of the variance: 1e-11 of the residual over it.
    numbers.mean.forEach((value, j) => {
      expectNear(mean[j]!, value, 1e-13);
      expectNear(directions[0][j]!, numbers.directions[0]![j]!, 1e-8);
      expectNear(directions[1][j]!, numbers.directions[1]![j]!, 1e-8);
    });
    numbers.deviations.forEach((value, k) => {
      expectNear(deviations[k]!, value, 1e-12 * value);
    });
  });
});

describe('lookAtPoints', () => {
  it('spans the plane with three points, which lie in the view', () => {
    const corners = readPoints(fileOf('corners.npy'), 64);
    const { slice, center, halfWidth } = lookAtPoints(corners);
    const rows = [0, 1, 2].map((row) => [...corners.values.subarray(64 * row, 64 * (row + 1))]);
    expect(pointsOf(slice)).toEqual(rows);
    expect([center, halfWidth]).toEqual([[0.5, 0.5], 1]);
  });

  it('spans it with the main directions through the mean of more, and holds all their shadows', () => {
    const points = readPoints(fileOf('plane.csv'), 5);
    const { slice, center, halfWidth } = lookAtPoints(points);
    const { mean, directions } = principalDirections(points);
    expect(slice.origin).toEqual([...mean].map(Math.fround));
    expect(slice.axis1).toEqual([...directions[0]].map(Math.fround));
    expect(slice.axis2).toEqual([...directions[1]].map(Math.fround));
    expect(center).toEqual([0, 0]);
    const along = (row: number, axis: readonly number[]) =>
      axis.reduce((sum, a, j) => sum + a * (points.values[5 * row + j]! - slice.origin[j]!), 0);
    const shadows = Array.from({ length: 60 }, (_, row) =>
      [slice.axis1, slice.axis2].map((axis) => Math.abs(along(row, axis))),
    ).flat();
    expectNear(halfWidth, Math.max(...shadows), 1e-12);
  });

  it('wants three points at least, which lie on no line', () => {
    const points = (values: number[]) => ({ rows: values.length / 2, columns: 2, values });
    expect(() => lookAtPoints(points([0, 0, 1, 1]))).toThrow(
      'points: received "2 points", expected 3',
    );
    expect(() => lookAtPoints(points([0, 0, 1, 1, 2, 2]))).toThrow(
      'expected points that span a plane',
    );
    expect(() => lookAtPoints(points([0, 0, 1, 1, 2, 2, 5, 5]))).toThrow(
      'expected points that span a plane',
    );
    expect(() => lookAtPoints({ rows: 3, columns: 1, values: [1, 2, 3] })).toThrow(
      'a network of two inputs or more',
    );
  });
});
