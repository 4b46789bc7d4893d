import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { calibrationOf } from '../../src/kernels/calibration.ts';
import { linspaceGrid, pictureGrid } from '../../src/kernels/grid.ts';
import type { Vec2 } from '../../src/model/field.ts';
import { validateField } from '../../src/model/fieldValidation.ts';
import { QUANTITIES } from '../../src/model/quantities.ts';
import { LAMBDA_MAX, LAMBDA_MIN } from '../../src/model/readouts.ts';
import type { Point } from '../../src/numeric/doubleDouble.ts';
import { sampleGrid } from '../../src/passes/gridSampler.ts';
import { createEvaluator } from '../../src/reference/evaluate.ts';
import { sampledGrid } from '../../src/reference/grid.ts';
import { isShownIn } from '../../src/state/validate.ts';
import { type Projection, toView } from '../../src/view/projection.ts';
import { pixelToView, planePoint, type View } from '../../src/view/view.ts';
import type { Logits } from '../shorthand.ts';
import { fieldOf, type Shorthand, type ShorthandKind } from '../shorthand.ts';
import { evenly, lambdas } from '../unit/reference/fieldArbitraries.ts';
import { compareAll } from './accuracy/compare.ts';
import { places, windowOf } from './accuracy/draws.ts';
import { expError } from './builtinErrors.ts';
import { evaluateRaw, type GpuFixture, openGpu } from './fixture.ts';

let gpu: GpuFixture;
beforeAll(async () => {
  gpu = await openGpu();
});
afterAll(() => gpu.finish());

const SEED = 20261127;
const LARGEST = 3.4e38;

function explicit(weight: readonly Vec2[], bias: readonly number[]): Logits {
  return { weight, bias };
}

const STEEP = explicit(
  [
    [1e33, 0],
    [0, 1e33],
  ],
  [0, 0],
);

async function sample(short: Shorthand, half: number) {
  const field = fieldOf(short);
  const request = { field, x: [-half, half], y: [-half, half], width: 3, height: 3 } as const;
  const { values } = await sampleGrid(gpu.context, { ...request, quantity: 'value' });
  return (column: number, row: number) => values[3 * row + column]!;
}

function expectClose(received: number, expected: number, tolerance: number): void {
  const error = Math.abs(received - expected);
  expect(error <= tolerance, `received ${received}, expected ${expected}`).toBe(true);
}

test('lse of logits of 1e33 with λ = 1e6', async () => {
  const short = { kind: 'lse', lambda: 1e6, logits: STEEP } as const;
  const at = await sample(short, 5);
  // The centre's own value is computed in float64; all else counts from there in float32, which has no digits below its least normal
  // number.
  const grid = linspaceGrid([-5, 5], [-5, 5], 3, 3);
  const { anchored, shown } = await evaluateRaw(gpu.context, fieldOf(short), grid, 'value');
  expectClose(calibrationOf(anchored, 'value', grid).offset.high, 6.931471805599453e-7, 1e-18);
  expectClose(shown[4]!, 0, 2 ** -126);
  for (const row of [0, 1, 2]) {
    for (const column of [0, 1, 2]) {
      if (row === 1 && column === 1) continue;
      const expected = Math.max(column - 1, row - 1) * 5e33;
      expectClose(at(column, row), expected, 2 ** -22 * 5e33);
    }
  }
});

test('the gap of logits of 1e33 with λ = 1e6', async () => {
  const at = await sample({ kind: 'gap', lambda: 1e6, logits: STEEP }, 5);
  // log 2 / λ on the diagonal, and nothing elsewhere.
  expectClose(at(0, 0), Math.LN2 / 1e6, 1e-12);
  expectClose(at(1, 1), Math.LN2 / 1e6, 1e-12);
  expectClose(at(2, 1), 0, 0);
});

test('a neuron with the largest weight, in the smallest view and the widest', async () => {
  for (const half of [1e-12, 1e9]) {
    const field = { kind: 'sigmoid', weight: [LARGEST, 0], bias: 0 } as const;
    const at = await sample(field, half);
    for (const row of [0, 1, 2]) {
      expectClose(at(0, row), 0, 1e-7);
      // exp(0) once, in a share with the derivative ¼.
      expectClose(at(1, row), 0.5, expError(0) / 4);
      expectClose(at(2, row), 1, 1e-7);
    }
  }
});

