import { expect, test } from 'vitest';
import { SIDE_MAX, SIDE_MIN } from '../../../src/drawing/pictureLayout.ts';
import { assertSize } from '../../../src/exporting/pictureSize.ts';

test.each([
  [SIDE_MIN - 1, 600, 'width'],
  [SIDE_MAX + 1, 600, 'width'],
  [800, Number.NaN, 'height'],
  [800, 600.5, 'height'],
])('a picture of %d × %d is refused', (width, height, path) => {
  expect(() => assertSize({ width, height, scale: 1 })).toThrow(`${path}: received`);
});
