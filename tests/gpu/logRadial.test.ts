import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { calibrationOf } from '../../src/kernels/calibration.ts';
import { type Grid, pictureGrid } from '../../src/kernels/grid.ts';
import type { Field, Quantity, Vec2 } from '../../src/model/field.ts';
import { countRegions } from '../../src/passes/countRegions.ts';
import { createEvaluator, type Evaluator } from '../../src/reference/evaluate.ts';
import { cornerRadius, type Projection, toPicture, toView } from '../../src/view/projection.ts';
import { pixelToView, planePoint, type View } from '../../src/view/view.ts';
import { fieldOf } from '../shorthand.ts';
import { mlp } from './fields.ts';
import { evaluateRaw, type GpuFixture, openGpu } from './fixture.ts';

const WIDTH = 83;
const HEIGHT = 58;

/**
 * A position is off by this part of its distance from the centre: WGSL allows exp2(t) an error of
 * 3 + 2 |t| units in the last place, and t, up to 80 here, is itself rounded three times. A picture of
 * 1000 pixels shows that as less than 0.01 pixels.
 */
const POSITION_ERROR = (3 + 2 * 80 + 3 * 80) * 2 ** -24;

let gpu: GpuFixture;
beforeAll(async () => {
  gpu = await openGpu();
});
afterAll(() => gpu.finish());

interface Sample {
  readonly x: number;
  readonly y: number;
  /** From the centre, in the plane. */
  readonly distance: number;
}

/** The plane's points under the samples of a picture, in float64, in the order of the grid. */
function samplesOf(view: View, projection: Projection): Sample[] {
  return Array.from({ length: WIDTH * HEIGHT }, (_, i) => {
    const [column, row] = [i % WIDTH, HEIGHT - 1 - Math.floor(i / WIDTH)];
    const w = pixelToView(column + 0.5, row + 0.5, WIDTH, HEIGHT);
    const u = toView(projection, w);
    const {
      x: { high: x },
      y: { high: y },
    } = planePoint(view, u);
    return { x, y, distance: view.halfWidth * Math.hypot(...u) };
  });
}

/** Whether nothing changes within `near` of a sample: float32 may put it so far away. */
function isClear(reference: Evaluator, { x, y }: Sample, near: number): boolean {
  const here = reference.regionId(x, y);
  return [-near, near].every((dx) =>
    [-near, near].every((dy) => reference.regionId(x + dx, y + dy) === here),
  );
}

/** The gradients at a sample and around it, as far away as float32 may put it. */
function gradientsAbout(reference: Evaluator, { x, y }: Sample, reach: number): Vec2[] {
  const steps = [-reach, 0, reach];
  return steps.flatMap((dx) => steps.map((dy) => reference.gradient(x + dx, y + dy)));
}

/** Fails unless a number lies between others, or at most `room` beyond them. */
function expectAmong(received: number, others: readonly number[], room: number, where: string) {
  const [least, greatest] = [Math.min(...others), Math.max(...others)];
  if (!(received >= least - room && received <= greatest + room)) {
    throw new Error(`${where}: received ${received}, expected ${least} to ${greatest}`);
  }
}

async function evaluate(field: Field, grid: Grid, quantity: Quantity): Promise<Float64Array> {
  const raw = await evaluateRaw(gpu.context, field, grid, quantity);
  if (quantity === 'region') return Float64Array.from(raw.bits);
  const { offset, scale } = calibrationOf(raw.anchored, quantity, grid);
  return Float64Array.from(raw.shown, (shown) => offset.high + scale * shown);
}

const LSE_OF_NETWORK: Field = {
  network: {
    kind: 'drawn',
    widths: [2, 5, 3],
    activation: { kind: 'leakyRelu', slope: -0.25 },
    seed: 4,
    outputBias: null,
  },
  slice: null,
  readout: { kind: 'lse', lambda: 2 },
};

const FIELDS: [string, Field][] = [
  ['a shallow network', mlp([2, 20, 1])],
  ['a deep network', mlp([2, 5, 5, 5, 5, 1])],
  ['a deep Abs network', mlp([2, 6, 6, 1], 3, 'abs')],
  ['a wide network', mlp([2, 64, 64, 1], 2)],
  ['the maximum of logits', fieldOf({ kind: 'max', logits: { count: 7, seed: 2 } })],
  ['log-sum-exp of a leaky network', LSE_OF_NETWORK],
];

