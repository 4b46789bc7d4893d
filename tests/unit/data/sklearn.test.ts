import { describe, expect, it } from 'vitest';
import type { Samples } from '../../../src/data/dataSet.ts';
import { loadDataSet } from '../../../src/data/loadDataSet.ts';
import { readDataSpec } from '../../../src/data/readDataSpec.ts';
import { splitSet } from '../../../src/data/split.ts';
import { DATA_REFERENCE, decode } from './dataReference.ts';

describe.each(DATA_REFERENCE.sets)('$spec', ({ spec, x, y }) => {
  it('is that of scikit-learn, to 1e-15 of each coordinate', async () => {
    const { train, test, inputs } = await loadDataSet(readDataSpec(spec));
    const expected = decode(x);
    const wrong = expected.filter((value, i) => {
      const error = Math.abs(train.x[i]! - value);
      return !(error <= 1e-15 * Math.abs(value));
    });
    expect(wrong).toEqual([]);
    expect(train.x).toHaveLength(expected.length);
    expect([...train.y].join('')).toBe(y);
    expect([train.count, test, inputs]).toEqual([y.length, null, 2]);
  });
});

describe.each(DATA_REFERENCE.splits)('$samples points, $testSize for testing', (reference) => {
  it('are split as train_test_split splits them', () => {
    const { samples: count, testSize, seed } = reference;
    const numbers = Array.from({ length: count }, (_, i) => i);
    const samples: Samples<Float64Array> = {
      count,
      x: Float64Array.from(numbers.flatMap((i) => [i, -i])),
      y: Float64Array.from(numbers),
    };
    const whole = { task: 'regression', inputs: 2, outputs: 1, inputNames: [], samples } as const;
    const { train, test } = splitSet(whole, { testSize, seed });
    expect([...train.y]).toEqual(reference.train);
    expect([...test!.y]).toEqual(reference.test);
    expect([...train.x]).toEqual(reference.train.flatMap((i) => [i, -i]));
    expect([train.count, test!.count]).toEqual([reference.train.length, reference.test.length]);
  });
});
