import fc from 'fast-check';
import type { Vec2 } from '../../../src/model/field.ts';
import type { Activation, Layer, Network } from '../../shorthand.ts';
import {
  logitCount,
  type Shorthand,
  type ShortLogits,
  type ShortNetwork,
} from '../../shorthand.ts';

/**
 * Evenly from min to max. fc.double draws evenly from the float64 numbers, nearly all of which are close to 0.
 */
export function evenly(min: number, max: number): fc.Arbitrary<number> {
  const parts = 1e9;
  return fc.integer({ min: 0, max: parts }).map((i) => min + (i / parts) * (max - min));
}

/** λ over its whole range, evenly on a logarithmic scale. */
export const lambdas = evenly(-3, 6).map((e) => 10 ** e);

export const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });

/** Points near and far: sizes from 1e-6 to 1e12 of either sign, and small integers for ties. */
export const coordinates = fc.oneof(
  fc.integer({ min: -5, max: 5 }),
  fc.double({ min: -10, max: 10, noNaN: true }),
  fc.tuple(evenly(-6, 12), fc.boolean()).map(([e, isNegative]) => (isNegative ? -1 : 1) * 10 ** e),
);

export const points: fc.Arbitrary<Vec2> = fc.tuple(coordinates, coordinates);

const float32s = fc.float({ min: -4, max: 4, noNaN: true }).map((value) => value + 0);

export const logits: fc.Arbitrary<ShortLogits> = fc.oneof(
  fc.constant(null),
  fc.record({ count: fc.integer({ min: 2, max: 16 }), seed: seeds }),
  fc.integer({ min: 2, max: 16 }).chain((count) =>
    fc.record({
      weight: fc.array(fc.tuple(float32s, float32s), { minLength: count, maxLength: count }),
      bias: fc.array(float32s, { minLength: count, maxLength: count }),
    }),
  ),
);

export const activations = fc.constantFrom<Activation>('relu', 'abs');

export const mlpFields: fc.Arbitrary<ShortNetwork> = fc.record({
  kind: fc.constant('mlp'),
  widths: fc
    .array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 5 })
    .map((hidden) => [2, ...hidden, 1]),
  activation: activations,
  seed: seeds,
  outputBias: fc.constantFrom(null, 4),
});

export const neuronFields: fc.Arbitrary<Shorthand> = fc.record({
  kind: fc.constantFrom('sigmoid', 'tanh'),
  weight: fc.tuple(float32s, float32s),
  bias: float32s,
});

/** A network from plain numbers: weights[layer][output][input]. */
export function networkOf(
  activation: Activation,
  weights: readonly (readonly (readonly number[])[])[],
  biases: readonly (readonly number[])[],
): Network {
  const layers = weights.map(
    (rows, index): Layer => ({
      inputs: rows[0]!.length,
      outputs: rows.length,
      weight: Float32Array.from(rows.flat()),
      bias: Float32Array.from(biases[index]!),
    }),
  );
  return { widths: [2, ...layers.map(({ outputs }) => outputs)], activation, layers };
}

/** lse, gap, max, softmax and argmax. */
export const logitFields: fc.Arbitrary<Shorthand> = fc
  .tuple(
    fc.constantFrom(...(['lse', 'gap', 'max', 'softmax', 'argmax'] as const)),
    lambdas,
    logits,
    fc.integer({ min: 0, max: 15 }),
  )
  .map(([kind, lambda, source, index]): Shorthand => {
    const component = index % logitCount(source);
    const logits = source;
    if (kind === 'max') return { kind, logits };
    if (kind === 'argmax') return { kind, component, logits };
    return kind === 'softmax' ? { kind, lambda, component, logits } : { kind, lambda, logits };
  });
