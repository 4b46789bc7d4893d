import type { DataSet } from './dataSet.ts';

/** The points of both parts, first those for training: [n, d], row-major. */
export function allPoints({ train, test }: DataSet): Float64Array {
  if (test === null) return train.x;
  const all = new Float64Array(train.x.length + test.x.length);
  all.set(train.x);
  all.set(test.x, train.x.length);
  return all;
}
