import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { calibrationOf } from '../../src/kernels/calibration.ts';
import type { Output } from '../../src/kernels/composeEvaluate.ts';
import type { StoredNumbers } from '../../src/kernels/fieldCode.ts';
import { type Grid, pictureGrid } from '../../src/kernels/grid.ts';
import { prepareWide } from '../../src/kernels/prepareField.ts';
import {
  ACTIVATION_KINDS,
  type Activation,
  DEFAULT_ACTIVATIONS,
  isPiecewiseLinear,
} from '../../src/model/activations.ts';
import type { Field, Quantity } from '../../src/model/field.ts';
import type { Readout } from '../../src/model/readouts.ts';
import { resolve } from '../../src/model/resolve.ts';
import { evaluatePrepared, FORMS, type GpuFixture, openGpu } from './fixture.ts';
import { fieldAbout, type Shown } from './planeReference.ts';
import { evaluateWide } from './wideEvaluation.ts';

let gpu: GpuFixture;
beforeAll(async () => {
  gpu = await openGpu();
});
afterAll(() => gpu.finish());

const CENTER = [0.3, -0.2] as const;
/** Samples of a picture; neither a multiple of a leaf's. */
const SIZE = [21, 11] as const;
/** What rounding does to a sample's position, of itself: its coordinate, products with it and their sums. */
const ROUNDING = 2 ** -20;
/** Samples count from the middle of their tile, at most a half-width away here: that is rounded by 2⁻²³ of it, in either sense. */
const FROM_MIDDLE = 1 / 8;

function rounded(coordinate: number, error: number): number {
  return coordinate + error * Math.max(Math.abs(coordinate), FROM_MIDDLE);
}

type Activations = Activation | readonly Activation[];

const OUTPUT: Readout = { kind: 'output', index: 0 };

function drawn(
  widths: readonly number[],
  activation: Activations,
  readout: Readout = OUTPUT,
): Field {
  const network = { kind: 'drawn', widths, activation, seed: 3, outputBias: null } as const;
  return { network, slice: null, readout };
}

const gridOf = (halfWidth: number) =>
  pictureGrid({ center: CENTER, centerLow: [0, 0], halfWidth }, ...SIZE, 1);

/** Samples, and how far what is shown varies within rounding of their positions. */
interface Expected {
  readonly here: Shown;
  readonly around: readonly Shown[];
}

function expectedOf(field: Field, { width, height, origin, step, anchor }: Grid): Expected[] {
  const about = fieldAbout(resolve(field), CENTER, anchor.halfWidth);
  return Array.from({ length: width * height }, (_, i) => {
    const u = ((i % width) - origin[0]) * step[0];
    const v = (Math.floor(i / width) - origin[1]) * step[1];
    const around = [-ROUNDING, ROUNDING].flatMap((a) =>
      [-ROUNDING, ROUNDING].map((b) => about(rounded(u, a), rounded(v, b))),
    );
    return { here: about(u, v), around };
  });
}

/** Whether the shown quantity may jump at a sample: a kink, or another winner, is within rounding. */
function isClear({ kinkDistance, margin }: Shown, { anchor }: Grid): boolean {
  const near = 100 * ROUNDING * anchor.halfWidth;
  return kinkDistance > near && margin > near;
}

/** The first disagreement by more than the tolerance and what rounding explains, as a text; null if there is none. */
function disagreement(
  received: ArrayLike<number>,
  expected: readonly Expected[],
  of: (shown: Shown) => number,
  isCompared: (shown: Shown) => boolean,
  tolerance: number,
): string | null {
  const compared = expected.filter(({ here }) => isCompared(here));
  if (compared.length < 0.3 * expected.length) return `only ${compared.length} are compared`;
  const wrong = expected.findIndex(({ here, around }, i) => {
    if (!isCompared(here)) return false;
    const slack = Math.max(...around.map((other) => Math.abs(of(other) - of(here))));
    return !(Math.abs(received[i]! - of(here)) <= tolerance + slack);
  });
  if (wrong < 0) return null;
  return `sample ${wrong}: received ${received[wrong]}, expected ${of(expected[wrong]!.here)} ± ${tolerance}`;
}

/** What of value and gradient kernels store, where they count from 0 or from the centre. */
function stored({ small, offset }: StoredNumbers) {
  const fromCenter = offset.high !== 0;
  return {
    value: ({ value, change }: Shown) => (fromCenter ? change : value),
    gradient: ({ gradient, bend }: Shown) => (small ? bend : gradient),
  };
}

/**
 * Compares value and gradient, less what they are stored relative to, with float64: the value's change to 1e-5 of its
 * range, gradients to 1e-5 of the largest norm.
 */
