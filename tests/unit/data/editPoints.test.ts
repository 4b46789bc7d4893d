import { describe, expect, it } from 'vitest';
import {
  type EditedPoints,
  editedPoints,
  NO_POINTS,
  specOfPoints,
  withoutPoint,
  withPoint,
  withPointAt,
} from '../../../src/data/editPoints.ts';
import { readDataSpec } from '../../../src/data/readDataSpec.ts';

describe('points that a person edits', () => {
  it('are those of any data set with classes, without its split', () => {
    const moons = { kind: 'moons', samples: 10, split: { testSize: 0.5 } };
    const { x, y } = editedPoints(readDataSpec(moons), 2) as EditedPoints;
    expect([x.length, y.length]).toEqual([10, 10]);
    expect(specOfPoints({ x, y })).toEqual({ kind: 'points', x, y, split: null });
    expect(editedPoints(null, 2)).toBe(NO_POINTS);
  });

  it('are added, moved and removed, to the last one', () => {
    const one = withPoint(NO_POINTS, [1, 2], 3);
    const two = withPoint(one, [4, 5], 0);
    expect(two).toEqual({
      x: [
        [1, 2],
        [4, 5],
      ],
      y: [3, 0],
    });
    expect(withPointAt(two, 0, [9, 9])).toEqual({
      x: [
        [9, 9],
        [4, 5],
      ],
      y: [3, 0],
    });
    expect(withoutPoint(two, 0)).toEqual({ x: [[4, 5]], y: [0] });
    expect(specOfPoints(withoutPoint(one, 0))).toBeNull();
  });

  it.each([
    [{ kind: 'formula', formula: 'x1' }, 2, 'These points have targets'],
    [{ kind: 'points', x: [[1, 2]], y: [[3]] }, 2, 'These points have targets'],
    [{ kind: 'moons' }, 3, 'The data have 2 inputs, the network 3.'],
    [{ kind: 'moons', samples: 20_000 }, 2, '20000 points of 2 numbers are too many'],
  ])('are not those of %j with %d inputs', (spec, inputs, reason) => {
    expect(editedPoints(readDataSpec(spec), inputs)).toContain(reason);
  });
});
