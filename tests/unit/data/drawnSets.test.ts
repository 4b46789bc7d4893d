import { describe, expect, it } from 'vitest';
import type { DataSet } from '../../../src/data/dataSet.ts';
import { loadDataSet } from '../../../src/data/loadDataSet.ts';
import { readDataSpec } from '../../../src/data/readDataSpec.ts';
import { NumpyRandom } from '../../../src/model/numpyRandom.ts';
import { EPSILON, expectNear } from '../expectNear.ts';

const load = (spec: object): Promise<DataSet> => loadDataSet(readDataSpec(spec));

/** Points with their labels or targets. */
function rowsOf({ train: { x, y }, inputs }: DataSet): { x: number[]; y: number }[] {
  return Array.from(y, (answer, i) => ({
    x: [...x.slice(inputs * i, inputs * (i + 1))],
    y: answer,
  }));
}

describe('two spirals', () => {
  it('go round as often as asked for, opposite each other', async () => {
    const rows = rowsOf(
      await load({ kind: 'spirals', samples: 41, turns: 1.5, noise: 0, seed: 4 }),
    );
    const radii = (label: number) =>
      rows
        .filter(({ y }) => y === label)
        .map(({ x: [x1, x2] }) => {
          const radius = Math.hypot(x1!, x2!);
          const angle = 3 * Math.PI * radius + label * Math.PI;
          expectNear(x1!, radius * Math.cos(angle), 20 * EPSILON);
          expectNear(x2!, radius * Math.sin(angle), 20 * EPSILON);
          return radius;
        })
        .sort((a, b) => a - b);
    radii(0).forEach((radius, i) => {
      expectNear(radius, (i + 0.5) / 20, EPSILON);
    });
    radii(1).forEach((radius, i) => {
      expectNear(radius, (i + 0.5) / 21, EPSILON);
    });
    expect([radii(0).length, radii(1).length]).toEqual([20, 21]);
    // Shuffled.
    expect(rows.slice(0, 20).some(({ y }) => y === 1)).toBe(true);
  });
});

describe('XOR', () => {
  it('has class 1 where the signs differ, and noise moves points without changing their class', async () => {
    const [still, moved] = await Promise.all(
      [0, 0.5].map(async (noise) =>
        rowsOf(await load({ kind: 'xor', samples: 100, noise, seed: 9 })),
      ),
    );
    const random = new NumpyRandom(9);
    for (const { x, y } of still!) {
      expect(x).toEqual([random.uniform(-1, 1), random.uniform(-1, 1)]);
      expect(y).toBe(x[0]! * x[1]! < 0 ? 1 : 0);
    }
    expect(moved!.map(({ y }) => y)).toEqual(still!.map(({ y }) => y));
    expect(moved![0]!.x).toEqual(still![0]!.x.map((value) => value + random.normal(0, 0.5)));
  });
});

describe('a formula', () => {
  it('has its values at random points', async () => {
    const set = await load({
      kind: 'formula',
      formula: 'sin(3 x₁) − x2^2',
      samples: 50,
      halfWidth: 2,
      seed: 1,
    });
    expect([set.task, set.inputs, set.outputs]).toEqual(['regression', 2, 1]);
    for (const { x, y } of rowsOf(set)) {
      expect(Math.max(...x.map(Math.abs))).toBeLessThan(2);
      expect(y).toBe(Math.sin(3 * x[0]!) - x[1]! ** 2);
    }
  });

  it('must have finite values there, and be a formula', () => {
    const read = (formula: string) => () => readDataSpec({ kind: 'formula', formula });
    expect(read('log(x1)')).toThrow(
      /data\.formula: received "log\(x1\)", expected finite values; at \(/,
    );
    expect(read('x1 +')).toThrow('expected a number, a name or ( instead of the end');
    expect(read('z + 1')).toThrow('expected no z, but numbers and x1, x2');
    expect(read('alert(1)')).toThrow('no alert');
    expect(read('constructor')).toThrow('no constructor');
  });
});

describe('the digits', () => {
  it('are those of scikit-learn, in its order', async () => {
    const { train, inputs, outputs, inputNames } = await load({ kind: 'digits' });
    expect([train.count, inputs, outputs]).toEqual([1797, 64, 10]);
    expect([inputNames[0], inputNames[15]]).toEqual(['pixel_0_0', 'pixel_1_7']);
    // load_digits().data.sum() and .target.sum(), and the first digit, a nought.
    expect(train.x.reduce((sum, value) => sum + value, 0)).toBe(561718);
    expect([...train.y].reduce((sum, value) => sum + value, 0)).toBe(8070);
    expect([...train.x.slice(0, 16)]).toEqual([
      0, 0, 5, 13, 9, 1, 0, 0, 0, 0, 13, 15, 10, 15, 5, 0,
    ]);
    expect([...train.y.slice(0, 12)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]);
    expect([...train.x.slice(-4)]).toEqual([14, 12, 1, 0]);
  });

  it('are split as the course splits them', async () => {
    const { train, test } = await load({ kind: 'digits', split: { testSize: 0.25, seed: 123 } });
    expect([train.count, test!.count]).toEqual([1347, 450]);
    // train_test_split(*load_digits(return_X_y=True), random_state=123)
    expect([...train.y.slice(0, 10)]).toEqual([7, 3, 1, 8, 7, 7, 2, 9, 0, 2]);
    expect([...test!.y.slice(0, 10)]).toEqual([3, 3, 4, 4, 1, 3, 1, 0, 7, 4]);
  });
});