const VIEWS: [string, View, Projection][] = [
  [
    'six decades about the origin',
    { center: [0, 0], centerLow: [0, 0], halfWidth: 1e3 },
    { kind: 'logRadial', decades: 6 },
  ],
  [
    'two decades about a point',
    { center: [-0.7, 1.3], centerLow: [1e-18, 0], halfWidth: 5 },
    { kind: 'logRadial', decades: 2 },
  ],
  [
    'twelve decades',
    { center: [0.25, -0.5], centerLow: [0, 0], halfWidth: 100 },
    { kind: 'logRadial', decades: 12 },
  ],
];

describe.each(VIEWS)('%s', (_, view, projection) => {
  const grid = pictureGrid(view, WIDTH, HEIGHT, 1, projection);
  const samples = samplesOf(view, projection);

  test.each(FIELDS)('value and gradient of %s', async (_, field) => {
    const reference = createEvaluator(field);
    const center = reference.value(...view.center);
    const value = await evaluate(field, grid, 'value');
    const partial1 = await evaluate(field, grid, 'partial1');
    const norm = await evaluate(field, grid, 'gradientNorm');
    // All these fields change by less than 1.5 per unit of distance.
    const perDistance = 1.5 * POSITION_ERROR + 2e-6;
    let clear = 0;
    samples.forEach((sample, i) => {
      const expected = reference.value(sample.x, sample.y);
      const error = Math.abs(value[i] - center - (expected - center));
      // Told to the last digit of float64, however near to the centre.
      const tolerance = perDistance * sample.distance + 4e-16 * Math.abs(expected);
      if (!(error <= tolerance)) {
        const where = `value of sample ${i}, ${sample.distance} away`;
        throw new Error(`${where}: received ${value[i]}, expected ${expected}`);
      }
      if (!isClear(reference, sample, 4 * POSITION_ERROR * sample.distance)) return;
      clear += 1;
      const gradients = gradientsAbout(reference, sample, POSITION_ERROR * sample.distance);
      // Sums of a few hundred rounded products of size 1.
      expectAmong(
        partial1[i]!,
        gradients.map(([d1]) => d1),
        3e-6,
        `sample ${i}`,
      );
      expectAmong(
        norm[i]!,
        gradients.map(([d1, d2]) => Math.hypot(d1, d2)),
        3e-6,
        `sample ${i}`,
      );
    });
    expect(clear).toBeGreaterThan(0.95 * samples.length);
  });

  test.each(FIELDS)('regions of %s', async (_, field) => {
    const reference = createEvaluator(field);
    const regions = await evaluate(field, grid, 'region');
    let compared = 0;
    samples.forEach((sample, i) => {
      if (!isClear(reference, sample, 4 * POSITION_ERROR * sample.distance)) return;
      compared += 1;
      expect(regions[i], `sample ${i}`).toBe(reference.regionId(sample.x, sample.y));
    });
    expect(compared).toBeGreaterThan(0.95 * samples.length);
    const counted = await countRegions(gpu.context, field, grid);
    expect(counted).toEqual({ regions: new Set(regions).size, complete: true });
  });
});

/** Smooth fields, with the size of a change that float32's last digits make of them. */
const SMOOTH: [string, Field, number][] = [
  ['lse', fieldOf({ kind: 'lse', lambda: 10, logits: { count: 5, seed: 3 } }), 1e-6],
  ['the gap', fieldOf({ kind: 'gap', lambda: 2, logits: { count: 4, seed: 1 } }), 1e-6],
  [
    'softmax',
    fieldOf({ kind: 'softmax', lambda: 3, component: 1, logits: { count: 5, seed: 3 } }),
    2e-6,
  ],
  ['a tanh neuron', fieldOf({ kind: 'tanh', weight: [1, -0.5], bias: 0.25 }), 2e-6],
];

describe.each(VIEWS)('%s', (_, view, projection) => {
  const grid = pictureGrid(view, WIDTH, HEIGHT, 1, projection);
  const samples = samplesOf(view, projection);

  test.each(SMOOTH)('value and gradient of %s', async (_, field, digits) => {
    const reference = createEvaluator(field);
    const value = await evaluate(field, grid, 'value');
    const partial2 = await evaluate(field, grid, 'partial2');
    expect([samples.length, value.length]).toEqual([WIDTH * HEIGHT, WIDTH * HEIGHT]);
    samples.forEach((sample, i) => {
      const { x, y, distance } = sample;
      // Gradients are below 1.5, and λ times as much for what their exponents may be off by.
      const shift = 1.5 * POSITION_ERROR * distance;
      const expected = reference.value(x, y);
      const error = Math.abs(value[i] - expected);
      const tolerance = shift + digits * (1 + Math.abs(expected));
      const told = `sample ${i}, ${distance} away`;
      if (!(error <= tolerance)) {
        throw new Error(`${told}: received ${value[i]}, expected ${expected}`);
      }
      const slopes = gradientsAbout(reference, sample, 2 * shift).map(([, d2]) => d2);
      expectAmong(partial2[i]!, slopes, 10 * digits, told);
    });
  });
});

