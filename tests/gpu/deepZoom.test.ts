import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { calibrationOf } from '../../src/kernels/calibration.ts';
import { type Grid, pictureGrid } from '../../src/kernels/grid.ts';
import type { Field } from '../../src/model/field.ts';
import type { View } from '../../src/view/view.ts';
import { exactDelta } from '../unit/reference/exactMlp.ts';
import { mlp, networkOf } from './fields.ts';
import { evaluateRaw, type GpuFixture, openGpu } from './fixture.ts';

let gpu: GpuFixture;
beforeAll(async () => {
  gpu = await openGpu();
});
afterAll(() => gpu.finish());

const SIZE = 13;

const NETWORKS: [string, Field][] = [
  ['shallow', mlp([2, 20, 1], 0)],
  ['shallow Abs', mlp([2, 20, 1], 0, 'abs')],
  ['deep', mlp([2, 5, 5, 5, 5, 1], 1)],
  ['deep Abs', mlp([2, 5, 5, 5, 5, 1], 1, 'abs')],
  ['wide', mlp([2, 40, 24, 1], 2)],
];

/** A point on the hinge of the first neuron, as close as double-double gets. */
function pointOnHinge(field: Field): Pick<View, 'center' | 'centerLow'> {
  const [layer] = networkOf(field).layers;
  const [w0, w1] = layer.weight;
  const x = -layer.bias[0] * (w0 / (w0 * w0 + w1 * w1));
  const y = -(layer.bias[0] + w0 * x) / w1;
  return { center: [x, y], centerLow: [0, 0] };
}

/** (f(x) − f(centre)) / half-width, as the kernel computes it: apart from its unit, a power of two, exactly what it wrote. */
async function evaluateDeltas(field: Field, view: View, grid: Grid): Promise<Float64Array> {
  const { anchored, shown } = await evaluateRaw(gpu.context, field, grid, 'value');
  const unit = calibrationOf(anchored, 'value', grid).scale / view.halfWidth;
  return Float64Array.from(shown, (value) => unit * value);
}

describe('the change of value from the centre, against exact arithmetic', () => {
  for (const [name, field] of NETWORKS) {
    test.each([1e9, 1e3, 1, 1e-3, 1e-6, 1e-9, 1e-12])(
      `${name} at half-width %s`,
      async (halfWidth) => {
        const view: View = { ...pointOnHinge(field), halfWidth };
        const grid = pictureGrid(view, SIZE, SIZE, 1);
        const deltas = await evaluateDeltas(field, view, grid);
        const network = networkOf(field);
        let size = 0;
        const expected: number[] = [];
        for (let row = 0; row < SIZE; row += 1) {
          for (let column = 0; column < SIZE; column += 1) {
            const u = [column, row].map((i) => (2 * i + 1) / SIZE - 1);
            const delta = exactDelta(network, view, [u[0], u[1]]);
            expected.push(delta);
            size = Math.max(size, Math.abs(delta));
          }
        }
        expect(size > 0, 'the field varies over the view').toBe(true);
        // Sums of products round at 6e-8 each; coordinates (2i + 1)/13 − 1 are not exact in float32.
        const tolerance = 2e-6 * size;
        expected.forEach((value, i) => {
          const error = Math.abs(deltas[i] - value);
          expect(error <= tolerance, `sample ${i}: received ${deltas[i]}, expected ${value}`).toBe(
            true,
          );
        });
      },
    );
  }

  test('a centre that is off by a thousandth of the half-width is noticed', async () => {
    const [, field] = NETWORKS[0];
    const view: View = { ...pointOnHinge(field), halfWidth: 1e-9 };
    const moved: View = { ...view, center: [view.center[0], view.center[1] + 1e-12] };
    const grid = pictureGrid(moved, SIZE, SIZE, 1);
    const deltas = await evaluateDeltas(field, moved, grid);
    const network = networkOf(field);
    let worst = 0;
    for (let i = 0; i < SIZE * SIZE; i += 1) {
      const u = [i % SIZE, Math.floor(i / SIZE)].map((k) => (2 * k + 1) / SIZE - 1);
      worst = Math.max(worst, Math.abs(deltas[i] - exactDelta(network, view, [u[0], u[1]])));
    }
    expect(worst).toBeGreaterThan(1e-5);
  });
});
