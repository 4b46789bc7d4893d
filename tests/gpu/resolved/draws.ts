import fc from 'fast-check';
import type { Activation } from '../../../src/model/activations.ts';
import { shapeOf } from '../../../src/model/drawnNetwork.ts';
import type { Field } from '../../../src/model/field.ts';
import type { ExplicitLayer, NetworkSource } from '../../../src/model/networks.ts';
import { DEFAULT_READOUTS, type Readout, type ReadoutKind } from '../../../src/model/readouts.ts';
import type { ResolvedField } from '../../../src/model/resolve.ts';
import { defaultSlice, type Slice } from '../../../src/model/slice.ts';
import { createEvaluatorFor } from '../../../src/reference/fieldEvaluator.ts';
import type { View } from '../../../src/view/view.ts';
import { evenly, lambdas, seeds } from '../../unit/reference/fieldArbitraries.ts';

/** Random fields whose plane networks have one shape, so that they share pipelines. */
export interface Shape {
  /** Widths of the network's hidden layers. */
  readonly hidden: readonly number[];
  /** Whether the last of them has clamps, which makes two layers of it; else none has. */
  readonly isClamped?: boolean;
  readonly outputs: number;
  readonly family: 'relu' | 'abs' | 'leaky';
}

const slopes = fc.oneof(fc.constantFrom(0.01, -0.5, 2, 1, -3), evenly(-1, 1).map(Math.fround));

const clamps: fc.Arbitrary<Activation> = fc.oneof(
  fc.constant('relu6' as const),
  fc
    .tuple(evenly(-2, 0), evenly(0.1, 3))
    .map(([min, length]) => ({ kind: 'hardtanh' as const, min, max: min + length })),
);

/** The activation of a hidden layer that has no clamps. */
function twoSlopes(family: Shape['family'], width: number): fc.Arbitrary<Activation> {
  if (family !== 'leaky') return fc.constant(family);
  return fc.oneof(
    fc.constantFrom('relu' as const, 'abs' as const),
    slopes.map((slope) => ({ kind: 'leakyRelu' as const, slope })),
    fc
      .array(slopes, { minLength: width, maxLength: width })
      .map((own) => ({ kind: 'prelu' as const, slopes: own })),
  );
}

const isLeaky = (activation: Activation) =>
  typeof activation !== 'string' &&
  (activation.kind === 'leakyRelu' || activation.kind === 'prelu');

/** d = 1 … 784. */
const inputCounts = fc.constantFrom(1, 2, 2, 3, 16, 784);

function networks(shape: Shape): fc.Arbitrary<NetworkSource> {
  const { hidden, isClamped = false, outputs, family } = shape;
  const last = hidden.length - 1;
  const all = fc
    .tuple(
      ...hidden.map((width, layer) =>
        isClamped && layer === last ? clamps : twoSlopes(family, width),
      ),
    )
    .filter((own) => family !== 'leaky' || own.length === 0 || own.some(isLeaky));
  return fc
    .tuple(inputCounts, all, seeds, fc.boolean())
    .chain(([inputs, activations, seed, isExplicit]) => {
      const widths = [inputs, ...hidden, outputs];
      if (!isExplicit || inputs > 16) {
        return fc.constant<NetworkSource>({
          kind: 'drawn',
          widths,
          activation: activations,
          seed,
          outputBias: null,
        });
      }
      return explicitLayers(widths, activations).map(
        (made): NetworkSource => ({ kind: 'explicit', layers: made }),
      );
    });
}

/** Eighths, so that zeros, ties and equal rows occur, or anything. */
const weights = fc.oneof(
  fc.integer({ min: -16, max: 16 }).map((eighths) => eighths / 8),
  fc.tuple(evenly(-3, 1), fc.boolean()).map(([e, negative]) => (negative ? -1 : 1) * 10 ** e),
);

function explicitLayers(
  widths: readonly number[],
  activations: readonly Activation[],
): fc.Arbitrary<ExplicitLayer[]> {
  const rows = (length: number) => fc.array(weights, { minLength: length, maxLength: length });
  const made = widths.slice(1).map((outputs, i) =>
    fc.record({
      weight: fc.array(rows(widths[i]!), { minLength: outputs, maxLength: outputs }),
      bias: rows(outputs),
      activation: fc.constant(activations[i] ?? ('identity' as const)),
    }),
  );
  return fc.tuple(...made);
}

