import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readDataFile } from '../../../src/data/readDataFile.ts';
import { ModelFileError } from '../../../src/models/modelFile.ts';

const table = (text: string) =>
  readDataFile({ name: 'points.csv', bytes: new TextEncoder().encode(text) });

/** A .npy file of float64 numbers. */
function npy(shape: readonly number[], values: readonly number[]): Uint8Array {
  const sides = `${shape.join(', ')}${shape.length === 1 ? ',' : ''}`;
  const header = `{'descr': '<f8', 'fortran_order': False, 'shape': (${sides}), }\n`.padStart(118);
  const start = Uint8Array.from([0x93, ...Buffer.from('NUMPY'), 1, 0, header.length, 0]);
  return Uint8Array.from([
    ...start,
    ...Buffer.from(header),
    ...new Uint8Array(Float64Array.from(values).buffer),
  ]);
}

const archive = (arrays: Record<string, Uint8Array>) =>
  readDataFile({ name: 'set.npz', bytes: zipSync(arrays) });

describe('a table', () => {
  it.each([
    [
      'x1,x2,label\n1,2,0\n3,4,1',
      [
        [1, 2],
        [3, 4],
      ],
      [0, 1],
    ],
    [
      'class;a;b\n1;0,5;2\n0;1;3',
      [
        [0.5, 2],
        [1, 3],
      ],
      [1, 0],
    ],
    [
      '1 2 0\n3 4 2\n',
      [
        [1, 2],
        [3, 4],
      ],
      [0, 2],
    ],
    [
      '5.1,3.5,virginica\n6.2,3.4,setosa\n',
      [
        [5.1, 3.5],
        [6.2, 3.4],
      ],
      [1, 0],
    ],
    ['a,b\n1,0.5\n2,-1\n', [[1], [2]], [[0.5], [-1]]],
    // y is a coordinate beside x, where the classes have another name or stand behind it.
    ['x,y,label\n1,2,0\n', [[1, 2]], [0]],
    ['x,y,colour\n1,2,red\n', [[1, 2]], [0]],
    ['x,y\n1,0.5\n', [[1]], [[0.5]]],
    ['y,x1,x2\n1,2,3\n', [[2, 3]], [1]],
    // pandas numbers the rows.
    [',x1,x2,label\n0,1,2,1\n', [[1, 2]], [1]],
  ])('%j', (text, x, y) => {
    expect(table(text)).toEqual({ kind: 'points', x, y, split: null });
  });

  it.each([
    ['', 'lines without points'],
    ['1\n2', 'lines without points'],
    [',label\n0,1', 'lines without points'],
    ['x1,x2,y', 'lines without points'],
    ['1,2,0\n1,2', 'line 2 has 2 fields, the first one 3'],
    ['x,y\none,0', 'line 2: “one” is no number'],
    ['x,y\n1,0\n2,\n3,1', 'line 3 has no class or target'],
    ['x,y\n1,0.5\n2,nan', 'line 3 has no class or target'],
  ])('is not %j', (text, message) => {
    expect(() => table(text)).toThrow(ModelFileError);
    expect(() => table(text)).toThrow(message);
  });
});

describe('an archive', () => {
  it('has points and classes, or targets', () => {
    const x = npy([2, 2], [1, 2, 3, 4]);
    expect(archive({ 'X.npy': x, 'y.npy': npy([2], [1, 0]) })).toMatchObject({
      x: [
        [1, 2],
        [3, 4],
      ],
      y: [1, 0],
    });
    expect(archive({ 'x.npy': x, 'targets.npy': npy([2, 1], [0.5, 2]) })).toMatchObject({
      y: [[0.5], [2]],
    });
  });

  it('says what it holds instead', () => {
    expect(() => archive({ 'x.npy': npy([2, 2], [1, 2, 3, 4]) })).toThrow(
      'set.npz: holds x [2, 2]; expected an array x [n, d] and an array y [n] or [n, K]',
    );
  });
});
