import { NumpyRandom } from '../model/numpyRandom.ts';
import type { DataSet, Samples } from './dataSet.ts';
import type { Split } from './dataSpec.ts';
import type { WholeSet } from './wholeSet.ts';

/** The number of points for testing, of `count`: rounded up, as scikit-learn does. */
export function testCount(count: number, { testSize }: Split): number {
  return Math.ceil(testSize * count);
}

/**
 * The data set in two parts, each in the order of scikit-learn's `train_test_split`; without a split in the order given, all for training.
 *
 * Source: sklearn/model_selection/_split.py, ShuffleSplit: a permutation, whose first points are for testing.
 */
export function splitSet(whole: WholeSet, split: Split | null): DataSet {
  if (whole.task === 'classification') {
    const { samples, ...rest } = whole;
    return { ...rest, ...partsOf(samples, split) };
  }
  const { samples, ...rest } = whole;
  return { ...rest, ...partsOf(samples, split) };
}

function partsOf<Y extends Int32Array | Float64Array>(
  samples: Samples<Y>,
  split: Split | null,
): { readonly train: Samples<Y>; readonly test: Samples<Y> | null } {
  if (split === null) return { train: samples, test: null };
  const order = new NumpyRandom(split.seed).permutation(samples.count);
  const count = testCount(samples.count, split);
  return {
    train: take(samples, order.subarray(count)),
    test: take(samples, order.subarray(0, count)),
  };
}

/** Some of the samples, in the order of their positions. */
function take<Y extends Int32Array | Float64Array>(
  { count, x, y }: Samples<Y>,
  positions: Int32Array,
): Samples<Y> {
  return {
    count: positions.length,
    x: takeRows(x, x.length / count, positions),
    y: takeRows(y, y.length / count, positions),
  };
}

function takeRows<T extends Int32Array | Float64Array>(
  rows: T,
  width: number,
  positions: Int32Array,
): T {
  const taken = rows.slice(0, width * positions.length) as T;
  positions.forEach((from, to) => {
    taken.set(rows.subarray(width * from, width * (from + 1)), width * to);
  });
  return taken;
}
