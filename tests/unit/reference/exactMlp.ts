import type { Vec2 } from '../../../src/model/field.ts';
import type { View } from '../../../src/view/view.ts';
import type { Network } from '../../shorthand.ts';
import {
  add,
  alignDyadics,
  alignNumbers,
  type Dyadic,
  fromNumber,
  multiply,
  quotientToNumber,
  subtract,
} from './dyadic.ts';

/**
 * Networks without rounding. Weights (float32) and coordinates (float64, or sums and products of
 * them) are dyadic rationals, and a ReLU or Abs network maps these to dyadic rationals, so that value,
 * gradient and activation pattern come out exact. Layer by layer all numbers share one power of
 * two, which makes the arithmetic that of plain integers.
 */
export interface ExactEvaluation {
  readonly value: Dyadic;
  /** The derivative; ReLU′(0) = |·|′(0) = 0. */
  readonly gradient: readonly [Dyadic, Dyadic];
  /** One string per hidden layer, '1' where the pre-activation is > 0. */
  readonly pattern: readonly string[];
  /** [hidden layers][neurons] */
  readonly preActivations: readonly (readonly Dyadic[])[];
}

interface ExactLayer {
  /** [outputs][inputs], weight = rows · 2^weightExponent */
  readonly rows: readonly (readonly bigint[])[];
  readonly weightExponent: number;
  /** [outputs] */
  readonly bias: readonly bigint[];
  readonly biasExponent: number;
}

/** Numbers of one layer, mantissas · 2^exponent. */
interface ExactVector {
  readonly mantissas: readonly bigint[];
  readonly exponent: number;
}

const preparedNetworks = new WeakMap<Network, readonly ExactLayer[]>();

/** Value, gradient, pattern and pre-activations of a network at (x, y), all exact. */
export function exactMlp(network: Network, x: Dyadic, y: Dyadic): ExactEvaluation {
  const preActivations = propagate(network, x, y);
  const output = preActivations.pop()!;
  return {
    value: { mantissa: output.mantissas[0]!, exponent: output.exponent },
    gradient: differentiate(network, preActivations),
    pattern: preActivations.map(({ mantissas }) =>
      mantissas.map((mantissa) => (mantissa > 0n ? '1' : '0')).join(''),
    ),
    preActivations: preActivations.map(({ mantissas, exponent }) =>
      mantissas.map((mantissa) => ({ mantissa, exponent })),
    ),
  };
}

/** The exact point centre + half-width · u of a view. */
export function exactPoint(view: View, u: Vec2): [Dyadic, Dyadic] {
  const halfWidth = fromNumber(view.halfWidth);
  const coordinate = (axis: 0 | 1) =>
    add(
      add(fromNumber(view.center[axis]), fromNumber(view.centerLow[axis])),
      multiply(halfWidth, fromNumber(u[axis])),
    );
  return [coordinate(0), coordinate(1)];
}

/** (f(c + s u) − f(c)) / s, exact and then rounded once to float64. */
export function exactDelta(network: Network, view: View, u: Vec2): number {
  return createExactDelta(network, view)(u);
}

/** `exactDelta` of a view, with the value at the centre computed once. */
export function createExactDelta(network: Network, view: View): (u: Vec2) => number {
  const halfWidth = fromNumber(view.halfWidth);
  const valueAt = (u: Vec2): Dyadic => {
    const output = propagate(network, ...exactPoint(view, u)).pop()!;
    return { mantissa: output.mantissas[0]!, exponent: output.exponent };
  };
  const atCenter = valueAt([0, 0]);
  return (u) => quotientToNumber(subtract(valueAt(u), atCenter), halfWidth);
}

/** Pre-activations of all layers, the output last. */
function propagate(network: Network, x: Dyadic, y: Dyadic): ExactVector[] {
  const results: ExactVector[] = [];
  let activations: ExactVector = alignDyadics([x, y]);
  for (const layer of prepare(network)) {
    const preActivations = applyLayer(layer, activations);
    results.push(preActivations);
    activations = {
      mantissas: preActivations.mantissas.map((z) =>
        z > 0n ? z : network.activation === 'abs' ? -z : 0n,
      ),
      exponent: preActivations.exponent,
    };
  }
  return results;
}

function applyLayer(layer: ExactLayer, activations: ExactVector): ExactVector {
  const productExponent = layer.weightExponent + activations.exponent;
  const exponent = Math.min(productExponent, layer.biasExponent);
  const productShift = BigInt(productExponent - exponent);
  const biasShift = BigInt(layer.biasExponent - exponent);
  const mantissas = layer.rows.map((row, output) => {
    let sum = 0n;
    for (let input = 0; input < row.length; input++) {
      const activation = activations.mantissas[input]!;
      if (activation !== 0n) sum += row[input]! * activation;
    }
    return (sum << productShift) + (layer.bias[output]! << biasShift);
  });
  return { mantissas, exponent };
}

/** The gradient from the signs of the hidden pre-activations, backwards through the layers. */
function differentiate(network: Network, hidden: readonly ExactVector[]): [Dyadic, Dyadic] {
  const layers = prepare(network);
  const output = layers.at(-1)!;
  let adjoints: readonly bigint[] = output.rows[0]!;
  let exponent = output.weightExponent;
  for (let index = hidden.length - 1; index >= 0; index--) {
    const { rows, weightExponent } = layers[index]!;
    const sums: bigint[] = rows[0]!.map(() => 0n);
    rows.forEach((row, neuron) => {
      const z = hidden[index]!.mantissas[neuron]!;
      if (z === 0n || (z < 0n && network.activation === 'relu')) return;
      const adjoint = z > 0n ? adjoints[neuron]! : -adjoints[neuron]!;
      row.forEach((weight, input) => {
        sums[input]! += adjoint * weight;
      });
    });
    adjoints = sums;
    exponent += weightExponent;
  }
  return [
    { mantissa: adjoints[0]!, exponent },
    { mantissa: adjoints[1]!, exponent },
  ];
}

function prepare(network: Network): readonly ExactLayer[] {
  const known = preparedNetworks.get(network);
  if (known) return known;
  const layers = network.layers.map(({ inputs, outputs, weight, bias }): ExactLayer => {
    const weights = alignNumbers(weight);
    const biases = alignNumbers(bias);
    return {
      rows: Array.from({ length: outputs }, (_, o) =>
        weights.mantissas.slice(o * inputs, (o + 1) * inputs),
      ),
      weightExponent: weights.exponent,
      bias: biases.mantissas,
      biasExponent: biases.exponent,
    };
  });
  preparedNetworks.set(network, layers);
  return layers;
}

export { type Dyadic, fromNumber, toNumber } from './dyadic.ts';
