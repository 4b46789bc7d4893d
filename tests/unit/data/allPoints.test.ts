import { expect, test } from 'vitest';
import { allPoints } from '../../../src/data/allPoints.ts';
import { loadDataSet } from '../../../src/data/loadDataSet.ts';
import { readDataSpec } from '../../../src/data/readDataSpec.ts';

test('all points are those for training, then those for testing, however many', async () => {
  const spec = { kind: 'digits', split: { testSize: 0.25, seed: 123 } };
  const set = await loadDataSet(readDataSpec(spec));
  const { train, test: tested } = set;
  const all = allPoints(set);
  expect(all.length).toBe(1797 * 64);
  expect(all.subarray(0, train.x.length)).toEqual(train.x);
  expect(all.subarray(train.x.length)).toEqual(tested!.x);
  const whole = await loadDataSet(readDataSpec({ kind: 'digits' }));
  expect(allPoints(whole)).toBe(whole.train.x);
});
