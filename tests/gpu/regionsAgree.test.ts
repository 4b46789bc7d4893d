import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ArrangementPoint } from '../../src/geometry/arrangement.ts';
import { enumerateRegions } from '../../src/geometry/enumerateRegions.ts';
import { cellAt } from '../../src/geometry/locate.ts';
import { pictureGrid } from '../../src/kernels/grid.ts';
import type { MlpField } from '../../src/model/field.ts';
import { drawNetwork } from '../../src/model/network.ts';
import { evaluateRaw, type GpuFixture, openGpu } from './fixture.ts';

let gpu: GpuFixture;
beforeAll(async () => {
  gpu = await openGpu();
});
afterAll(() => gpu.finish());

function mlp(widths: number[], seed: number, activation: 'relu' | 'abs' = 'relu'): MlpField {
  return { kind: 'mlp', widths, activation, seed, outputBias: null };
}

const NETWORKS: [string, MlpField][] = [
  ['shallow', mlp([2, 20, 1], 0)],
  ['deep', mlp([2, 5, 5, 5, 5, 1], 3)],
  ['deep Abs', mlp([2, 5, 5, 5, 1], 1, 'abs')],
  ['wide', mlp([2, 40, 24, 1], 2)],
];
const SIZE = 25;
/** Samples closer to a hinge than this part of the half-width may fall on either side in float32. */
const SLACK = 4e-6;

describe('the region that the GPU finds at a sample is the cell that contains it', () => {
  for (const [name, field] of NETWORKS) {
    const arrangement = enumerateRegions(drawNetwork(field), { window: null, cells: true });
    // A vertex has hinges on all sides, however deep the view.
    const { x, y } = vertexNextToOrigin(arrangement.points);

    test.each([1e3, 1, 1e-3, 1e-6, 1e-9])(`${name} around a vertex, half-width %s`, async (s) => {
      const view = { center: [x, y], centerLow: [0, 0], halfWidth: s } as const;
      const { bits } = await evaluateRaw(
        gpu.context,
        field,
        pictureGrid(view, SIZE, SIZE, 1),
        'region',
      );
      const idAt = (u: number, v: number) => cellAt(arrangement, x + s * u, y + s * v)?.regionId;
      const seen = new Set<number>();
      for (let i = 0; i < SIZE * SIZE; i += 1) {
        const u = (2 * (i % SIZE) + 1) / SIZE - 1;
        const v = (2 * Math.floor(i / SIZE) + 1) / SIZE - 1;
        seen.add(bits[i]);
        if (idAt(u, v) === bits[i]) continue;
        const near = [-SLACK, 0, SLACK].flatMap((a) =>
          [-SLACK, 0, SLACK].map((b) => idAt(u + a, v + b)),
        );
        expect(near, `sample at (${u}, ${v})`).toContain(bits[i]);
      }
      expect(seen.size).toBeGreaterThan(2);
    });
  }
});

/** The vertex next to the origin, where float64 has the most digits. */
function vertexNextToOrigin(points: readonly ArrangementPoint[]): ArrangementPoint {
  const vertices = points.filter(({ kind }) => kind === 'vertex');
  if (vertices.length === 0) throw new Error('the arrangement has no vertex');
  return vertices.reduce((a, b) => (Math.hypot(b.x, b.y) < Math.hypot(a.x, a.y) ? b : a));
}