test('a bias of the largest size moves a network', async () => {
  const widths = [2, 20, 1];
  const field = { kind: 'mlp', widths, activation: 'relu', seed: 0 } as const;
  const at = await sample({ ...field, outputBias: Math.fround(-LARGEST) }, 1e9);
  expectClose(at(2, 2), -LARGEST, 1e-7 * LARGEST);
});

test.each(['tanh', 'gelu', 'softplus', 'relu6'] as const)(
  'a hidden neuron with %s and weights of 1e33 changes where it does',
  async (activation) => {
    const layers = [
      { weight: [[1e33, 0]], bias: [3e32], activation },
      { weight: [[1]], bias: [0], activation: 'identity' },
    ];
    const readout = { kind: 'output', index: 0 };
    const field = validateField({ network: { kind: 'explicit', layers }, readout });
    const request = {
      field,
      x: [-1, 1],
      y: [0, 0],
      width: 5,
      height: 1,
      quantity: 'value',
    } as const;
    const { values } = await sampleGrid(gpu.context, { ...request, relative: true });
    const expected = sampledGrid({ ...request, relative: true }).values;
    expect(new Set(expected).size).toBeGreaterThan(1);
    // A few roundings of float32.
    const most = Math.max(...expected.map(Math.abs));
    values.forEach((value, i) => {
      expectClose(value, expected[i]!, 2 ** -20 * most);
    });
  },
);

/** Weights and biases from −1 to 1 without a pattern, times a size. */
function networkOf(activation: unknown, size: number, widths = [2, 5, 5, 3]) {
  let seed = 1;
  const draw = () => {
    seed = (1103515245 * seed + 12345) % 2 ** 31;
    return Math.fround((seed / 2 ** 30 - 1) * size);
  };
  const layers = widths.slice(1).map((width, i) => ({
    weight: Array.from({ length: width }, () => Array.from({ length: widths[i]! }, draw)),
    bias: Array.from({ length: width }, draw),
    activation: i === widths.length - 2 ? 'identity' : activation,
  }));
  return { kind: 'explicit', layers };
}

describe('clamps that are narrow beside what enters them', () => {
  const activations = ['relu6', { kind: 'hardtanh', min: -1, max: 1e-6 }] as const;
  const readouts = [{ kind: 'output', index: 0 }, { kind: 'margin' }, { kind: 'lse', lambda: 1 }];
  const cases = [1e3, 1e12, 1e18, 1e25, 1e36].flatMap((size) =>
    [1e-12, 1, 1e9].flatMap((half) => readouts.map((readout) => ({ size, half, readout }))),
  );

  test.each(cases)('$size, $half, $readout.kind', async ({ size, half, readout }) => {
    for (const activation of activations) {
      const field = validateField({ network: networkOf(activation, size), readout });
      const side = [-half, 0.9 * half] as const;
      const request = { field, x: side, y: side, width: 5, height: 5, quantity: 'value' } as const;
      const { values } = await sampleGrid(gpu.context, { ...request, relative: true });
      const expected = sampledGrid({ ...request, relative: true }).values;
      const most = Math.max(...expected.map(Math.abs));
      // A few roundings of float32 in each layer.
      values.forEach((value, i) => {
        expectClose(value, expected[i]!, 2 ** -18 * most);
      });
    }
  });
});

test.each(['relu6', 'tanh'] as const)(
  'the gap of many neurons with %s that level out within a small view',
  async (activation) => {
    const count = 240;
    const layers = [
      {
        weight: Array.from({ length: count }, () => [1e5, 0]),
        bias: Array.from({ length: count }, () => 0),
        activation,
      },
      {
        weight: [2, 0].map((weight) => Array.from({ length: count }, () => weight)),
        bias: [0, 0],
        activation: 'identity',
      },
    ];
    const field = validateField({
      network: { kind: 'explicit', layers },
      readout: { kind: 'gap', lambda: 1 },
    });
    const side = [-1e-4, 1e-4] as const;
    for (const quantity of ['value', 'partial1'] as const) {
      const request = { field, x: side, y: side, width: 5, height: 3, quantity };
      const { values } = await sampleGrid(gpu.context, request);
      const expected = sampledGrid(request).values;
      const most = Math.max(...expected.map(Math.abs));
      values.forEach((value, i) => {
        expectClose(value, expected[i]!, 2 ** -20 * most);
      });
    }
  },
);

