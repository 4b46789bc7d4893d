import type { ChainLayer } from '../model/planeNetwork.ts';
import { type AffineMap, multiplyOut } from './affineMap.ts';
import { isExactly, roundDyadic } from './dyadic.ts';

/** A layer in float64, with its place among all hidden neurons. */
export interface PreparedLayer {
  readonly inputs: number;
  readonly outputs: number;
  /** [outputs, inputs], row-major: the float64 nearest to the exact weights. */
  readonly weight: Float64Array;
  /** [outputs] */
  readonly bias: Float64Array;
  /** How often a weight or bias was rounded: 1 if layers were multiplied out, else 0. */
  readonly roundings: 0 | 1;
  /** [outputs]: derivative of the activation where the pre-activation is not positive; it is 1 elsewhere. */
  readonly slopes: Float64Array;
  /** Index of the layer's first neuron among all hidden neurons. */
  readonly offset: number;
  /** The layer without any rounding; made when it is first needed. */
  exact(): AffineMap;
}

/** @param group layers up to the next activation, which are one affine map together */
export function prepareLayer(group: readonly ChainLayer[], offset: number): PreparedLayer {
  const { outputs, activation } = group[group.length - 1];
  const { inputs } = group[0];
  let exactMap: AffineMap | null = null;
  const exact = () => {
    exactMap ??= multiplyOut(group);
    return exactMap;
  };
  const slopes =
    activation.kind === 'twoSlope' ? activation.slopes : new Float64Array(outputs).fill(1);
  const shape = { inputs, outputs, slopes, offset, exact };
  if (group.length === 1) {
    const [{ weight, bias }] = group;
    const parameters = { weight: Float64Array.from(weight), bias: Float64Array.from(bias) };
    return { ...shape, ...parameters, roundings: 0 };
  }
  const { weight, bias } = exact();
  const isExact = [...weight, ...bias].every((value) => isExactly(roundDyadic(value), value));
  return {
    ...shape,
    weight: Float64Array.from(weight, roundDyadic),
    bias: Float64Array.from(bias, roundDyadic),
    roundings: isExact ? 0 : 1,
  };
}
