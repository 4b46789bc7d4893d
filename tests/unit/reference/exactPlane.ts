import { traitsOf } from '../../../src/model/activations.ts';
import type { FullNetwork } from '../../../src/model/networks.ts';
import type { ChainLayer, PlaneActivation } from '../../../src/model/planeNetwork.ts';
import type { Readout } from '../../../src/model/readouts.ts';
import type { PlaneReadout } from '../../../src/model/resolve.ts';
import type { Slice } from '../../../src/model/slice.ts';
import { add, type Dyadic, fromNumber, multiply, subtract, ZERO } from './dyadic.ts';
import { divide, exp, fromFixedPoint, log, ONE, toFixedPoint } from './fixedPoint.ts';

/** Piecewise linear networks and readouts without rounding (readouts with exponentials to 1e-115). */

interface Affine {
  readonly inputs: number;
  readonly outputs: number;
  readonly weight: Float32Array | Float64Array;
  readonly bias: Float32Array | Float64Array;
}

export function isPositive({ mantissa }: Dyadic): boolean {
  return mantissa > 0n;
}

/** x(u), exactly. */
export function exactPointOfSlice(slice: Slice | null, u: readonly Dyadic[]): readonly Dyadic[] {
  if (!slice) return u;
  return slice.origin.map((origin, i) =>
    sum([
      fromNumber(origin),
      multiply(fromNumber(slice.axis1[i]!), u[0]!),
      multiply(fromNumber(slice.axis2[i]!), u[1]!),
    ]),
  );
}

/** [layers][neurons] the pre-activations of the whole network, the outputs last. */
export function exactLayers({ layers }: FullNetwork, x: readonly Dyadic[]): Dyadic[][] {
  let from = x;
  return layers.map((layer) => {
    const z = applyExactly(layer, from);
    from = z.map((each, neuron) => activateExactly(layer.activation, each, neuron));
    return z;
  });
}

/** The outputs of a plane network's chain. */
export function exactOutputs(chain: readonly ChainLayer[], point: readonly Dyadic[]): Dyadic[] {
  let from = [...point];
  for (const layer of chain) {
    from = applyExactly(layer, from).map((z, i) => activatePlane(layer.activation, z, i));
  }
  return from;
}

/** A piecewise linear activation. */
export function activateExactly(
  activation: FullNetwork['layers'][number]['activation'],
  z: Dyadic,
  neuron: number,
): Dyadic {
  const pieces = traitsOf(activation).pieces(activation);
  switch (pieces?.kind) {
    case undefined:
      throw new Error('received a smooth activation');
    case 'identity':
      return z;
    case 'twoSlope':
      return isPositive(z) ? z : multiply(fromNumber(pieces.slopeOf(neuron)), z);
    case 'clamp': {
      const [min, max] = [fromNumber(pieces.min), fromNumber(pieces.max)];
      if (isPositive(subtract(min, z))) return min;
      return isPositive(subtract(z, max)) ? max : z;
    }
  }
}

function activatePlane(activation: PlaneActivation, z: Dyadic, neuron: number): Dyadic {
  if (activation.kind === 'smooth') throw new Error('received a smooth activation');
  if (activation.kind === 'identity' || isPositive(z)) return z;
  return multiply(fromNumber(activation.slopes[neuron]!), z);
}

export function applyExactly(layer: Affine, from: readonly Dyadic[]): Dyadic[] {
  const { inputs, outputs, weight, bias } = layer;
  return Array.from({ length: outputs }, (_, o) =>
    sum([
      fromNumber(bias[o]!),
      ...from.map((x, i) => multiply(fromNumber(weight[o * inputs + i]!), x)),
    ]),
  );
}

export function sum(terms: readonly Dyadic[]): Dyadic {
  return terms.reduce(add, ZERO);
}

/** What a readout makes of exact outputs. */
export function exactReadout(outputs: readonly Dyadic[], readout: PlaneReadout): Dyadic {
  const wins = 'wins' in readout ? readout.wins : 'greatest';
  const winner = firstBest(outputs, wins);
  const best = outputs[winner]!;
  switch (readout.kind) {
    case 'output':
    case 'max':
      return best;
    case 'argmax':
      return fromNumber(Number(winner === readout.index));
    case 'class':
      return fromNumber(winner);
    case 'margin': {
      const others = outputs.filter((_, k) => k !== winner);
      if (others.length === 0) return ZERO;
      const ahead = subtract(best, others[firstBest(others, wins)]!);
      return wins === 'greatest' ? ahead : subtract(ZERO, ahead);
    }
    case 'sigmoid':
      return sigmoid(best);
    case 'tanh': {
      const two = fromNumber(2);
      return subtract(multiply(two, sigmoid(multiply(two, best))), fromNumber(1));
    }
    default:
      return softReadout(outputs, best, readout);
  }
}

function softReadout(
  outputs: readonly Dyadic[],
  best: Dyadic,
  readout: Extract<Readout, { readonly lambda: number }>,
): Dyadic {
  const lambda = fromNumber(readout.lambda);
  const powers = outputs.map((z) => exp(toFixedPoint(multiply(lambda, subtract(z, best)))));
  const total = powers.reduce((all, power) => all + power, 0n);
  if (readout.kind === 'softmax') return fromFixedPoint(divide(powers[readout.index]!, total));
  const gap = fromFixedPoint(divide(log(total), toFixedPoint(lambda)));
  return readout.kind === 'gap' ? gap : add(best, gap);
}

function firstBest(values: readonly Dyadic[], wins: 'greatest' | 'least'): number {
  return values.reduce((winner, value, k) => {
    const ahead = subtract(value, values[winner]!);
    const isBetter = wins === 'greatest' ? ahead.mantissa > 0n : ahead.mantissa < 0n;
    return isBetter ? k : winner;
  }, 0);
}

function sigmoid(z: Dyadic): Dyadic {
  const isNegative = z.mantissa < 0n;
  const e = exp(toFixedPoint(isNegative ? z : subtract(ZERO, z)));
  return fromFixedPoint(divide(isNegative ? e : ONE, ONE + e));
}
