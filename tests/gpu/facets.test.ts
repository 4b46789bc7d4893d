import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { cutFacets } from '../../src/geometry/cutFacets.ts';
import type { Output } from '../../src/kernels/composeEvaluate.ts';
import { type Grid, pictureGrid, squareGrid } from '../../src/kernels/grid.ts';
import { prepareWide } from '../../src/kernels/prepareField.ts';
import type { Facets } from '../../src/model/facets.ts';
import type { Field } from '../../src/model/field.ts';
import { validateField } from '../../src/model/fieldValidation.ts';
import { resolve } from '../../src/model/resolve.ts';
import { FacetEvaluator } from '../../src/passes/evaluateFacets.ts';
import { createEvaluator } from '../../src/reference/evaluate.ts';
import type { View } from '../../src/view/view.ts';
import { FORMS, type Form, type GpuFixture, openGpu } from './fixture.ts';
import { evaluateBy, evaluateWide } from './wideEvaluation.ts';

let gpu: GpuFixture;
beforeAll(async () => {
  gpu = await openGpu();
});
afterAll(() => gpu.finish());

const VIEW: View = { center: [0.3, -0.2], centerLow: [0, 0], halfWidth: 2 };
const GRID = pictureGrid(VIEW, 62, 45, 1);

function fieldOf(widths: readonly number[], activation: unknown, readout: object): Field {
  return validateField({ network: { kind: 'drawn', widths, activation, seed: 4 }, readout });
}

/** Somewhat more than a picture of the view shows. */
function facetsOf(field: Field, { center, centerLow, halfWidth }: View): Facets {
  const side = [-1.7 * halfWidth, 1.7 * halfWidth] as const;
  return cutFacets(resolve(field).whole, { center, centerLow, x: side, y: side });
}

function byFacets(field: Field, grid: Grid, output: Output, form: Form, facets: Facets) {
  const context = gpu.contexts[form];
  const prepared = prepareWide(resolve(field));
  const evaluator = new FacetEvaluator(context.device, context.pipelines, prepared);
  const { readout } = field;
  const isOfOne = 'index' in readout && prepared.plane.layers.at(-1)!.outputs === 1;
  evaluator.setFacets({ facets, first: isOfOne ? readout.index : 0 });
  return evaluateBy(context, evaluator, grid, output);
}

/** The same layer by layer, which evaluates every output. */
function byLayers(field: Field, grid: Grid, output: Output, form: Form) {
  const prepared = prepareWide(resolve(field));
  return evaluateWide(gpu.contexts[form], prepared, grid, output, { culling: false });
}

/** Samples in whose neighbourhood nothing bends and the winner stays. */
function clearSamples(field: Field, grid: Grid): boolean[] {
  const { anchor, origin, step } = grid;
  const reference = createEvaluator(field);
  const winner = createEvaluator({ ...field, readout: { kind: 'class', wins: 'greatest' } });
  const near = 1e-4 * anchor.halfWidth;
  return Array.from({ length: grid.width * grid.height }, (_, i) => {
    const place = [i % grid.width, Math.floor(i / grid.width)] as const;
    const [x, y] = ([0, 1] as const).map(
      (axis) =>
        anchor[axis === 0 ? 'x' : 'y'].high +
        anchor.halfWidth * (place[axis] - origin[axis]) * step[axis],
    ) as [number, number];
    const same = (dx: number, dy: number) =>
      reference.regionId(x + dx, y + dy) === reference.regionId(x, y) &&
      winner.value(x + dx, y + dy) === winner.value(x, y);
    return [-near, near].every((dx) => [-near, near].every((dy) => same(dx, dy)));
  });
}

const READOUTS = [
  { kind: 'output', index: 2 },
  { kind: 'max' },
  { kind: 'class', wins: 'greatest' },
  { kind: 'class', wins: 'least' },
  { kind: 'margin', wins: 'least' },
  { kind: 'argmax', index: 1, wins: 'greatest' },
  { kind: 'lse', lambda: 3 },
  { kind: 'gap', lambda: 3 },
  { kind: 'softmax', index: 1, lambda: 3 },
  { kind: 'tanh', index: 1 },
] as const;

const FIELDS: readonly [name: string, field: Field][] = [
  ...READOUTS.map((readout): [string, Field] => [
    `${JSON.stringify(readout)} of ReLU`,
    fieldOf([2, 24, 17, 5], 'relu', readout),
  ]),
  ['output of Abs', fieldOf([2, 24, 17, 5], 'abs', READOUTS[0]!)],
  [
    'class of clamps',
    fieldOf([2, 12, 9, 5], { kind: 'hardtanh', min: -0.5, max: 1 }, READOUTS[2]!),
  ],
];