async function expectAgreement(
  field: Field,
  halfWidth: number,
  { culling = true } = {},
): Promise<void> {
  const grid = gridOf(halfWidth);
  const expected = expectedOf(field, grid);
  const isDiscrete = field.readout.kind === 'class' || field.readout.kind === 'argmax';
  const prepared = prepareWide(resolve(field));
  for (const form of FORMS) {
    const { anchored, planes } = await evaluateWide(
      gpu.contexts[form],
      prepared,
      grid,
      'valueAndGradient',
      { culling },
    );
    const { value, gradient } = stored(anchored);
    const values = expected.map(({ here }) => value(here));
    const range = isDiscrete ? 1 : Math.max(...values) - Math.min(...values);
    const norm = Math.max(...expected.map(({ here }) => Math.hypot(...gradient(here))));
    const found = [
      disagreement(
        planes[0]!.map((shown) => anchored.scale * shown),
        expected,
        value,
        (here) => !isDiscrete || isClear(here, grid),
        1e-5 * range,
      ),
      ...([0, 1] as const).map((axis) =>
        disagreement(
          planes[1 + axis]!.map((shown) => anchored.gradientScale * shown),
          expected,
          (shown) => gradient(shown)[axis],
          (here) => isClear(here, grid),
          1e-5 * norm,
        ),
      ),
    ];
    const told = `value and gradient at half-width ${halfWidth} on ${form}`;
    expect(found, told).toEqual([null, null, null]);
  }
}

const SMOOTH = ACTIVATION_KINDS.filter((kind) => !isPiecewiseLinear(DEFAULT_ACTIVATIONS[kind]));

describe('smooth activations', () => {
  const cases: [string, Activations, number[]][] = [
    ...SMOOTH.map((kind): [string, Activation, number[]] => [
      kind,
      DEFAULT_ACTIVATIONS[kind],
      [6, 5],
    ]),
    ['ELU with a kink', { kind: 'elu', alpha: 0.5 }, [6]],
    ['mixed layers', ['tanh', { kind: 'leakyRelu', slope: 0.1 }, 'sine', 'relu6'], [7, 6, 5, 4]],
  ];
  test.each(cases)('%s', async (_, activation, hidden) => {
    for (const halfWidth of [1e3, 30, 1, 1e-2, 1e-6, 1e-12]) {
      await expectAgreement(drawn([2, ...hidden, 1], activation), halfWidth);
    }
  });

  test.each(SMOOTH)('%s has a value at any half-width', async (kind) => {
    const field = prepareWide(resolve(drawn([2, 6, 5, 1], DEFAULT_ACTIVATIONS[kind])));
    for (const halfWidth of [1e9, 1e6]) {
      const { planes } = await evaluateWide(
        gpu.contexts.software,
        field,
        gridOf(halfWidth),
        'valueAndGradient',
        { culling: true },
      );
      // Outputs change by at most the distance, gradients are at most 1.
      const bounds = [2, 2, 2];
      planes.forEach((plane, i) => {
        const wrong = plane.find((stored) => !(Math.abs(stored) <= bounds[i]!));
        expect(wrong, `plane ${i} at ${halfWidth}`).toBeUndefined();
      });
    }
  });
});

describe('slopes of their own', () => {
  const slopes = Array.from({ length: 40 }, (_, i) => 1.5 * Math.sin(i));
  const clamps: Activation = { kind: 'hardtanh', min: -0.3, max: 0.4 };
  const cases: [string, Activations][] = [
    ['leaky', { kind: 'leakyRelu', slope: 0.2 }],
    [
      'parametric',
      [
        { kind: 'prelu', slopes },
        { kind: 'prelu', slopes: slopes.slice(7, 37) },
      ],
    ],
    // In a wide view a clamp's range is much smaller than what it is a clamp of.
    ['clamped', clamps],
    ['clamped and leaky', [clamps, { kind: 'leakyRelu', slope: 0.2 }]],
    ['ReLU and Abs', ['relu', 'abs']],
  ];
  test.each(cases)('%s', async (_, activation) => {
    const field = drawn([2, 40, 30, 1], activation);
    for (const halfWidth of [1e6, 30, 3, 0.1, 1e-9]) await expectAgreement(field, halfWidth);
    for (const halfWidth of [1e6, 0.1]) {
      await expectAgreement(field, halfWidth, { culling: false });
    }
  });
});