describe('np.gradient of clamps in wide views', () => {
  const mixed = (activation: unknown) => {
    const network = networkOf(activation, 1);
    const [first, ...others] = network.layers;
    return {
      ...network,
      layers: [{ ...first!, activation: { kind: 'leakyRelu', slope: 0.1 } }, ...others],
    };
  };
  const cases = [1, 1e3, 1e6, 1e9].flatMap((half) => [
    { half, name: 'relu6', network: networkOf('relu6', 1) },
    { half, name: 'hardtanh', network: networkOf({ kind: 'hardtanh', min: -1, max: 1 }, 1) },
    { half, name: 'relu6 after leaky ReLU', network: mixed('relu6') },
  ]);

  test.each(cases)('$name, $half', async ({ half, network }) => {
    const field = validateField({ network, readout: { kind: 'output', index: 0 } });
    const side = [-half, 0.9 * half] as const;
    for (const quantity of ['npGradientRows', 'npGradientColumns'] as const) {
      const request = { field, x: side, y: side, width: 5, height: 5, quantity } as const;
      const { values } = await sampleGrid(gpu.context, request);
      const expected = sampledGrid(request).values;
      const most = Math.max(...expected.map(Math.abs));
      // A few roundings of float32 in each layer.
      values.forEach((value, i) => {
        expectClose(value, expected[i]!, 2 ** -18 * most);
      });
    }
  });
});

describe('the same in wide networks, of which tiles keep few neurons', () => {
  const cases = [1, 1e10, 1e18].flatMap((size) => [1, 1e9].map((half) => ({ size, half })));

  test.each(cases)('$size, $half', async ({ size, half }) => {
    const network = networkOf('relu6', size, [2, 40, 40, 3]);
    const field = validateField({ network, readout: { kind: 'output', index: 1 } });
    const side = [-half, 0.9 * half] as const;
    // One tile, and several.
    for (const samples of [5, 40]) {
      const request = { field, x: side, y: side, width: samples, height: samples } as const;
      const { values } = await sampleGrid(gpu.context, { ...request, quantity: 'value' });
      const expected = sampledGrid({ ...request, quantity: 'value' }).values;
      const most = Math.max(...expected.map(Math.abs));
      // A few roundings of float32 in each layer.
      values.forEach((value, i) => {
        expectClose(value, expected[i]!, 2 ** -18 * most);
      });
    }
  });
});

describe('smooth networks whose outputs are nearly too large for float32', () => {
  const readouts = [{ kind: 'margin' }, { kind: 'max' }, { kind: 'lse', lambda: 1 }];
  const cases = (['gelu', 'softplus', 'elu', 'tanh'] as const).flatMap((activation) =>
    readouts.map((readout) => ({ activation, readout, size: activation === 'tanh' ? 1e33 : 1e12 })),
  );

  test.each(cases)('$activation, $readout.kind', async ({ activation, readout, size }) => {
    const field = validateField({ network: networkOf(activation, size), readout });
    const side = [-1, 1] as const;
    const request = { field, x: side, y: side, width: 5, height: 5, quantity: 'value' } as const;
    const { values } = await sampleGrid(gpu.context, request);
    const expected = sampledGrid(request).values;
    const most = Math.max(...expected.map(Math.abs));
    // A few roundings of float32 in each layer.
    values.forEach((value, i) => {
      expectClose(value, expected[i]!, 2 ** -18 * most);
    });
  });

  test.each([1e13, 1e33])('that are too large are no numbers: weights of %f', async (size) => {
    const field = validateField({ network: networkOf('gelu', size), readout: { kind: 'margin' } });
    const side = [-1, 1] as const;
    const request = { field, x: side, y: side, width: 5, height: 5, quantity: 'value' } as const;
    const { values } = await sampleGrid(gpu.context, request);
    expect(values.some(Number.isFinite)).toBe(false);
  });
});

