import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { calibrationOf } from '../../src/kernels/calibration.ts';
import { type Grid, pictureGrid } from '../../src/kernels/grid.ts';
import { prepareWide } from '../../src/kernels/prepareField.ts';
import {
  ACTIVATION_KINDS,
  type Activation,
  DEFAULT_ACTIVATIONS,
  isPiecewiseLinear,
} from '../../src/model/activations.ts';
import type { Field } from '../../src/model/nextField.ts';
import type { PlaneNetwork } from '../../src/model/planeNetwork.ts';
import { resolve } from '../../src/model/resolve.ts';
import { evaluatePrepared, FORMS, type GpuFixture, openGpu } from './fixture.ts';
import { evaluatePlane } from './planeReference.ts';

let gpu: GpuFixture;
beforeAll(async () => {
  gpu = await openGpu();
});
afterAll(() => gpu.finish());

const SIZE = [13, 9] as const;
const CENTER = [0.3, -0.2] as const;

/** Below this half-width float64 differences have too few digits: the field is its Taylor polynomial of second order. */
const TAYLOR = 1e-4;

function drawn(
  widths: readonly number[],
  activation: Activation | readonly Activation[],
  seed = 0,
): Field {
  const network = { kind: 'drawn', widths, activation, seed, outputBias: null } as const;
  return { network, slice: null, readout: { kind: 'output', index: 0 } };
}

interface Change {
  /** f − f(centre) */
  readonly value: number;
  readonly gradient: readonly [number, number];
  /** gradient − gradient at the centre */
  readonly bend: readonly [number, number];
  readonly kinkDistance: number;
}

/** The first output's change from the centre, at a place in units of the half-width. */
function changeAt(plane: PlaneNetwork, halfWidth: number, u: number, v: number): Change {
  const at = (x: number, y: number) => evaluatePlane(plane, CENTER[0] + x, CENTER[1] + y);
  const [dx, dy] = [halfWidth * u, halfWidth * v];
  const middle = at(0, 0);
  const [g1, g2] = middle.gradients[0]!;
  if (halfWidth >= TAYLOR) {
    const here = at(dx, dy);
    const [h1, h2] = here.gradients[0]!;
    return {
      value: here.values[0]! - middle.values[0]!,
      gradient: [h1, h2],
      bend: [h1 - g1, h2 - g2],
      kinkDistance: here.kinkDistance,
    };
  }
  // The derivative of the gradient along the way.
  const far = TAYLOR / 4 / Math.hypot(u, v);
  const [ahead, behind] = [at(far * u, far * v), at(-far * u, -far * v)];
  const bend = [0, 1].map(
    (axis) => ((ahead.gradients[0]![axis]! - behind.gradients[0]![axis]!) / (2 * far)) * halfWidth,
  ) as [number, number];
  return {
    value: g1 * dx + g2 * dy + 0.5 * (bend[0] * dx + bend[1] * dy),
    gradient: [g1 + bend[0], g2 + bend[1]],
    bend,
    kinkDistance: middle.kinkDistance,
  };
}

const places = (grid: Grid) =>
  Array.from(
    { length: grid.width * grid.height },
    (_, i) =>
      [
        ((i % grid.width) - grid.origin[0]) * grid.step[0],
        (Math.floor(i / grid.width) - grid.origin[1]) * grid.step[1],
      ] as const,
  );

const HALF_WIDTHS = [1e6, 30, 1, 1e-2, 1e-6, 1e-12];

const SMOOTH = ACTIVATION_KINDS.map((kind) => DEFAULT_ACTIVATIONS[kind]).filter(
  (activation) => !isPiecewiseLinear(activation),
);
const NETWORKS: [string, Field][] = [
  ...SMOOTH.map((activation): [string, Field] => [
    JSON.stringify(activation),
    drawn([2, 6, 5, 1], activation, 3),
  ]),
  ['mixed', drawn([2, 7, 6, 5, 1], ['tanh', { kind: 'leakyRelu', slope: 0.1 }, 'sine'], 1)],
];

describe.each(NETWORKS)('%s', (_, field) => {
  test.each(HALF_WIDTHS)('value and gradient at half-width %s', async (halfWidth) => {
    const { plane } = resolve(field);
    const prepared = prepareWide(resolve(field));
    const view = { center: CENTER, centerLow: [0, 0], halfWidth } as const;
    const grid = pictureGrid(view, ...SIZE, 1);
    const changes = places(grid).map(([u, v]) => changeAt(plane, grid.anchor.halfWidth, u, v));
    // What the rounding of a sample's position does, by the values around it.
    const shift = 2 ** -21;
    const around = places(grid).map(([u, v]) =>
      [-shift, shift].flatMap((du) =>
        [-shift, shift].map((dv) =>
          changeAt(plane, grid.anchor.halfWidth, u + du * Math.abs(u), v + dv * Math.abs(v)),
        ),
      ),
    );
    for (const form of FORMS) {
      const raw = async (output: 'value' | 'partial1' | 'partial2') => {
        const { anchored, shown } = await evaluatePrepared(
          gpu.contexts[form],
          prepared,
          grid,
          output,
        );
        const { scale } = calibrationOf(anchored, output, grid);
        return { anchored, stored: Float64Array.from(shown, (value) => scale * value) };
      };
      const value = await raw('value');
      const range =
        Math.max(...changes.map((c) => c.value)) - Math.min(...changes.map((c) => c.value));
      changes.forEach((change, i) => {
        const slack = Math.max(...around[i]!.map((c) => Math.abs(c.value - change.value)));
        const error = Math.abs(value.stored[i]! - change.value);
        const tolerance = 1e-5 * range + slack;
        expect(
          error <= tolerance,
          `value ${i} on ${form}: received ${value.stored[i]}, expected ${change.value}, range ${range}`,
        ).toBe(true);
      });
      for (const axis of [0, 1] as const) {
        const { stored, anchored } = await raw(axis === 0 ? 'partial1' : 'partial2');
        const from = (change: Change) =>
          anchored.small ? change.bend[axis] : change.gradient[axis];
        const most = Math.max(
          ...changes.map((c) => Math.max(...(anchored.small ? c.bend : c.gradient).map(Math.abs))),
        );
        changes.forEach((change, i) => {
          if (!(change.kinkDistance > 1e-4 * grid.anchor.halfWidth)) return;
          const slack = Math.max(...around[i]!.map((c) => Math.abs(from(c) - from(change))));
          const error = Math.abs(stored[i]! - from(change));
          expect(
            error <= 1e-5 * most + slack,
            `partial ${axis + 1}, ${i} on ${form}: received ${stored[i]}, expected ${from(change)}, largest ${most}, small ${anchored.small}`,
          ).toBe(true);
        });
      }
    }
  });
});