describe('readouts of several outputs', () => {
  const views = [30, 1, 1e-2, 1e-6, 1e-12];
  const culled: Readout[] = [
    { kind: 'margin', wins: 'least' },
    { kind: 'softmax', index: 1, lambda: 5 },
  ];
  test.each(culled)('$kind of a culled network', async (readout) => {
    for (const halfWidth of views) {
      await expectAgreement(drawn([2, 40, 30, 4], 'relu', readout), halfWidth);
    }
  });

  const layered: Readout[] = [
    ...culled,
    { kind: 'max' },
    { kind: 'class', wins: 'greatest' },
    { kind: 'class', wins: 'least' },
    { kind: 'argmax', index: 1, wins: 'least' },
    { kind: 'margin', wins: 'greatest' },
    { kind: 'lse', lambda: 2 },
    { kind: 'gap', lambda: 3 },
    { kind: 'sigmoid', index: 1 },
    { kind: 'tanh', index: 2 },
  ];
  test.each(layered)('$kind $wins of a smooth network', async (readout) => {
    for (const halfWidth of views) {
      await expectAgreement(drawn([2, 6, 5, 3], 'tanh', readout), halfWidth);
    }
  });

  test('16 outputs of a culled network, and 200 of one that is not', async () => {
    for (const halfWidth of views) {
      const greatest = { kind: 'class', wins: 'greatest' } as const;
      await expectAgreement(drawn([2, 40, 30, 16], 'relu', greatest), halfWidth);
      await expectAgreement(drawn([2, 20, 200], 'abs', { kind: 'lse', lambda: 4 }), halfWidth);
    }
  });
});

test('layers of thousands of neurons', async () => {
  const readout = { kind: 'softmax', index: 1, lambda: 5 } as const;
  for (const halfWidth of [1, 1e-9]) {
    await expectAgreement(drawn([2, 4096, 30, 4], 'relu', readout), halfWidth);
    await expectAgreement(drawn([2, 30, 1500, 3], 'tanh', readout), halfWidth);
  }
});

/** Third differences of smooth numbers along rows are 0 but for noise; relative to their range. */
function noiseOf(shown: Float32Array, width: number): number {
  const range = Math.max(...shown) - Math.min(...shown);
  const differences = Array.from(shown, (_, i) => {
    // The rule of np.gradient is another one at the ends of a row.
    if (i % width < 1 || i % width > width - 5) return 0;
    const [a, b, c, d] = shown.subarray(i, i + 4);
    return Math.abs(a! - 3 * b! + 3 * c! - d!);
  });
  return Math.max(...differences) / range;
}

const GRADIENTS: Quantity[] = [
  'value',
  'partial1',
  'partial2',
  'gradientNorm',
  'npGradientRows',
  'npGradientColumns',
];

test('no noise of smooth networks in a deep view', async () => {
  const field = prepareWide(resolve(drawn([2, 6, 5, 4, 1], ['tanh', 'gelu', 'sine'])));
  for (const output of GRADIENTS) {
    const { shown } = await evaluatePrepared(gpu.context, field, gridOf(1e-9), output);
    // A rounding error of 6e-8 counts eightfold, in each of a few dozen sums.
    expect(noiseOf(shown, SIZE[0]) <= 1e-5, `${output}: ${noiseOf(shown, SIZE[0])}`).toBe(true);
  }
});

test.each<Readout>([
  { kind: 'softmax', index: 1, lambda: 5 },
  { kind: 'gap', lambda: 3 },
  { kind: 'margin', wins: 'least' },
  { kind: 'sigmoid', index: 1 },
  { kind: 'tanh', index: 2 },
])('no noise of $kind of a smooth network in a deep view', async (readout) => {
  const field = prepareWide(resolve(drawn([2, 6, 5, 3], 'tanh', readout)));
  for (const output of ['value', 'partial1', 'gradientNorm'] as const) {
    const { shown } = await evaluatePrepared(gpu.context, field, gridOf(1e-9), output);
    expect(noiseOf(shown, SIZE[0]) <= 1e-5, `${output}: ${noiseOf(shown, SIZE[0])}`).toBe(true);
  }
});

