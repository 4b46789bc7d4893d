import { expect, test } from 'vitest';
import { scrollNeeded } from '../../../../src/ui/dom/scrollInto.ts';

test.each([
  ['in view already', 20, 50, 100, 0],
  ['touching the lower edge', 50, 50, 100, 0],
  ['below', 80, 50, 100, 30],
  ['above', -30, 50, 100, -30],
  ['higher than the box: its upper edge', 40, 150, 100, 40],
])('an element %s', (_, top, height, room, needed) => {
  expect(scrollNeeded(top, height, room)).toBe(needed);
});
