import fc from 'fast-check';
import type { DataSpec } from '../../../src/data/dataSpec.ts';
import { readDataSpec } from '../../../src/data/readDataSpec.ts';
import { type Activation, DEFAULT_ACTIVATIONS } from '../../../src/model/activations.ts';
import { isSmooth, shapeOf } from '../../../src/model/drawnNetwork.ts';
import type { Field, Vec2 } from '../../../src/model/field.ts';
import { MAX_HIDDEN_LAYERS, type NetworkSource } from '../../../src/model/networks.ts';
import { MAX_NUMPY_SEED } from '../../../src/model/numpyRandom.ts';
import { QUANTITIES } from '../../../src/model/quantities.ts';
import { LAMBDA_MAX, LAMBDA_MIN, type Readout } from '../../../src/model/readouts.ts';
import {
  fieldOfShorthand,
  logitCount,
  MAX_LOGITS,
  type Shorthand,
  type ShorthandKind,
  type ShortLogits,
} from '../../../src/model/shorthand.ts';
import type { Slice } from '../../../src/model/slice.ts';
import { twoSum } from '../../../src/numeric/doubleDouble.ts';
import { COLORMAP_NAMES } from '../../../src/scales/colormaps.ts';
import { type Norm, THRESHOLD_MAX, THRESHOLD_MIN } from '../../../src/scales/norms.ts';
import type { Contours, Range, Selection, State } from '../../../src/state/state.ts';
import {
  GRID_SAMPLES_MAX,
  GRID_SAMPLES_MIN,
  isShownIn,
  RANGE_MAX,
} from '../../../src/state/validate.ts';
import { DECADES_MAX, DECADES_MIN, type Projection } from '../../../src/view/projection.ts';
import { CENTER_MAX, HALF_WIDTH_MAX, HALF_WIDTH_MIN, type View } from '../../../src/view/view.ts';
import { sourceOfFile } from '../models/modelFields.ts';

/**
 * Valid values of everything in the state, for property tests. All are as validation leaves them:
 * float32 weights, normalised centres, no negative zero.
 */

function withoutNegativeZero(value: number): number {
  return value + 0;
}

function arbitraryNumber(min: number, max: number): fc.Arbitrary<number> {
  return fc.double({ min, max, noNaN: true }).map(withoutNegativeZero);
}

const float32 = fc
  .oneof(fc.float({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: -9, max: 9 }))
  .map(withoutNegativeZero);
const float32Pair: fc.Arbitrary<Vec2> = fc.tuple(float32, float32);
const lambda = fc.oneof(arbitraryNumber(LAMBDA_MIN, LAMBDA_MAX), fc.constantFrom(1, 10, 100));
export const arbitrarySeed = fc.oneof(fc.maxSafeInteger(), fc.nat({ max: 99 }));

const explicitLogits: fc.Arbitrary<ShortLogits> = fc
  .array(fc.tuple(float32Pair, float32), { minLength: 2, maxLength: MAX_LOGITS })
  .map((rows) => ({ weight: rows.map(([weight]) => weight), bias: rows.map(([, bias]) => bias) }));

export const arbitraryLogits: fc.Arbitrary<ShortLogits> = fc.oneof(
  fc.constant(null),
  fc.record({ count: fc.integer({ min: 2, max: MAX_LOGITS }), seed: arbitrarySeed }),
  explicitLogits,
);

const componentAndLogits = arbitraryLogits.chain((logits) =>
  fc.record({
    component: fc.nat({ max: logitCount(logits) - 1 }),
    logits: fc.constant(logits),
  }),
);

const arbitraryWidths = fc
  .array(fc.integer({ min: 1, max: 256 }), { minLength: 1, maxLength: MAX_HIDDEN_LAYERS })
  .map((hidden) => [2, ...hidden, 1]);

