import fc from 'fast-check';
import {
  ACTIVATION_KINDS,
  type Activation,
  DEFAULT_ACTIVATIONS,
  isPiecewiseLinear,
} from '../../../src/model/activations.ts';
import { activationsOf } from '../../../src/model/drawnNetwork.ts';
import type { Field } from '../../../src/model/field.ts';
import type { ExplicitLayer, NetworkSource } from '../../../src/model/networks.ts';
import { DEFAULT_READOUTS, READOUT_KINDS, type Readout } from '../../../src/model/readouts.ts';
import type { Slice } from '../../../src/model/slice.ts';

/** Random fields: networks of d = 1 … 64 inputs and K = 1 … 5 outputs, slices and readouts, of every kind. */

/** Numbers from −1 to 1 with at most 24 bits, as float32 has. */
const weights = fc.integer({ min: -(2 ** 23), max: 2 ** 23 }).map((n) => n / 2 ** 23);
/** λ over its whole range, evenly on a logarithmic scale. */
const lambdas = fc.integer({ min: -300, max: 600 }).map((e) => 10 ** (e / 100));

const vectors = (length: number) => fc.array(weights, { minLength: length, maxLength: length });

export function activationsFor(width: number): fc.Arbitrary<Activation> {
  return fc.oneof(
    fc.constantFrom(...ACTIVATION_KINDS).map((kind) => DEFAULT_ACTIVATIONS[kind]),
    weights.map((slope): Activation => ({ kind: 'leakyRelu', slope })),
    vectors(width).map((slopes): Activation => ({ kind: 'prelu', slopes })),
    fc
      .tuple(weights, fc.integer({ min: 1, max: 8 }))
      .map(([min, length]): Activation => ({ kind: 'hardtanh', min, max: min + length / 4 })),
    fc.integer({ min: 1, max: 8 }).map((n): Activation => ({ kind: 'elu', alpha: n / 4 })),
  );
}

/** [d, …hidden, K] */
const widths = fc
  .tuple(
    fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 7, max: 64 })),
    fc.array(fc.integer({ min: 1, max: 8 }), { maxLength: 3 }),
    fc.integer({ min: 1, max: 5 }),
  )
  .map(([inputs, hidden, outputs]) => [inputs, ...hidden, outputs]);

function explicitLayers(sizes: readonly number[]): fc.Arbitrary<ExplicitLayer[]> {
  const layers = sizes.slice(1).map((outputs, i) =>
    fc.record({
      weight: fc.array(vectors(sizes[i]!), { minLength: outputs, maxLength: outputs }),
      bias: vectors(outputs),
      activation:
        i === sizes.length - 2 ? fc.constant<Activation>('identity') : activationsFor(outputs),
    }),
  );
  return fc.tuple(...layers);
}

function networksOf(sizes: readonly number[]): fc.Arbitrary<NetworkSource> {
  const hidden = sizes.slice(1, -1);
  return fc.oneof(
    explicitLayers(sizes).map((layers): NetworkSource => ({ kind: 'explicit', layers })),
    fc.record({
      kind: fc.constant('drawn' as const),
      widths: fc.constant(sizes),
      activation: fc.tuple(...hidden.map(activationsFor)),
      seed: fc.integer({ min: -5, max: 2 ** 33 }),
      outputBias: fc.constantFrom(null, 0.5),
    }),
  );
}

function slicesOf(inputs: number): fc.Arbitrary<Slice | null> {
  const slices = fc.record({
    origin: vectors(inputs),
    axis1: vectors(inputs),
    axis2: vectors(inputs),
  });
  return inputs === 2 ? fc.option(slices) : slices;
}

function readoutsOf(sizes: readonly number[]): fc.Arbitrary<Readout> {
  const outputs = sizes.at(-1)!;
  const hidden = sizes.slice(1, -1);
  const kinds = READOUT_KINDS.filter((kind) => kind !== 'neuron' || hidden.length > 0);
  return fc
    .record({
      kind: fc.constantFrom(...kinds),
      lambda: lambdas,
      wins: fc.constantFrom('greatest', 'least'),
      stage: fc.constantFrom('preactivation', 'activation'),
      layer: fc.nat(Math.max(0, hidden.length - 1)),
      index: fc.nat(255),
    })
    .map((given) => {
      const count = given.kind === 'neuron' ? hidden[given.layer]! : outputs;
      const all: Record<string, unknown> = { ...given, index: given.index % count };
      const keys = Object.keys(DEFAULT_READOUTS[given.kind]);
      return Object.fromEntries(keys.map((key) => [key, all[key]])) as unknown as Readout;
    });
}

export const networkFields: fc.Arbitrary<Field> = widths.chain((sizes) =>
  fc.record({ network: networksOf(sizes), slice: slicesOf(sizes[0]!), readout: readoutsOf(sizes) }),
);

/** Those whose activations are all piecewise linear. */
export const piecewiseLinearFields = networkFields.filter(({ network }) =>
  activationsOf(network).every(isPiecewiseLinear),
);

/** Points of a slice, and small integers for ties. */
export const slicePoints = fc.tuple(
  fc.oneof(
    fc.integer({ min: -2, max: 2 }),
    weights.map((w) => 4 * w),
  ),
  fc.oneof(
    fc.integer({ min: -2, max: 2 }),
    weights.map((w) => 4 * w),
  ),
);