describe('classes of outputs that are too large for float32', () => {
  const readouts = [
    { kind: 'class' },
    { kind: 'class', wins: 'least' },
    { kind: 'argmax', index: 2 },
  ];
  const cases = [
    { activation: 'gelu', size: 1e13, widths: [2, 40, 40, 3] },
    { activation: 'relu', size: 1e16, widths: [2, 40, 40, 3] },
    { activation: 'relu6', size: 1e30, widths: [2, 25, 25, 25, 3] },
  ].flatMap((network) => readouts.map((readout) => ({ ...network, readout })));
  const fieldFor = ({ activation, size, widths, readout }: (typeof cases)[number]) =>
    validateField({ network: networkOf(activation, size, widths), readout });
  const square = { x: [-1, 1], y: [-1, 1], width: 9, height: 9, quantity: 'value' } as const;

  test.each(cases)('$activation, $readout', async (one) => {
    const request = { field: fieldFor(one), ...square };
    const { values } = await sampleGrid(gpu.context, request);
    expect([...values]).toEqual([...sampledGrid(request).values]);
  });

  test.each(cases)(
    '$activation, $readout: hidden neurons that are, too, are no numbers',
    async (one) => {
      const request = { field: fieldFor({ ...one, size: 1e37 }), ...square };
      const { values } = await sampleGrid(gpu.context, request);
      expect(values.every(Number.isNaN)).toBe(true);
    },
  );
});

/** Weights that differ by a factor of 10⁶ at most, about a size from the whole of float32. */
const magnitudes = fc.record({
  size: evenly(-30, 37),
  bias: evenly(-30, 37),
  shares: fc.array(fc.tuple(evenly(-1, 1), evenly(-1, 1), evenly(-1, 1)), {
    minLength: 3,
    maxLength: 3,
  }),
  lambda: fc.oneof(lambdas, fc.constantFrom(LAMBDA_MIN, LAMBDA_MAX)),
  halfWidth: evenly(-12, 9),
  ties: fc.boolean(),
});

type Magnitudes = typeof magnitudes extends fc.Arbitrary<infer T> ? T : never;

function scaled(kind: Exclude<ShorthandKind, 'mlp'>, drawn: Magnitudes): Shorthand {
  const { size, bias, shares, lambda, ties } = drawn;
  const number = (share: number, exponent: number) =>
    Math.fround((ties ? Math.round(2 * share) / 2 : share) * 10 ** exponent);
  const weight = shares.map(([x, y]): Vec2 => [number(x, size), number(y, size)]);
  const logits = explicit(
    weight,
    shares.map(([, , share]) => number(share, bias)),
  );
  switch (kind) {
    case 'sigmoid':
    case 'tanh':
      return { kind, weight: weight[0]!, bias: logits.bias[0]! };
    case 'max':
      return { kind, logits };
    case 'argmax':
      return { kind, component: 1, logits };
    case 'softmax':
      return { kind, lambda, component: 1, logits };
    default:
      return { kind, lambda, logits };
  }
}

const KINDS = ['lse', 'gap', 'softmax', 'max', 'argmax', 'sigmoid', 'tanh'] as const;

describe(`every quantity of fields of any size, against exact arithmetic, seed ${SEED}`, () => {
  test.each(KINDS)('%s', async (kind) => {
    let [compared, all] = [0, 0];
    await fc.assert(
      fc.asyncProperty(magnitudes, places(8), async (drawn, place) => {
        const field = scaled(kind, drawn);
        const window = windowOf(field, { ...place, halfWidth: drawn.halfWidth });
        const comparisons = await compareAll(gpu.context, field, window);
        for (const comparison of comparisons) compared += comparison.compared;
        all += comparisons.length * window.grid.width * window.grid.height;
        expect(comparisons.filter(({ ratio }) => !(ratio <= 1))).toEqual([]);
      }),
      { seed: SEED, numRuns: 40 },
    );
    // As tests/gpu/accuracy.test.ts.
    expect(compared / all).toBeGreaterThan(0.9);
  });
});