export const arbitraryShorthands: {
  readonly [K in ShorthandKind]: fc.Arbitrary<Shorthand & { kind: K }>;
} = {
  lse: fc.record({ kind: fc.constant('lse' as const), lambda, logits: arbitraryLogits }),
  gap: fc.record({ kind: fc.constant('gap' as const), lambda, logits: arbitraryLogits }),
  max: fc.record({ kind: fc.constant('max' as const), logits: arbitraryLogits }),
  softmax: fc
    .tuple(lambda, componentAndLogits)
    .map(([lambda, rest]) => ({ kind: 'softmax' as const, lambda, ...rest })),
  argmax: componentAndLogits.map((rest) => ({ kind: 'argmax' as const, ...rest })),
  sigmoid: fc.record({ kind: fc.constant('sigmoid' as const), weight: float32Pair, bias: float32 }),
  tanh: fc.record({ kind: fc.constant('tanh' as const), weight: float32Pair, bias: float32 }),
  mlp: fc.record({
    kind: fc.constant('mlp' as const),
    widths: arbitraryWidths,
    activation: fc.constantFrom('relu' as const, 'abs' as const),
    seed: arbitrarySeed,
    outputBias: fc.option(float32),
  }),
};

export const arbitraryShorthand: fc.Arbitrary<Shorthand> = fc.oneof(
  ...Object.values(arbitraryShorthands),
);

const parameter = arbitraryNumber(-100, 100);

const arbitraryActivation: fc.Arbitrary<Activation> = fc.oneof(
  fc.constantFrom(...Object.values(DEFAULT_ACTIVATIONS)),
  parameter.map((slope) => ({ kind: 'leakyRelu' as const, slope })),
  parameter.map((slope) => ({ kind: 'prelu' as const, slopes: [slope] })),
  parameter.map((alpha) => ({ kind: 'elu' as const, alpha })),
  fc
    .tuple(parameter, fc.integer({ min: 1, max: 9 }))
    .map(([min, extent]) => ({ kind: 'hardtanh' as const, min, max: min + extent })),
);

/** Several activations are a list only if they differ. */
function oneOrList(list: readonly Activation[]): Activation | readonly Activation[] {
  const isOne = new Set(list.map((one) => JSON.stringify(one))).size < 2;
  return isOne ? (list[0] ?? 'relu') : list;
}

const drawnSource: fc.Arbitrary<NetworkSource> = fc
  .tuple(
    fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constant(784)),
    fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 4 }),
    fc.integer({ min: 1, max: 12 }),
    arbitrarySeed,
    fc.option(float32),
  )
  .chain(([inputs, hidden, outputs, seed, outputBias]) =>
    fc
      .array(arbitraryActivation, { minLength: hidden.length, maxLength: hidden.length })
      .map((list) => ({
        kind: 'drawn' as const,
        widths: [inputs, ...hidden, outputs],
        activation: oneOrList(list),
        seed,
        outputBias,
      })),
  );

const explicitSource: fc.Arbitrary<NetworkSource> = fc
  .tuple(
    fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 2, maxLength: 4 }),
    arbitraryActivation,
    fc.array(arbitraryNumber(-9, 9), { minLength: 40, maxLength: 40 }),
  )
  .map(([widths, activation, numbers]) => {
    let used = 0;
    const next = () => numbers[used++]!;
    return {
      kind: 'explicit' as const,
      layers: widths.slice(1).map((outputs, i) => ({
        weight: Array.from({ length: outputs }, () => Array.from({ length: widths[i]! }, next)),
        bias: Array.from({ length: outputs }, next),
        activation: i === widths.length - 2 ? ('identity' as const) : activation,
      })),
    };
  });

/** Three that links hold in themselves. */
const modelSource: fc.Arbitrary<NetworkSource> = fc.constantFrom(
  ...['small.npz', 'small.nnet', 'elu.npz'].map(sourceOfFile),
);

export const arbitraryNetwork: fc.Arbitrary<NetworkSource> = fc.oneof(
  fc.constant({ kind: 'identity' as const }),
  drawnSource,
  explicitSource,
  modelSource,
);

/** null, or axes that are not parallel: the second has an entry where the first has none. */
function arbitrarySlice(inputs: number): fc.Arbitrary<Slice | null> {
  const vector = fc.array(arbitraryNumber(-9, 9), { minLength: inputs, maxLength: inputs });
  const size = fc.integer({ min: 1, max: 9 });
  const slices = fc
    .tuple(vector, vector, vector, size, size)
    .map(([origin, axis1, axis2, a, b]): Slice => {
      const first = [a, ...axis1.slice(1)];
      return { origin, axis1: first, axis2: inputs > 1 ? [0, b, ...axis2.slice(2)] : axis2 };
    });
  return inputs === 2 ? fc.option(slices) : slices;
}

