import { InvalidInputError } from '../input/invalidInput.ts';
import type { Layer, Network } from '../model/field.ts';
import { type PreparedLayer, prepareLayers } from '../model/preparedLayers.ts';
import type { Point } from '../numeric/doubleDouble.ts';
import type { PlaneWindow } from './arrangement.ts';
import { type CenterValues, centerOf, valuesAtCenter } from './center.ts';

/** A network 2 → hidden… → 1, validated and ready for enumeration. */
export interface PreparedNetwork {
  readonly hidden: readonly PreparedLayer[];
  readonly output: PreparedLayer;
  /** Number of hidden neurons. */
  readonly neurons: number;
  /** Derivative of the activation where the pre-activation is negative: 0 for ReLU, −1 for Abs. */
  readonly inactiveSlope: 0 | -1;
  /** The point to which coordinates are relative, and the first layer's values there, which replace its bias. */
  readonly center: Point;
  readonly atCenter: CenterValues;
  readonly underflow: UnderflowGuard;
}

/**
 * Error bounds of float64 sums and products hold only if nothing underflows. All values here
 * are sums of products of at most three chains of weights through the layers (a crossing of two
 * lines, tested against a third one), so the weights show in advance where underflow could matter.
 */
export interface UnderflowGuard {
  /** Exact arithmetic decides on a value of at most this magnitude. */
  readonly threshold: number;
  /**
   * Whether a value of 0 with an error bound of 0 is exactly 0, like a sum without terms; else
   * the bound itself may have underflowed.
   */
  readonly trustsZeros: boolean;
}

const CHAINS = 3;
/** A sum may cancel down to its rounding error, which one chain of products can contain once. */
const BITS_LOST_BY_A_CHAIN = 53;
const EXPONENT_RANGE = 1000;

/**
 * @throws InvalidInputError if shapes do not match, or a weight is not finite.
 */
export function prepareNetwork(network: Network, window: PlaneWindow | null): PreparedNetwork {
  const { layers } = network;
  if (layers.length < 2) {
    throw new InvalidInputError('network.layers', layers.length, 'a hidden and an output layer');
  }
  checkShapes(layers);
  const prepared = prepareLayers(network);
  const output = prepared[prepared.length - 1];
  const center = centerOf(window);
  const atCenter = valuesAtCenter(prepared[0], center);
  return {
    hidden: prepared.slice(0, -1),
    output,
    neurons: output.offset,
    inactiveSlope: network.activation === 'abs' ? -1 : 0,
    center,
    atCenter,
    underflow: guardUnderflow(prepared, atCenter, window),
  };
}

function checkShapes(layers: readonly Layer[]): void {
  let width = 2;
  layers.forEach(({ inputs, outputs, weight, bias }, index) => {
    const path = `network.layers[${index}]`;
    if (inputs !== width) throw new InvalidInputError(`${path}.inputs`, inputs, `${width}`);
    if (index === layers.length - 1 && outputs !== 1) {
      throw new InvalidInputError(`${path}.outputs`, outputs, 'one output');
    }
    for (const [name, values, length] of [
      ['weight', weight, inputs * outputs],
      ['bias', bias, outputs],
    ] as const) {
      if (values.length !== length) {
        throw new InvalidInputError(`${path}.${name}.length`, values.length, `${length}`);
      }
      const bad = values.findIndex((value) => !Number.isFinite(value));
      if (bad >= 0) {
        throw new InvalidInputError(`${path}.${name}[${bad}]`, values[bad], 'a finite number');
      }
    }
    width = outputs;
  });
}

function guardUnderflow(
  layers: readonly PreparedLayer[],
  { value }: CenterValues,
  window: PlaneWindow | null,
): UnderflowGuard {
  const corners = window ? [...window.x, ...window.y].map(Math.abs) : [];
  const starts = [...corners, ...Array.from(value, Math.abs)];
  // Bounds of a chain's sum, and of the smallest numbers in it.
  let growth = Math.max(1, ...corners) + sumOf(starts);
  let smallestStart = smallestOf(starts);
  let smallestWeight = 1;
  for (const { weight, bias } of layers) {
    growth = Math.max(1, sumOf(weight)) * growth + sumOf(bias);
    smallestStart = Math.min(smallestStart, smallestOf(bias));
    smallestWeight = Math.min(smallestWeight, smallestOf(weight));
  }
  // A chain starts from a bias or a coordinate, and passes one weight of each layer.
  const smallestBits = -Math.log2(smallestStart) - layers.length * Math.log2(smallestWeight);
  return {
    threshold: 2 ** -EXPONENT_RANGE * growth ** CHAINS,
    trustsZeros: CHAINS * (BITS_LOST_BY_A_CHAIN + smallestBits) < EXPONENT_RANGE,
  };
}

function sumOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += Math.abs(values[i]);
  return sum;
}

/** The smallest nonzero magnitude, or 1 if that is smaller. */
function smallestOf(values: ArrayLike<number>): number {
  let smallest = 1;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i]);
    if (size > 0 && size < smallest) smallest = size;
  }
  return smallest;
}
