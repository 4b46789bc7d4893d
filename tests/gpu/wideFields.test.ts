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
import type { Field } from '../../src/model/field.ts';
import type { Readout } from '../../src/model/readouts.ts';
import { resolve } from '../../src/model/resolve.ts';
import { evaluatePrepared, FORMS, type GpuFixture, openGpu } from './fixture.ts';
import { fieldAbout, type Shown } from './planeReference.ts';

let gpu: GpuFixture;
beforeAll(async () => {
  gpu = await openGpu();
});
afterAll(() => gpu.finish());

const CENTER = [0.3, -0.2] as const;
/** Samples of a picture; neither a multiple of a leaf. */
const SIZE = [21, 11] as const;
/** What is rounded of a sample's position, and of what a layer makes of it, of itself. */
const ROUNDING = 2 ** -20;

type Activations = Activation | readonly Activation[];

function drawn(
  widths: readonly number[],
  activation: Activations,
  readout: Readout,
  seed = 3,
): Field {
  const network = { kind: 'drawn', widths, activation, seed, outputBias: null } as const;
  return { network, slice: null, readout };
}

/** Places of a grid's samples, in units of the anchor's half-width. */
function placesOf({ width, height, origin, step }: Grid): (readonly [number, number])[] {
  return Array.from({ length: width * height }, (_, i) => [
    ((i % width) - origin[0]) * step[0],
    (Math.floor(i / width) - origin[1]) * step[1],
  ]);
}

/** Samples, and how far what is shown varies within rounding of their positions. */
interface Expected {
  readonly here: Shown;
  readonly around: readonly Shown[];
}

function expectedOf(field: Field, grid: Grid): Expected[] {
  const about = fieldAbout(resolve(field), CENTER, grid.anchor.halfWidth);
  return placesOf(grid).map(([u, v]) => ({
    here: about(u, v),
    around: [-ROUNDING, ROUNDING].flatMap((a) =>
      [-ROUNDING, ROUNDING].map((b) => about(u * (1 + a), v * (1 + b))),
    ),
  }));
}

const OUTPUTS = ['value', 'partial1', 'partial2'] as const;

/** Compares what kernels store, less its offset, with float64: to 1e-5 of its range or largest size. */
async function expectAgreement(field: Field, halfWidth: number): Promise<void> {
  const grid = pictureGrid({ center: CENTER, centerLow: [0, 0], halfWidth }, ...SIZE, 1);
  const expected = expectedOf(field, grid);
  const prepared = prepareWide(resolve(field));
  const isDiscrete = field.readout.kind === 'class' || field.readout.kind === 'argmax';
  for (const form of FORMS) {
    for (const output of OUTPUTS) {
      const { anchored, shown } = await evaluatePrepared(
        gpu.contexts[form],
        prepared,
        grid,
        output,
      );
      const { scale, offset } = calibrationOf(anchored, output, grid);
      const axis = output === 'partial2' ? 1 : 0;
      const countsFrom0 = output === 'value' ? offset.high === 0 : !anchored.small;
      const of = ({ value, change, gradient, bend }: Shown) =>
        output === 'value' ? (countsFrom0 ? value : change) : (countsFrom0 ? gradient : bend)[axis];
      const all = expected.map(({ here }) => of(here));
      const range =
        output === 'value' && !isDiscrete
          ? Math.max(...all) - Math.min(...all)
          : Math.max(...all.map(Math.abs));
      const near = 2 * ROUNDING * grid.anchor.halfWidth;
      let compared = 0;
      expected.forEach(({ here, around }, i) => {
        // Where it jumps.
        const jumps = output !== 'value' && !(here.kinkDistance > 50 * near);
        if (jumps || ((isDiscrete || output !== 'value') && !(here.margin > 50 * near))) return;
        compared += 1;
        const slack = Math.max(...around.map((other) => Math.abs(of(other) - of(here))));
        const received = scale * shown[i]!;
        if (!(Math.abs(received - of(here)) <= 1e-5 * range + slack)) {
          const where = `${output} of sample ${i} on ${form}`;
          throw new Error(
            `${where}: received ${received}, expected ${of(here)}, range ${range}, slack ${slack}`,
          );
        }
      });
      expect(compared).toBeGreaterThan(0.3 * expected.length);
    }
  }
}

const HALF_WIDTHS = [1e3, 30, 1, 1e-2, 1e-6, 1e-12];
const SMOOTH = ACTIVATION_KINDS.filter((kind) => !isPiecewiseLinear(DEFAULT_ACTIVATIONS[kind]));
const output: Readout = { kind: 'output', index: 0 };

describe('smooth activations', () => {
  const cases: [string, Activations, number[]][] = [
    ...SMOOTH.map((kind): [string, Activation, number[]] => [
      kind,
      DEFAULT_ACTIVATIONS[kind],
      [6, 5],
    ]),
    ['elu with a kink', { kind: 'elu', alpha: 0.5 }, [6]],
    ['mixed', ['tanh', { kind: 'leakyRelu', slope: 0.1 }, 'sine', 'relu6'], [7, 6, 5, 4]],
  ];
  for (const [name, activation, hidden] of cases) {
    test.each(HALF_WIDTHS)(`${name}, half-width %s`, async (halfWidth) => {
      await expectAgreement(drawn([2, ...hidden, 1], activation, output), halfWidth);
    });
  }
});

describe('slopes of their own', () => {
  const slopes = Array.from({ length: 40 }, (_, i) => 1.5 * Math.sin(i));
  const cases: [string, Activations][] = [
    ['leaky', { kind: 'leakyRelu', slope: 0.2 }],
    [
      'parametric',
      [
        { kind: 'prelu', slopes },
        { kind: 'prelu', slopes: slopes.slice(7, 37) },
      ],
    ],
    ['clamped', { kind: 'hardtanh', min: -0.3, max: 0.4 }],
    ['ReLU and Abs', ['relu', 'abs']],
  ];
  for (const [name, activation] of cases) {
    test.each([1e3, 30, 3, 0.1, 1e-6, 1e-12])(`${name}, half-width %s`, async (halfWidth) => {
      await expectAgreement(drawn([2, 40, 30, 1], activation, output), halfWidth);
    });
  }
});

const READOUTS: Readout[] = [
  { kind: 'max' },
  { kind: 'class', wins: 'greatest' },
  { kind: 'class', wins: 'least' },
  { kind: 'argmax', index: 1, wins: 'least' },
  { kind: 'margin', wins: 'greatest' },
  { kind: 'lse', lambda: 2 },
  { kind: 'gap', lambda: 3 },
  { kind: 'softmax', index: 1, lambda: 5 },
  { kind: 'sigmoid', index: 1 },
  { kind: 'tanh', index: 2 },
];

describe('readouts of several outputs', () => {
  for (const readout of READOUTS) {
    const name = Object.values(readout).join(' ');
    test.each([30, 1, 1e-2, 1e-6, 1e-12])(
      `${name} of a culled network, half-width %s`,
      async (halfWidth) => {
        await expectAgreement(drawn([2, 40, 30, 5], 'relu', readout), halfWidth);
      },
    );
    test.each([30, 1, 1e-2, 1e-6, 1e-12])(
      `${name} of a smooth network, half-width %s`,
      async (halfWidth) => {
        await expectAgreement(drawn([2, 6, 5, 3], 'tanh', readout), halfWidth);
      },
    );
  }
});