describe.each(FORMS)('facets, on %s', (form) => {
  test.each(FIELDS)('value and gradient are those of all layers: %s', async (_, field) => {
    const isClear = clearSamples(field, GRID);
    expect(isClear.filter(Boolean).length).toBeGreaterThan(0.7 * isClear.length);
    const facets = facetsOf(field, VIEW);
    const [one, other] = [
      await byFacets(field, GRID, 'valueAndGradient', form, facets),
      await byLayers(field, GRID, 'valueAndGradient', form),
    ];
    expect([one.anchored.offset, one.anchored.scale]).toEqual([
      other.anchored.offset,
      other.anchored.scale,
    ]);
    one.planes.forEach((plane, p) => {
      const expected = other.planes[p]!;
      const most = expected.reduce((found, value) => Math.max(found, Math.abs(value)), 1e-30);
      const worst = plane.reduce(
        (found, value, i) => (isClear[i] ? Math.max(found, Math.abs(value - expected[i]!)) : found),
        0,
      );
      expect(worst / most).toBeLessThan(1e-5);
    });
  });
});

test('values are those of float64, far below the digits of float32', async () => {
  const field = fieldOf([2, 24, 17, 5], 'relu', READOUTS[0]!);
  const view: View = { center: [1e3, -2e3], centerLow: [0, 0], halfWidth: 1e-3 };
  const grid = squareGrid(view, 33, 40, 30);
  const { anchored, planes } = await byFacets(
    field,
    grid,
    'value',
    'software',
    facetsOf(field, view),
  );
  const reference = createEvaluator(field);
  const at = reference.value(1e3, -2e3);
  const changes = Array.from(planes[0]!, (stored) => anchored.scale * stored);
  const expected = changes.map((_, i) => {
    const [column, row] = [i % 33, Math.floor(i / 33)];
    return reference.value(1e3 + 1e-3 * (column / 16 - 1), -2e3 + 1e-3 * (row / 16 - 1)) - at;
  });
  const most = Math.max(...expected.map(Math.abs));
  const worst = Math.max(...changes.map((change, i) => Math.abs(change - expected[i]!)));
  expect(most).toBeGreaterThan(0);
  // The reference itself loses digits in the subtraction.
  expect(worst / most).toBeLessThan(1e-5);
});

test.each(['hinge', 'boundary'] as const)(
  'lines of a %s are those of all layers',
  async (output) => {
    const field = fieldOf([2, 24, 17, 5], 'relu', READOUTS[2]!);
    const [one, other] = [
      await byFacets(field, GRID, output, 'software', facetsOf(field, VIEW)),
      await byLayers(field, GRID, output, 'software'),
    ];
    const [own, expected] = [one, other].map(
      ({ planes }) => new Uint32Array(planes[0]!.slice().buffer),
    );
    const coverage = (line: number) => line >>> 8;
    // Half of a sample at most: a sample of all layers sees the lines of its own facet alone, and longer than they are.
    const differing = Array.from(
      own!,
      (line, i) => Math.abs(coverage(line) - coverage(expected![i]!)) > 128,
    );
    const lined = Array.from(expected!, (line) => coverage(line) > 0);
    expect(lined.filter(Boolean).length).toBeGreaterThan(100);
    expect(differing.filter(Boolean).length / lined.filter(Boolean).length).toBeLessThan(0.05);
    const layers = (lines: Uint32Array) =>
      new Set(lines.filter((line) => coverage(line) > 0).map((line) => line & 255));
    expect(layers(own!)).toEqual(layers(expected!));
  },
);

test.each([
  ['boundary', 0],
  ['value', 1],
] as const)('a %s makes %i buffers of maps', async (output, count) => {
  const field = fieldOf([2, 24, 17, 5], 'relu', READOUTS[2]!);
  const { device } = gpu.contexts.software;
  const createBuffer = vi.spyOn(device, 'createBuffer');
  try {
    await byFacets(field, GRID, output, 'software', facetsOf(field, VIEW));
    const made = createBuffer.mock.calls.map(([{ label }]) => label);
    expect(made.filter((label) => label === 'EvaluateFacets.maps')).toHaveLength(count);
  } finally {
    createBuffer.mockRestore();
  }
});
