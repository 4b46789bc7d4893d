import { expect, it } from 'vitest';
import { findSample, partOf, pointAt } from '../../../src/data/findSample.ts';
import { dataSetIfLoaded } from '../../../src/data/loadDataSet.ts';
import { readDataSpec } from '../../../src/data/readDataSpec.ts';

const POINTS = {
  kind: 'points',
  x: [
    [0, 1, 2],
    [3, 4, 5],
    [0, 1, 2],
    [6, 7, 8],
  ],
  y: [0, 1, 1, 0],
};

it('finds each point again, the first of equal ones', () => {
  const set = dataSetIfLoaded(readDataSpec(POINTS))!;
  expect(POINTS.x.map((point) => findSample(set, point)?.index)).toEqual([0, 1, 0, 3]);
  expect(findSample(set, [0, 1, 2.5])).toBeNull();
});

it('looks at both parts of a split', () => {
  const split = { testSize: 0.5, seed: 1 };
  const set = dataSetIfLoaded(readDataSpec({ ...POINTS, split }))!;
  for (const part of ['train', 'test'] as const) {
    const place = findSample(set, [...pointAt(partOf(set, part), 1)])!;
    expect([...pointAt(partOf(set, place.part), place.index)]).toEqual([
      ...pointAt(partOf(set, part), 1),
    ]);
  }
  expect(findSample(set, [6, 7, 8])).not.toBeNull();
});