function arbitraryReadout(network: NetworkSource): fc.Arbitrary<Readout> {
  const { hidden, outputs } = shapeOf(network);
  const index = fc.nat({ max: outputs - 1 });
  const wins = fc.constantFrom('greatest' as const, 'least' as const);
  const ofHidden = hidden.map((width, layer) =>
    fc.record({
      kind: fc.constant('neuron' as const),
      layer: fc.constant(layer),
      index: fc.nat({ max: width - 1 }),
      stage: fc.constantFrom('preactivation' as const, 'activation' as const),
    }),
  );
  return fc.oneof(
    fc.record({ kind: fc.constant('output' as const), index }),
    fc.constant({ kind: 'max' as const }),
    fc.record({ kind: fc.constantFrom('lse' as const, 'gap' as const), lambda }),
    fc.record({ kind: fc.constant('softmax' as const), index, lambda }),
    fc.record({ kind: fc.constant('argmax' as const), index, wins }),
    fc.record({ kind: fc.constantFrom('class' as const, 'margin' as const), wins }),
    fc.record({ kind: fc.constantFrom('sigmoid' as const, 'tanh' as const), index }),
    ...ofHidden,
  );
}

const anyField: fc.Arbitrary<Field> = arbitraryNetwork.chain((network) =>
  fc.record({
    network: fc.constant(network),
    slice: arbitrarySlice(shapeOf(network).inputs),
    readout: arbitraryReadout(network),
  }),
);

export const arbitraryField: fc.Arbitrary<Field> = fc.oneof(
  anyField,
  arbitraryShorthand.map(fieldOfShorthand),
);

const coordinate = fc.oneof(
  arbitraryNumber(-CENTER_MAX, CENTER_MAX),
  arbitraryNumber(-100, 100),
  fc.integer({ min: -9, max: 9 }),
);

/** A coordinate of the centre as [high, low], low being at most half a unit in the last place. */
const splitCoordinate = fc
  .tuple(coordinate, fc.oneof(fc.constant(0), arbitraryNumber(-1e-12, 1e-12)))
  .map(([high, low]) => twoSum(high, low))
  .filter(({ high }) => Math.abs(high) <= CENTER_MAX)
  .map(({ high, low }) => [high + 0, low + 0] as const);

const exponent = arbitraryNumber(Math.log10(HALF_WIDTH_MIN), Math.log10(HALF_WIDTH_MAX));
const halfWidth = fc.oneof(
  exponent.map((e) => Math.min(Math.max(10 ** e, HALF_WIDTH_MIN), HALF_WIDTH_MAX)),
  fc.constantFrom(HALF_WIDTH_MIN, 5, 10, 100, 500, 1000, HALF_WIDTH_MAX),
);

export const arbitraryView: fc.Arbitrary<View> = fc
  .tuple(splitCoordinate, splitCoordinate, halfWidth)
  .map(([x, y, halfWidth]) => ({
    center: [x[0], y[0]] as const,
    centerLow: [x[1], y[1]] as const,
    halfWidth,
  }));

export const arbitraryProjection: fc.Arbitrary<Projection> = fc.oneof(
  fc.constant({ kind: 'plane' as const }),
  fc.record({
    kind: fc.constant('logRadial' as const),
    decades: fc.oneof(arbitraryNumber(DECADES_MIN, DECADES_MAX), fc.constantFrom(1, 6, 12)),
  }),
);

const rangeEnd = fc.oneof(arbitraryNumber(-RANGE_MAX, RANGE_MAX), arbitraryNumber(-10, 10));

export const arbitraryRange: fc.Arbitrary<Range> = fc.oneof(
  fc.constant({ mode: 'auto' as const }),
  fc.constant({ mode: 'symmetric' as const }),
  fc
    .tuple(rangeEnd, rangeEnd)
    .filter(([a, b]) => a !== b)
    .map(([a, b]) => ({ mode: 'fixed' as const, min: Math.min(a, b), max: Math.max(a, b) })),
);

const arbitraryNorm: fc.Arbitrary<Norm> = fc.oneof(
  fc.constantFrom<Norm>({ kind: 'auto' }, { kind: 'linear' }, { kind: 'equalized' }),
  fc.record({
    kind: fc.constant('symlog' as const),
    linearThreshold: fc.oneof(
      arbitraryNumber(THRESHOLD_MIN, THRESHOLD_MAX),
      fc.constant('auto' as const),
    ),
  }),
);

const arbitraryContours: fc.Arbitrary<Contours> = fc.record({
  filled: fc.boolean(),
  lines: fc.boolean(),
  count: fc.integer({ min: 2, max: 64 }),
});