function slices(inputs: number): fc.Arbitrary<Slice | null> {
  const vector = fc.array(evenly(-1, 1), { minLength: inputs, maxLength: inputs });
  const any = fc
    .record({ origin: vector, axis1: vector, axis2: vector })
    .filter(({ axis1, axis2 }) => axis1.some((a) => a !== 0) && axis2.some((a) => a !== 0));
  if (inputs === 2) return fc.option(any);
  return fc.oneof(fc.constant(defaultSlice(inputs)), any);
}

function readouts(kind: ReadoutKind, { hidden, outputs }: Shape): fc.Arbitrary<Readout> {
  const count = kind === 'neuron' ? Math.min(...hidden) : outputs;
  const given = fc.record({
    lambda: lambdas,
    wins: fc.constantFrom('greatest', 'least'),
    index: fc.nat(count - 1),
    layer: fc.nat(Math.max(0, hidden.length - 1)),
    stage: fc.constantFrom('preactivation', 'activation'),
  });
  return given.map((all) => {
    const keys = Object.keys(DEFAULT_READOUTS[kind]);
    const chosen = { ...all, kind } as Record<string, unknown>;
    return Object.fromEntries(keys.map((key) => [key, chosen[key]])) as unknown as Readout;
  });
}

export function resolvedFields(shape: Shape, kind: ReadoutKind): fc.Arbitrary<Field> {
  return fc
    .tuple(networks(shape), readouts(kind, shape))
    .chain(([network, readout]) =>
      slices(shapeOf(network).inputs).map((slice): Field => ({ network, slice, readout })),
    );
}

/** What a drawn view is made of; plain numbers, which fast-check prints and shrinks. */
export interface Place {
  readonly center: 'near' | 'far' | 'kink';
  /** In [−1, 1]: where the centre is, or the ends of a segment that may cross a kink. */
  readonly at: readonly [number, number];
  readonly to: readonly [number, number];
  /** log10 of a far centre's size, and of the half-width. */
  readonly distance: number;
  readonly halfWidth: number;
  /** How much of half an ulp of the centre is added to it. */
  readonly low: readonly [number, number];
  readonly size: readonly [number, number];
}

const pair = fc.tuple(evenly(-1, 1), evenly(-1, 1));
const side = fc.integer({ min: 2, max: 12 });

export const places: fc.Arbitrary<Place> = fc.record({
  center: fc.constantFrom('near', 'far', 'kink'),
  at: pair,
  to: pair,
  distance: evenly(0, 9),
  halfWidth: evenly(-12, 6),
  low: pair,
  size: fc.tuple(side, side),
});

export function viewOf(resolved: ResolvedField, place: Place): View {
  const { at, to, low } = place;
  const near = [3 * at[0], 3 * at[1]] as const;
  const far = 10 ** place.distance;
  const center = {
    near: () => near,
    far: () => [at[0] * far, at[1] * far] as const,
    kink: () => pointOnKink(resolved, near, [8 * to[0], 8 * to[1]]),
  }[place.center]();
  const lowOf = (axis: 0 | 1) => low[axis] * 2 ** -54 * Math.abs(center[axis]);
  return { center, centerLow: [lowOf(0), lowOf(1)], halfWidth: 10 ** place.halfWidth };
}

/** Where the region changes on the way from a to b, as close as float64 gets; a if it does not. */
function pointOnKink(
  resolved: ResolvedField,
  a: readonly [number, number],
  b: readonly [number, number],
): readonly [number, number] {
  const evaluator = createEvaluatorFor(resolved);
  const between = (t: number) => [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])] as const;
  const start = evaluator.regionId(...a);
  if (evaluator.regionId(...b) === start) return a;
  let [low, high] = [0, 1];
  for (let i = 0; i < 60; i += 1) {
    const middle = (low + high) / 2;
    if (evaluator.regionId(...between(middle)) === start) low = middle;
    else high = middle;
  }
  return between(high);
}
