import { describe, expect, it } from 'vitest';
import { loadDataSet } from '../../../src/data/loadDataSet.ts';
import { DATA_KIND_NAMES, readDataSpec } from '../../../src/data/readDataSpec.ts';

const points = { kind: 'points', x: [[1], [2], [3]], y: [0, 2, 0] };

describe('readDataSpec', () => {
  it('fills in what is left out', () => {
    expect(readDataSpec({ kind: 'moons' })).toEqual({
      kind: 'moons',
      samples: 200,
      noise: 0.1,
      seed: 0,
      split: null,
    });
    expect(readDataSpec({ kind: 'digits', split: {} })).toEqual({
      kind: 'digits',
      split: { testSize: 0.25, seed: 0 },
    });
  });

  it('gives frozen specs, which it knows again', () => {
    const spec = readDataSpec(points);
    expect(readDataSpec(spec)).toBe(spec);
    expect(Object.isFrozen(spec)).toBe(true);
    expect(spec).toEqual({ ...points, split: null });
    expect(readDataSpec({ ...spec })).not.toBe(spec);
  });

  it('knows every kind of the table', () => {
    expect(DATA_KIND_NAMES).toContain('digits');
    const given = { x: points.x, y: points.y };
    expect(() => readDataSpec({ kind: 'rings', ...given })).toThrow(
      'data.kind: received "rings", expected one of moons, circles, blobs, spirals, xor',
    );
  });

  it.each([
    [
      { kind: 'moons', samples: 100_001 },
      'data.samples: received 100001, expected an integer from 1 to 100000',
    ],
    [{ kind: 'moons', samples: 0 }, 'data.samples'],
    [
      { kind: 'moons', factor: 0.5 },
      'data.factor: received 0.5, expected no such key (moons has kind, samples, noise, seed, split)',
    ],
    [{ kind: 'moons', noise: -1 }, 'data.noise'],
    [{ kind: 'moons', noise: Number.NaN }, 'data.noise'],
    [
      { kind: 'moons', seed: -1 },
      'data.seed: received -1, expected an integer from 0 to 4294967295',
    ],
    [{ kind: 'circles', factor: 1 }, 'data.factor'],
    [{ kind: 'blobs', centers: 257 }, 'data.centers'],
    [{ kind: 'blobs', noise: 0 }, 'data.noise: received 0, expected no such key'],
    [{ kind: 'formula' }, 'data.formula: received undefined, expected a formula of x1 and x2'],
    [
      { kind: 'xor', samples: 3, split: { testSize: 0.9 } },
      'expected a share that leaves some of 3 points for training',
    ],
    [{ kind: 'xor', split: { testSize: 0 } }, 'data.split.testSize'],
    [{ kind: 'xor', split: { testSize: 0.5, stratify: true } }, 'data.split.stratify'],
    [
      { ...points, x: undefined },
      'data.x: received undefined, expected 1 to 100000 points [[…], …]',
    ],
    [{ ...points, x: [] }, 'data.x: received [], expected'],
    [
      { ...points, x: [[1], [2, 3], [4]] },
      'data.x[1]: received [2,3], expected 1 numbers, as data.x[0] has',
    ],
    [{ ...points, x: [[1], [Number.POSITIVE_INFINITY], [4]] }, 'data.x[1][0]'],
    [{ ...points, x: [[], [], []] }, 'data.x[0]'],
    [{ ...points, y: [0, 1] }, 'data.y: received "2 of them", expected 3, one for each point of x'],
    [{ ...points, y: [0, 1, 0.5] }, 'data.y[2]: received 0.5, expected an integer from 0 to 255'],
    [{ ...points, y: [[0], [1], ['2']] }, 'data.y[2][0]'],
    [null, 'data: received null, expected an object {kind, …}'],
  ])('rejects %j', (spec, message) => {
    expect(() => readDataSpec(spec)).toThrow(message);
  });

  it('bounds the memory of given points', () => {
    const row = new Array<number>(4096).fill(0);
    const y = new Array<number>(500).fill(0);
    expect(() => readDataSpec({ kind: 'points', x: y.map(() => row), y })).toThrow(
      'at most 2000000 altogether',
    );
  });
});

describe('points', () => {
  it('have as many classes as labels need', async () => {
    const set = await loadDataSet(readDataSpec(points));
    expect(set).toMatchObject({
      task: 'classification',
      inputs: 1,
      outputs: 3,
      inputNames: ['x₁'],
      classNames: ['class 1', 'class 2', 'class 3'],
      train: { count: 3, x: Float64Array.of(1, 2, 3), y: Int32Array.of(0, 2, 0) },
      test: null,
    });
    const one = await loadDataSet(readDataSpec({ kind: 'points', x: [[1, 2]], y: [0] }));
    expect([one.outputs, one.inputNames]).toEqual([2, ['x₁', 'x₂']]);
  });

  it('have targets if these are lists', async () => {
    const y = [
      [1, 2],
      [3, 4],
      [5, 6],
    ];
    const set = await loadDataSet(readDataSpec({ ...points, y }));
    expect(set).toMatchObject({ task: 'regression', inputs: 1, outputs: 2 });
    expect([...set.train.y]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('of the exercise are four', async () => {
    const { train } = await loadDataSet(readDataSpec({ kind: 'exercise' }));
    expect([...train.x]).toEqual([1, 1, 2, 2, 1, 2, 2, 3]);
    expect([...train.y]).toEqual([1, 1, 0, 0]);
  });
});

it('makes the same data set but once', async () => {
  const spec = readDataSpec({ kind: 'moons' });
  expect(await loadDataSet(spec)).toBe(await loadDataSet(spec));
});