test('np.gradient of smooth and mixed networks is that of the values', async () => {
  const fields = [
    drawn([2, 6, 5, 1], 'silu'),
    drawn([2, 7, 6, 5, 1], ['tanh', { kind: 'leakyRelu', slope: 0.1 }, 'sine']),
    drawn([2, 6, 5, 3], 'softplus', { kind: 'lse', lambda: 2 }),
  ];
  for (const field of fields) {
    for (const halfWidth of [10, 1, 1e-2]) {
      const grid = gridOf(halfWidth);
      const { anchored, shown } = await evaluatePrepared(
        gpu.context,
        prepareWide(resolve(field)),
        grid,
        'npGradientColumns',
      );
      const { offset, scale } = calibrationOf(anchored, 'npGradientColumns', grid);
      const values = expectedOf(field, grid).map(({ here }) => here.value);
      const [width] = SIZE;
      const expected = values.map((_, i) => {
        const [first, last] = [i % width === 0 ? i : i - 1, i % width === width - 1 ? i : i + 1];
        return (values[last]! - values[first]!) / (last - first);
      });
      const size = Math.max(...expected.map(Math.abs));
      const wrong = expected.findIndex(
        (value, i) => !(Math.abs(offset.high + scale * shown[i]! - value) <= 1e-5 * size),
      );
      expect(wrong, `at ${halfWidth}: received ${shown[wrong]}, expected ${expected[wrong]}`).toBe(
        -1,
      );
    }
  }
});

test('a log-radial picture of a smooth network has the values of its places', async () => {
  const field = drawn([2, 6, 5, 1], 'tanh');
  const view = { center: CENTER, centerLow: [0, 0], halfWidth: 100 } as const;
  const grid = pictureGrid(view, 21, 21, 1, { kind: 'logRadial', decades: 6 });
  const { anchored, planes } = await evaluateWide(
    gpu.context,
    prepareWide(resolve(field)),
    grid,
    'valueAndGradient',
    { culling: true },
  );
  const { rate, outerRadius } = grid.radial!;
  for (let i = 0; i < 441; i += 1) {
    const across = ((i % 21) - grid.origin[0]) * grid.step[0];
    const up = (Math.floor(i / 21) - grid.origin[1]) * grid.step[1];
    const radius = Math.hypot(across, up);
    const distance = radius === 0 ? 0 : 2 ** (rate * (radius - outerRadius)) / radius;
    const about = fieldAbout(resolve(field), CENTER, grid.anchor.halfWidth);
    const at = (by: number) => about(across * distance * by, up * distance * by).change;
    // exp2 may be off by 1e-5 of the distance (tests/gpu/logRadial.test.ts).
    const slack = Math.max(...[1 - 2e-5, 1 + 2e-5].map((by) => Math.abs(at(by) - at(1))));
    // Where the change happens to be small, eight roundings of what it is made of: the changes in other directions, as far away.
    const around = [0, 1, 2, 3, 4, 5, 6, 7].map((eighth) => {
      const turn = (eighth / 4) * Math.PI;
      const reach = radius * distance;
      return about(reach * Math.cos(turn), reach * Math.sin(turn)).change;
    });
    const rounding = 2 ** -21 * Math.max(...around.map(Math.abs));
    const received = anchored.scale * planes[0]![i]!;
    const told = `sample ${i}: received ${received}, expected ${at(1)}`;
    const allowed = 1e-5 * Math.abs(at(1)) + slack + rounding + 1e-15;
    expect(Math.abs(received - at(1)) <= allowed, told).toBe(true);
  }
});

test('boundaries lie where the class changes', async () => {
  const readout: Readout = { kind: 'class', wins: 'greatest' };
  for (const field of [
    drawn([2, 30, 30, 4], 'relu', readout),
    drawn([2, 9, 8, 4], 'tanh', readout),
  ]) {
    const grid = pictureGrid({ center: CENTER, centerLow: [0, 0], halfWidth: 10 }, 97, 64, 1);
    const prepared = prepareWide(resolve(field));
    const bitsOf = async (output: Output) => {
      const { bits, shown } = await evaluatePrepared(gpu.context, prepared, grid, output);
      return { bits, shown };
    };
    const { shown: classes } = await bitsOf('value');
    const { bits } = await bitsOf('boundary');
    let [changes, uncovered, covered] = [0, 0, 0];
    for (let i = 0; i + 1 < bits.length; i += 1) {
      if (bits[i]! >> 8 > 0) covered += 1;
      if (i % 97 === 96 || classes[i] === classes[i + 1]) continue;
      changes += 1;
      if (bits[i]! >> 8 === 0 && bits[i + 1]! >> 8 === 0) uncovered += 1;
    }
    expect(changes).toBeGreaterThan(30);
    expect(uncovered).toBe(0);
    // Lines, and not areas.
    expect(covered).toBeLessThan(0.2 * bits.length);
  }
});

test('smooth networks have no regions, and one output has no boundary', async () => {
  const smooth = prepareWide(resolve(drawn([2, 6, 5, 1], 'tanh')));
  const grid = gridOf(1);
  for (const output of ['region', 'hinge', 'boundary'] as const) {
    await expect(evaluatePrepared(gpu.context, smooth, grid, output)).rejects.toThrow(output);
  }
});
