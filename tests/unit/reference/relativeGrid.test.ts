import { describe, expect, it } from 'vitest';
import type { Field } from '../../../src/model/field.ts';
import { sampledGrid } from '../../../src/reference/grid.ts';
import { type GridRequest, RELATIVE_QUANTITIES } from '../../../src/reference/gridRequest.ts';
import { EPSILON, expectNear } from '../expectNear.ts';

const field: Field = {
  network: {
    kind: 'drawn',
    widths: [5, 10, 10, 5],
    activation: ['tanh', 'silu'],
    seed: 4,
    outputBias: null,
  },
  slice: {
    origin: [0.1, 0.2, 0.3, 0.4, 0.5],
    axis1: [1, 0, 0.5, 0, 0],
    axis2: [0, 1, 0, -0.5, 0],
  },
  readout: { kind: 'lse', lambda: 3 },
};

const SQUARE = { x: [-1, 1], y: [-1, 1], width: 5, height: 5 } as const;

describe('a grid of differences', () => {
  it.each(RELATIVE_QUANTITIES)('is the grid of %s less what it is in the middle', (quantity) => {
    for (const sides of [
      SQUARE,
      { x: [2, -3], y: [0.25, 0.5], width: 4, height: 7 },
      { x: [0.5, 9], y: [-1, 3], width: 1, height: 2 },
      { x: [0.5, 9], y: [-1, 3], width: 3, height: 1 },
    ] as const) {
      const request: GridRequest = { field, quantity, ...sides };
      const { values } = sampledGrid(request);
      const { base, values: differences } = sampledGrid({ ...request, relative: true });
      const middle = {
        x: [sides.width === 1 ? sides.x[0] : (sides.x[0] + sides.x[1]) / 2, 0],
        y: [sides.height === 1 ? sides.y[0] : (sides.y[0] + sides.y[1]) / 2, 0],
      } as const;
      const [expected] = sampledGrid({ ...request, ...middle, width: 1, height: 1 }).values;
      // Numbers below 10 with a few dozen roundings.
      expectNear(base!, expected!, 64 * EPSILON);
      const wrong = values.findIndex((value, i) => {
        return !(Math.abs(base! + differences[i]! - value) <= 128 * EPSILON);
      });
      expect(wrong).toBe(-1);
    }
  });

  it.each(RELATIVE_QUANTITIES)(
    'keeps the digits of %s that float64 loses in a deep view',
    (quantity) => {
      const deep = (halfWidth: number) => {
        const side = [-halfWidth, halfWidth] as const;
        const center = { center: [0.3, -0.7], centerLow: [1e-17, 0] } as const;
        const request = { field, quantity, ...SQUARE, x: side, y: side, ...center };
        return sampledGrid({ ...request, relative: true }).values;
      };
      const [near, deeper] = [deep(1e-9), deep(1e-25)];
      expect(near[12]).toBe(0);
      expect(near.filter((value) => value !== 0)).toHaveLength(24);
      // The field is affine there, up to 1e-9 of its curvature.
      const wrong = near.findIndex((value, i) => {
        return !(Math.abs(deeper[i]! * 1e16 - value) <= 1e-7 * Math.max(...near));
      });
      expect(wrong).toBe(-1);
    },
  );

  it('is 0 everywhere for one that is level', () => {
    const level: Field = { ...field, readout: { kind: 'class', wins: 'greatest' } };
    for (const quantity of RELATIVE_QUANTITIES) {
      const request = { field: level, quantity, ...SQUARE, x: [3, 3.001] as const };
      const { base, values } = sampledGrid({ ...request, y: [3, 3.001], relative: true });
      expect(values.every((value) => Object.is(value, 0))).toBe(true);
      expect(base).toBe(quantity === 'value' ? Math.round(base!) : 0);
    }
  });
});