const arbitrarySelection: fc.Arbitrary<Selection> = fc
  .tuple(splitCoordinate, splitCoordinate)
  .map(([x, y]) => ({ point: [x[0], y[0]] as const, pointLow: [x[1], y[1]] as const }));

const arbitrarySplit = fc.record({
  testSize: arbitraryNumber(0.1, 0.7),
  seed: fc.integer({ min: 0, max: MAX_NUMPY_SEED }),
});
const arbitraryFew = fc.array(arbitraryNumber(-10, 10), { minLength: 4, maxLength: 4 });

/** Specs as people write them: some members are left out. */
const arbitraryData: fc.Arbitrary<DataSpec> = fc
  .record(
    {
      source: fc.oneof(
        fc.record(
          {
            kind: fc.constantFrom('moons', 'circles', 'spirals', 'xor'),
            samples: fc.integer({ min: 20, max: 100_000 }),
            noise: arbitraryNumber(0, 2),
          },
          { requiredKeys: ['kind'] },
        ),
        fc.record({ kind: fc.constant('blobs'), centers: fc.integer({ min: 2, max: 256 }) }),
        fc.constantFrom({ kind: 'digits' }, { kind: 'formula', formula: 'x1^2 + 3 × cos(x₂)' }),
        fc.record({
          kind: fc.constant('points'),
          x: fc.array(arbitraryFew, { minLength: 4, maxLength: 4 }),
          y: fc.constant([0, 1, 3, 0]),
        }),
        fc.record({
          kind: fc.constant('points'),
          x: fc.array(arbitraryFew, { minLength: 4, maxLength: 4 }),
          y: fc.array(arbitraryFew, { minLength: 4, maxLength: 4 }),
        }),
      ),
      split: fc.option(arbitrarySplit),
    },
    { requiredKeys: ['source'] },
  )
  .map(({ source, split }) => readDataSpec({ ...source, ...(split && { split }) }));

const arbitraryParts: fc.Arbitrary<State> = fc.record({
  field: arbitraryField,
  view: arbitraryView,
  projection: arbitraryProjection,
  frame: fc.constantFrom('square' as const, 'fill' as const),
  gridSamples: fc.integer({ min: GRID_SAMPLES_MIN, max: GRID_SAMPLES_MAX }),
  quantity: fc.constantFrom(...QUANTITIES),
  colormap: fc.constantFrom(...COLORMAP_NAMES),
  range: arbitraryRange,
  norm: arbitraryNorm,
  contours: arbitraryContours,
  hinges: fc.boolean(),
  boundaries: fc.boolean(),
  shade: fc.boolean(),
  edges: fc.boolean(),
  image: fc.constantFrom('auto' as const, 'none' as const, '28x28' as const, '3x8x8' as const),
  diagram: fc.boolean(),
  learnt: fc.boolean(),
  dataPoints: fc.boolean(),
  selection: fc.option(arbitrarySelection),
  data: fc.option(arbitraryData),
  run: fc.constant(null),
  supersampling: fc.constantFrom(1 as const, 2 as const, 4 as const, 'auto' as const),
});

export const arbitraryState: fc.Arbitrary<State> = arbitraryParts.map((parts) => {
  const isSuited =
    isShownIn(parts.projection.kind, parts.quantity) &&
    !(parts.quantity === 'region' && isSmooth(parts.field.network));
  return isSuited ? parts : { ...parts, quantity: 'value' };
});

/** A patch as a person may write it, of some parts of a valid state and of some members of them. */
export const arbitraryPatch: fc.Arbitrary<Record<string, unknown>> = arbitraryState.chain(
  ({ field, view, projection, contours, ...rest }) => {
    const parts = fc.record({
      field: fc.oneof(
        chooseMembers(field),
        arbitraryShorthand.chain(({ kind, ...parameters }) =>
          chooseMembers(parameters).map((chosen) => ({ kind, ...chosen })),
        ),
      ),
      view: chooseMembers({ ...view }),
      projection: fc.constant({ ...projection }),
      contours: chooseMembers({ ...contours }),
    });
    return parts.chain((chosen) => chooseMembers({ ...rest, ...chosen }));
  },
);

function chooseMembers(object: object): fc.Arbitrary<Record<string, unknown>> {
  return fc.subarray(Object.entries(object)).map((entries) => Object.fromEntries(entries));
}