test('a wrong rate is found out', async () => {
  const [, view, projection] = VIEWS[0];
  const grid = pictureGrid(view, WIDTH, HEIGHT, 1, projection);
  const { rate, outerRadius } = grid.radial!;
  const wrong = { ...grid, radial: { rate: rate * 1.001, outerRadius } };
  const field = mlp([2, 20, 1]);
  const [right, off] = [
    await evaluate(field, grid, 'value'),
    await evaluate(field, wrong, 'value'),
  ];
  const distances = samplesOf(view, projection).map(({ distance }) => distance);
  const found = distances.filter((d, i) => Math.abs(right[i] - off[i]) > 3 * POSITION_ERROR * d);
  expect(found.length).toBeGreaterThan(0.5 * distances.length);
});

test('a picture thirty times as wide as high has values to its ends', async () => {
  const view: View = { center: [0.5, -2], centerLow: [0, 0], halfWidth: 10 };
  const projection: Projection = { kind: 'logRadial', decades: 12 };
  const [width, height] = [601, 21];
  const grid = pictureGrid(view, width, height, 1, projection);
  for (const field of [mlp([2, 20, 1]), mlp([2, 64, 64, 1], 2)]) {
    const reference = createEvaluator(field);
    const values = await evaluate(field, grid, 'value');
    for (let column = 0; column < width; column += 1) {
      const w = pixelToView(column + 0.5, 3.5, width, height);
      const {
        x: { high: x },
        y: { high: y },
      } = planePoint(view, toView(projection, w));
      const expected = reference.value(x, y);
      const error = Math.abs(values[17 * width + column] - expected);
      const distance = Math.hypot(x - 0.5, y + 2);
      // As above; values of 1e40 are told to the digits of float32.
      const tolerance = (1.5 * POSITION_ERROR + 2e-6) * distance + 1e-15;
      expect(error <= tolerance, `column ${column}, ${distance} away: ${error}`).toBe(true);
    }
    // The ends show distances of 1e41, and not what float32 made of larger ones.
    expect(Math.abs(values[17 * width])).toBeGreaterThan(1e35);
  }
});

test('the sample in the very middle is the centre', async () => {
  const view: View = { center: [0.5, -2], centerLow: [0, 0], halfWidth: 1 };
  const grid = pictureGrid(view, 7, 5, 1, { kind: 'logRadial', decades: 4 });
  const field = mlp([2, 20, 1]);
  const middle = 7 * 2 + 3;
  const reference = createEvaluator(field);
  const value = (await evaluate(field, grid, 'value'))[middle];
  // The anchor is evaluated with more digits than the reference.
  expect(Math.abs(value - reference.value(0.5, -2)) <= 1e-15).toBe(true);
  const partial2 = (await evaluate(field, grid, 'partial2'))[middle];
  const error = partial2 - reference.gradient(0.5, -2)[1];
  expect(Math.abs(error) <= 1e-6).toBe(true);
});

