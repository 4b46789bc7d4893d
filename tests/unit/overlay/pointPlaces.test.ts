import { expect, it } from 'vitest';
import { nearestPoint } from '../../../src/overlay/pointPlaces.ts';
import { validateState } from '../../../src/state/validate.ts';
import { PictureGeometry } from '../../../src/view/pictureGeometry.ts';

it('finds the point under a place, the last of equal ones', () => {
  const state = validateState({ view: { center: [0, 0], halfWidth: 1 } });
  const geometry = PictureGeometry.of(state.projection, { width: 200, height: 200 });
  const x = [
    [0, 0],
    [0.5, 0.5],
    [0, 0],
    [0.1, 0],
  ];
  const nearest = (at: readonly [number, number]) => nearestPoint(x, at, 8, state, geometry);
  expect(nearest([101, 101])).toBe(2);
  expect(nearest([108, 100])).toBe(3);
  expect(nearest([150, 50])).toBe(1);
  expect(nearest([150, 60])).toBeNull();
  expect(nearestPoint([], [0, 0], 8, state, geometry)).toBeNull();
});