describe('logits that are all but equal', () => {
  const place = {
    center: 'near',
    at: [-1, -0.529283854],
    to: [-1, -1],
    distance: 0,
    halfWidth: 0,
    low: [-1, -1],
    size: [2, 2],
    form: 'picture',
    reversed: [false, false],
  } as const;
  const small = Math.fround(2.3e-4);
  const steep = Math.fround(10 ** -3.2407403550000033);
  const cases: readonly [string, Shorthand, Partial<Parameters<typeof windowOf>[1]>][] = [
    [
      'in a corner, where the gap is largest and can only come out smaller',
      {
        kind: 'gap',
        lambda: 0.001,
        logits: explicit(
          [
            [steep / 2, 0],
            [-steep, -steep],
            [-steep, -steep],
          ],
          [0, 0, 0],
        ),
      },
      { halfWidth: 8.96068128, size: [3, 4] },
    ],
    [
      'in a corner, where the gap is 0, to which float32 adds log 2 / λ and its rounding',
      {
        kind: 'gap',
        lambda: 1e6,
        logits: explicit(
          [
            [0.25, -1],
            [-0.25, -0.75],
            [-1, -0.20606460999999998],
          ].map(
            ([x, y]): Vec2 => [
              Math.fround(x! * 10 ** -5.990920375999998),
              Math.fround(y! * 10 ** -5.990920375999998),
            ],
          ),
          [0, 0, 0],
        ),
      },
      { halfWidth: 8.958931665000001, size: [5, 2], form: 'sample' },
    ],
    [
      'in the middle, by less than double-double holds beside them',
      {
        kind: 'max',
        logits: explicit(
          [
            [-small, -small],
            [-small, -small],
          ],
          [2.5e-37, 2.6e-37].map(Math.fround),
        ),
      },
      { halfWidth: -12, size: [3, 5] },
    ],
    [
      'in the middle, by less than float32 holds in units of the view',
      { kind: 'sigmoid', weight: [0, 32768], bias: 5e-31 },
      { halfWidth: 3, size: [2, 3], at: [0, 0] },
    ],
    [
      'everywhere, by less than that, without a slope',
      { kind: 'tanh', weight: [0, 0], bias: 5e-31 },
      { halfWidth: 7.63, size: [2, 2] },
    ],
  ];
  test.each(cases)('%s', async (_, field, own) => {
    const window = windowOf(field, { ...place, ...own });
    const comparisons = await compareAll(gpu.context, field, window);
    expect(comparisons.filter(({ ratio }) => !(ratio <= 1))).toEqual([]);
  });
});

const WIDTH = 64;
const HEIGHT = 4;
const PROJECTION: Projection = { kind: 'logRadial', decades: 12 };
/** Of the distance: exp2 of 40 decades is off by (3 + 2 · 133) units in the last place, its argument by two roundings. */
const POSITION_ERROR = (3 + 2 * 133) * 2 ** -23 + 133 * 2 * Math.LN2 * 2 ** -23;

/** The plane's points under the samples of a picture, and how far they lie from its centre. */
function radialSamples(view: View): { point: Point; distance: number }[] {
  return Array.from({ length: WIDTH * HEIGHT }, (_, i) => {
    const [column, row] = [i % WIDTH, HEIGHT - 1 - Math.floor(i / WIDTH)];
    const u = toView(PROJECTION, pixelToView(column + 0.5, row + 0.5, WIDTH, HEIGHT));
    return { point: planePoint(view, u), distance: view.halfWidth * Math.hypot(...u) };
  });
}

describe('a log-radial picture that reaches 40 decades', () => {
  test.each(KINDS)('of %s', async (kind) => {
    await fc.assert(
      fc.asyncProperty(magnitudes, async (drawn) => {
        const field = fieldOf(scaled(kind, drawn));
        const view: View = { center: [0, 0], centerLow: [0, 0], halfWidth: 10 ** drawn.halfWidth };
        const grid = pictureGrid(view, WIDTH, HEIGHT, 1, PROJECTION);
        for (const quantity of QUANTITIES.filter((q) => isShownIn('logRadial', q))) {
          const { anchored, shown } = await evaluateRaw(gpu.context, field, grid, quantity);
          if (quantity === 'region') continue;
          expect(shown.every(Number.isFinite), `${quantity} is finite`).toBe(true);
          // Exponents of the others are off by what a position is off at 10²² times the unit.
          if (quantity !== 'value' || !(kind === 'lse' || kind === 'max')) continue;
          const reference = createEvaluator(field);
          const { offset, scale } = calibrationOf(anchored, quantity, grid);
          const steepest = Math.hypot(10 ** drawn.size, 10 ** drawn.size);
          radialSamples(view).forEach(({ point, distance }, i) => {
            const expected = reference.value(point.x.high, point.y.high);
            const tolerance = 2 * POSITION_ERROR * distance * steepest + 1e-6 * Math.abs(expected);
            const error = Math.abs(offset.high + scale * shown[i]! - expected);
            expect(error <= tolerance, `sample ${i} is off by ${error}`).toBe(true);
          });
        }
      }),
      { seed: SEED, numRuns: 15 },
    );
  });
});
