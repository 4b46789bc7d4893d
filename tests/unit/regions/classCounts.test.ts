import { expect, test } from 'vitest';
import type { Decision } from '../../../src/geometry/arrangement.ts';
import { countClasses } from '../../../src/regions/classCounts.ts';

function decisionOf(areas: readonly (number | null)[]): Decision {
  const classes = areas.map((area, index) => ({ index, regions: index + 1, area }));
  return { wins: 'greatest', regions: 9, classes, boundaryLength: 1 };
}

test('each class has its regions in view and in the plane, and its share of the view', () => {
  const view = decisionOf([1, 0, 3]);
  const plane = decisionOf([null, null, null]);
  expect(countClasses(view, plane)).toEqual({
    listed: [
      { index: 0, inView: 1, share: 0.25, inPlane: 1 },
      { index: 1, inView: 2, share: 0, inPlane: 2 },
      { index: 2, inView: 3, share: 0.75, inPlane: 3 },
    ],
    more: 0,
  });
  expect(countClasses(null, plane).listed[2]).toEqual({
    index: 2,
    inView: null,
    share: null,
    inPlane: 3,
  });
  expect(countClasses(view, null).listed[2]!.inPlane).toBeNull();
  expect(countClasses(null, null)).toEqual({ listed: [], more: 0 });
});

test('of many classes those with the largest areas are listed, in order', () => {
  const areas = Array.from({ length: 40 }, (_, k) => (k % 3 === 0 ? k + 1 : 0));
  const { listed, more } = countClasses(decisionOf(areas), null);
  expect(more).toBe(24);
  const large = areas.flatMap((area, k) => (area > 0 ? [k] : []));
  // Fourteen have an area; of the others, which are equal, the first two.
  expect(listed.map(({ index }) => index)).toEqual([...large, 1, 2].sort((a, b) => a - b));
});