describe('hinges', () => {
  const projection: Projection = { kind: 'logRadial', decades: 6 };
  // Large enough that the scale changes by no more than an eighth from sample to sample.
  const [width, height] = [271, 223];
  const view: View = { center: [0, 0], centerLow: [0, 0], halfWidth: 10 };

  /** Places on the line w · x + b = 0 in samples of the picture, close together. */
  function curveOf(weight: Vec2, bias: number): Vec2[] {
    const norm = Math.hypot(...weight);
    const foot: Vec2 = [(-bias * weight[0]) / norm ** 2, (-bias * weight[1]) / norm ** 2];
    const points: Vec2[] = [];
    for (let power = -9; power <= 5; power += 0.0004) {
      for (const sign of [-1, 1]) {
        const along = sign * 10 ** power;
        const u: Vec2 = [
          (foot[0] - (along * weight[1]) / norm) / view.halfWidth,
          (foot[1] + (along * weight[0]) / norm) / view.halfWidth,
        ];
        const w = toPicture(projection, u);
        points.push([
          (w[0] * height) / 2 + width / 2 - 0.5,
          (w[1] * height) / 2 + height / 2 - 0.5,
        ]);
      }
    }
    return points;
  }

  /** Distance of each sample to the nearest of many places, 3 where it is more. */
  function distancesTo(points: readonly Vec2[]): Float64Array {
    const nearest = new Float64Array(width * height).fill(3);
    for (const [x, y] of points) {
      for (let row = Math.ceil(y - 3); row <= y + 3; row += 1) {
        for (let column = Math.ceil(x - 3); column <= x + 3; column += 1) {
          if (row < 0 || row >= height || column < 0 || column >= width) continue;
          const at = row * width + column;
          nearest[at] = Math.min(nearest[at], Math.hypot(x - column, y - row));
        }
      }
    }
    return nearest;
  }

  const lines: [string, Vec2, number][] = [
    ['far away', [1, 0.5], -8],
    ['one step away', [0.3, -1], 0.01],
    ['very near', [-0.8, -0.6], 3e-5],
    ['through the centre', [1, -2], 0],
  ];
  test.each(lines)('of a line %s are as wide as everywhere', async (_, weight, bias) => {
    const field = fieldOf({ kind: 'sigmoid', weight, bias });
    const grid = pictureGrid(view, width, height, 1, projection);
    const { bits } = await evaluateRaw(gpu.context, field, grid, 'hinge');
    const [w1, w2] = weight.map(Math.fround);
    const nearest = distancesTo(curveOf([w1, w2], Math.fround(bias)));
    let covered = 0;
    nearest.forEach((distance, i) => {
      // Within a few samples of the middle a line turns within a sample.
      const [column, row] = [i % width, Math.floor(i / width)];
      if (Math.hypot(column - (width - 1) / 2, row - (height - 1) / 2) < 4) return;
      const expected = Math.min(1, Math.max(0, grid.hingeHalfWidth + 0.5 - distance));
      const received = (bits[i] >> 8) / 255;
      if (expected > 0.5) covered += 1;
      // The distance is told by the slope at the sample; within a sample that changes by an eighth.
      if (!(Math.abs(received - expected) <= 0.15)) {
        throw new Error(`column ${column}, row ${row}: received ${received}, expected ${expected}`);
      }
    });
    expect(covered).toBeGreaterThan(100);
  });

  test.each([
    ['deep', mlp([2, 5, 5, 5, 5, 1])],
    ['wide', mlp([2, 40, 30, 1])],
  ])('of a %s network lie between regions', async (_, field) => {
    const grid = pictureGrid(view, width, height, 1, projection);
    const hinges = (await evaluateRaw(gpu.context, field, grid, 'hinge')).bits;
    const regions = (await evaluateRaw(gpu.context, field, grid, 'region')).bits;
    let changes = 0;
    let uncovered = 0;
    for (let i = 0; i + 1 < width * height; i += 1) {
      if (i % width === width - 1 || regions[i] === regions[i + 1]) continue;
      changes += 1;
      if (hinges[i] >> 8 === 0 && hinges[i + 1] >> 8 === 0) uncovered += 1;
    }
    expect(changes).toBeGreaterThan(1000);
    // Beside a corner the nearer hinge is not where the slope at the sample points.
    expect(uncovered).toBeLessThanOrEqual(0.02 * changes);
  });

  test('keep their width in a picture of twelve decades in a deep view', async () => {
    const deep: View = { center: [0, 0], centerLow: [0, 0], halfWidth: 1e-6 };
    const twelve: Projection = { kind: 'logRadial', decades: 12 };
    const [long, high] = [403, 301];
    const grid = pictureGrid(deep, long, high, 1, twelve);
    // The greatest distance is 1e20 times the least: squares of their ratio leave float32.
    expect(12 * cornerRadius(long, high)).toBeGreaterThan(19);
    const field = fieldOf({ kind: 'sigmoid', weight: [0, 1], bias: 0 });
    const { bits } = await evaluateRaw(gpu.context, field, grid, 'hinge');
    for (let column = 0; column < long; column += 1) {
      // Nearer to the middle a sample is a large part of the distance from it.
      if (Math.abs(column - (long - 1) / 2) < 4) continue;
      const coverage = Array.from({ length: high }, (_, row) => bits[row * long + column] >> 8);
      const total = coverage.reduce((sum, one) => sum + one, 0) / 255;
      expect(Math.abs(total - 2 * grid.hingeHalfWidth) <= 0.1, `column ${column}: ${total}`).toBe(
        true,
      );
    }
  });
});
