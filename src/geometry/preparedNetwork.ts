import { InvalidInputError } from '../input/invalidInput.ts';
import type { ChainLayer, PlaneNetwork } from '../model/planeNetwork.ts';
import type { Point } from '../numeric/doubleDouble.ts';
import type { PlaneWindow } from './arrangement.ts';
import { type CenterValues, centerOf, valuesAtCenter } from './center.ts';
import { type PreparedLayer, prepareLayer } from './preparedLayer.ts';
import { guardUnderflow, type UnderflowGuard } from './underflow.ts';

/** A piecewise linear network 2 → hidden… → K, validated and ready for enumeration. */
export interface PreparedNetwork {
  readonly hidden: readonly PreparedLayer[];
  readonly output: PreparedLayer;
  /** [hidden layers], of `PlaneLayer`. */
  readonly isOneToOne: readonly boolean[];
  /** Number of hidden neurons. */
  readonly neurons: number;
  /** The point to which coordinates are relative, and the first layer's values there, which replace its bias. */
  readonly center: Point;
  readonly atCenter: CenterValues;
  readonly underflow: UnderflowGuard;
}

/**
 * @throws InvalidInputError if shapes do not match, a number is not finite, or an activation is smooth.
 */
export function prepareNetwork(network: PlaneNetwork, window: PlaneWindow | null): PreparedNetwork {
  checkActivations(network);
  checkChain(network.chain);
  let offset = 0;
  const layers = groupAffine(network.chain).map((group) => {
    const layer = prepareLayer(group, offset);
    offset += layer.outputs;
    return layer;
  });
  const output = layers[layers.length - 1];
  const center = centerOf(window);
  const atCenter = valuesAtCenter(layers[0], center);
  return {
    hidden: layers.slice(0, -1),
    isOneToOne: network.layers.slice(0, -1).map(({ isOneToOne }) => isOneToOne),
    output,
    neurons: output.offset,
    center,
    atCenter,
    underflow: guardUnderflow(layers, atCenter, window),
  };
}

/** Layers up to the next activation, which are one affine map together. */
function groupAffine(chain: readonly ChainLayer[]): ChainLayer[][] {
  const groups: ChainLayer[][] = [];
  let open: ChainLayer[] = [];
  chain.forEach((layer, i) => {
    open.push(layer);
    if (layer.activation.kind === 'identity' && i < chain.length - 1) return;
    groups.push(open);
    open = [];
  });
  return groups;
}

function checkActivations({ layers }: PlaneNetwork): void {
  layers.forEach(({ activation }, i) => {
    if (activation.kind !== 'smooth') return;
    throw new InvalidInputError(
      `network.layers[${i}].activation`,
      activation.activation,
      'a piecewise linear activation: only such networks have regions',
    );
  });
}

function checkChain(chain: readonly ChainLayer[]): void {
  if (chain.length === 0) {
    throw new InvalidInputError('network.chain.length', 0, 'an output layer at least');
  }
  const last = chain[chain.length - 1].activation.kind;
  if (last !== 'identity') {
    throw new InvalidInputError(`network.chain[${chain.length - 1}].activation`, last, 'identity');
  }
  let width = 2;
  chain.forEach(({ inputs, outputs, weight, bias, activation }, i) => {
    const path = `network.chain[${i}]`;
    if (inputs !== width) throw new InvalidInputError(`${path}.inputs`, inputs, `${width}`);
    checkNumbers(weight, `${path}.weight`, inputs * outputs);
    checkNumbers(bias, `${path}.bias`, outputs);
    if (activation.kind === 'twoSlope') checkNumbers(activation.slopes, `${path}.slopes`, outputs);
    width = outputs;
  });
}

function checkNumbers(values: Float32Array | Float64Array, path: string, length: number): void {
  if (values.length !== length) {
    throw new InvalidInputError(`${path}.length`, values.length, `${length}`);
  }
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new InvalidInputError(`${path}[${bad}]`, values[bad], 'a finite number');
}
