import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ArrangementPoint } from '../../src/geometry/arrangement.ts';
import { enumerateRegions } from '../../src/geometry/enumerateRegions.ts';
import { cellAt } from '../../src/geometry/locate.ts';
import { pictureGrid } from '../../src/kernels/grid.ts';
import type { Field } from '../../src/model/field.ts';
import type { PlaneNetwork } from '../../src/model/planeNetwork.ts';
import { resolve } from '../../src/model/resolve.ts';
import { pan, type View } from '../../src/view/view.ts';
import { mlp } from './fields.ts';
import { evaluateRaw, type GpuFixture, openGpu } from './fixture.ts';

let gpu: GpuFixture;
beforeAll(async () => {
  gpu = await openGpu();
});
afterAll(() => gpu.finish());

const NETWORKS: [string, Field][] = [
  ['shallow', mlp([2, 20, 1], 0)],
  ['deep', mlp([2, 5, 5, 5, 5, 1], 3)],
  ['deep Abs', mlp([2, 5, 5, 5, 1], 1, 'abs')],
  ['wide', mlp([2, 40, 24, 1], 2)],
];
const SIZE = 25;
/** Samples closer to a hinge than this part of the half-width may fall on either side in float32. */
const SLACK = 4e-6;

/** Holds the regions of a grid of samples over a square view against the cells that contain them. */
async function expectAgreement(
  field: Field,
  view: View,
  idAt: (u: number, v: number) => number | undefined,
): Promise<void> {
  const grid = pictureGrid(view, SIZE, SIZE, 1);
  const { bits } = await evaluateRaw(gpu.context, field, grid, 'region');
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
}

describe('the region that the GPU finds at a sample is the cell that contains it', () => {
  for (const [name, field] of NETWORKS) {
    const network = resolve(field).whole;
    const arrangement = enumerateRegions(network, { window: null, cells: true });
    // A vertex has hinges on all sides, however deep the view.
    const { x, y } = vertexNextToOrigin(arrangement.points);

    test.each([1e3, 1, 1e-3, 1e-6, 1e-9])(`${name} around a vertex, half-width %s`, async (s) => {
      const view = { center: [x, y], centerLow: [0, 0], halfWidth: s } as const;
      await expectAgreement(
        field,
        view,
        (u, v) => cellAt(arrangement, x + s * u, y + s * v)?.regionId,
      );
    });

    test.each([1e-9, 1e-10, 1e-11, 1e-12])(`${name} far out, half-width %s`, async (s) => {
      const { center, distance } = farVertex(network, arrangement.points);
      expect(distance).toBeGreaterThan(5);
      // Beside the vertex, so that the centre needs its low part.
      const view = pan({ center, centerLow: [0, 0], halfWidth: s }, [0.3, -0.2]);
      const sides = [-1.01 * s, 1.01 * s] as const;
      const window = { x: sides, y: sides, center: view.center, centerLow: view.centerLow };
      const around = enumerateRegions(network, { window, cells: true });
      await expectAgreement(field, view, (u, v) => cellAt(around, s * u, s * v)?.regionId);
    });
  }
});

/** The outermost vertex around which no region is too thin for a few samples. */
function farVertex(network: PlaneNetwork, points: readonly ArrangementPoint[]) {
  const vertices = points
    .filter(({ kind }) => kind === 'vertex')
    .map(({ x, y }) => ({ center: [x, y] as const, distance: Math.hypot(x, y) }))
    .toSorted((a, b) => b.distance - a.distance);
  const isWide = ({ center }: (typeof vertices)[number]) => {
    // So wide that float64's rounding of the vertex itself does not count.
    const window = { x: [-1e-9, 1e-9], y: [-1e-9, 1e-9], center } as const;
    const areas = enumerateRegions(network, { window, cells: true }).cells.map(({ area }) => area);
    return areas.length > 2 && Math.min(...areas) > 0.04e-18;
  };
  const found = vertices.find(isWide);
  if (!found) throw new Error('the arrangement has no vertex that is wide around');
  return found;
}

/** The vertex next to the origin, where float64 has the most digits. */
function vertexNextToOrigin(points: readonly ArrangementPoint[]): ArrangementPoint {
  const vertices = points.filter(({ kind }) => kind === 'vertex');
  if (vertices.length === 0) throw new Error('the arrangement has no vertex');
  return vertices.reduce((a, b) => (Math.hypot(b.x, b.y) < Math.hypot(a.x, a.y) ? b : a));
}
