import fc from 'fast-check';
import {
  type Field,
  type FieldKind,
  LAMBDA_MAX,
  LAMBDA_MIN,
  type Logits,
  type LogitsSource,
  MAX_HIDDEN_LAYERS,
  MAX_LOGITS,
  MAX_WIDTH,
  QUANTITIES,
  type Vec2,
} from '../../../src/model/field.ts';
import { logitCount } from '../../../src/model/logits.ts';
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

const explicitLogits: fc.Arbitrary<Logits> = fc
  .array(fc.tuple(float32Pair, float32), { minLength: 2, maxLength: MAX_LOGITS })
  .map((rows) => ({ weight: rows.map(([weight]) => weight), bias: rows.map(([, bias]) => bias) }));

export const arbitraryLogits: fc.Arbitrary<LogitsSource> = fc.oneof(
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
  .array(fc.integer({ min: 1, max: MAX_WIDTH }), { minLength: 1, maxLength: MAX_HIDDEN_LAYERS })
  .map((hidden) => [2, ...hidden, 1]);

export const arbitraryFields: { readonly [K in FieldKind]: fc.Arbitrary<Field & { kind: K }> } = {
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

export const arbitraryField: fc.Arbitrary<Field> = fc.oneof(...Object.values(arbitraryFields));

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
  edges: fc.boolean(),
  selection: fc.option(arbitrarySelection),
  points: fc.constantFrom('none' as const, 'exercise' as const),
  supersampling: fc.constantFrom(1 as const, 2 as const, 4 as const, 'auto' as const),
});

export const arbitraryState: fc.Arbitrary<State> = arbitraryParts.map((parts) =>
  isShownIn(parts.projection.kind, parts.quantity) ? parts : { ...parts, quantity: 'value' },
);

/** A patch as a person may write it, of some parts of a valid state and of some members of them. */
export const arbitraryPatch: fc.Arbitrary<Record<string, unknown>> = arbitraryState.chain(
  ({ field, view, projection, contours, ...rest }) => {
    const { kind, ...parameters } = field;
    const parts = fc.record({
      field: chooseMembers(parameters).map((chosen) => ({ kind, ...chosen })),
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
