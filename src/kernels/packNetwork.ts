import type { PlaneLayer, PlaneNetwork } from '../model/planeNetwork.ts';
import type { Anchor } from './anchor.ts';
import { powerOfTwo } from './anchorLogits.ts';
import { type PlaneAtAnchor, slopesOf } from './anchorPlane.ts';
import {
  type Family,
  type NetworkShape,
  type NeuronParameter,
  parametersOf,
} from './mlpFamilies.ts';
import { type NeuronAtAnchor, neuronsAtAnchor } from './neuronsAtAnchor.ts';

/** p stays finite in float32 for any half-width; the shader subtracts nothing from it. */
export const P_MAX = 1e30;

/** Rows of an output layer, in float64: [rows, inputs], row-major. */
export type Rows = Float64Array;

/** The layers' shape, and the family whose code serves them. */
export function networkShape({ layers }: PlaneNetwork): NetworkShape {
  const hidden = layers.slice(0, -1);
  const slopes = hidden.flatMap((layer) => [...slopesOf(layer)]);
  return {
    hidden: hidden.map(({ outputs }) => outputs),
    family: familyOf(slopes),
    numbers: hidden.map(({ hiddenLayer }) => hiddenLayer + 1),
    isOneToOne: hidden.map(({ isOneToOne }) => isOneToOne),
  };
}

function familyOf(slopes: readonly number[]): Family {
  if (slopes.every((slope) => slope === 0)) return 'relu';
  return slopes.every((slope) => slope === -1) ? 'abs' : 'leaky';
}

/**
 * The unit of each layer: a power of two that no change of a pre-activation exceeds within a half-width. Two-slope
 * activations pass powers of two through, so that kernels count in these units, and no valid network overflows float32. They change no
 * digit of ordinary ones.
 *
 * @param rows of the output layer
 */
export function layerUnits({ layers }: PlaneNetwork, rows: Rows): number[] {
  let steepest = [1, 1];
  let unit = 1;
  return layers.map((layer, index) => {
    const isOutput = index === layers.length - 1;
    const weight = isOutput ? rows : layer.weight;
    const sizes = rowSizes(weight, steepest);
    unit *= powerOfTwo(Math.max(...sizes));
    if (!isOutput) steepest = Array.from(slopesOf(layer), (slope) => Math.max(1, Math.abs(slope)));
    return unit;
  });
}

/** Σ_j |w_ij| · factor_j for each row. */
function rowSizes(weight: Float64Array, factors: readonly number[]): number[] {
  const inputs = factors.length;
  return Array.from({ length: weight.length / inputs }, (_, i) =>
    factors.reduce((sum, factor, j) => sum + Math.abs(weight[i * inputs + j]!) * factor, 0),
  );
}

/** Numbers of the hidden neurons and the rows, in the order in which loadNetwork (mlp.ts) reads them. */
export function packNetwork(
  plane: PlaneNetwork,
  at: PlaneAtAnchor,
  rows: Rows,
  units: readonly number[],
  anchor: Anchor,
): number[] {
  const { layers } = plane;
  const shape = networkShape(plane);
  const neurons = neuronsAtAnchor(plane, at, (value, layer) =>
    clampRelative(value / anchor.halfWidth / units[layer]!),
  );
  return layers.flatMap((layer, index) => {
    const before = index === 0 ? 1 : units[index - 1]!;
    const factor = before / units[index]!;
    if (index === layers.length - 1) return Array.from(rows, (weight) => weight * factor);
    const slopes = slopesOf(layer);
    const names = parametersOf(shape, index);
    return neurons[index]!.flatMap((neuron, i) => {
      const numbers = numbersOf(shape.family, neuron, slopes[i]!, names.includes('shift'));
      const weights = weightsOf(layer, i).map((weight) => numbers.sign * factor * weight);
      return [...weights, ...names.map((name) => numbers[name])];
    });
  });
}

function weightsOf({ weight, inputs, isOneToOne }: PlaneLayer, i: number): number[] {
  if (isOneToOne) return [weight[i * inputs + i]!];
  return Array.from(weight.subarray(i * inputs, (i + 1) * inputs));
}

/** A pre-activation in half-widths, within what float32 holds with its products. */
export function clampRelative(p: number): number {
  return Math.min(P_MAX, Math.max(-P_MAX, p));
}

/** A neuron's parameters (mlpFamilies.ts); the sign is folded into its weights. */
function numbersOf(
  family: Family,
  { height, start, shift }: NeuronAtAnchor,
  slope: number,
  hasShift: boolean,
): Readonly<Record<NeuronParameter, number>> {
  switch (family) {
    case 'relu':
      return { sign: 1, shift, floor: -start, lean: 0 };
    case 'abs':
      return { sign: height < 0 ? -1 : 1, shift: 0, floor: -Math.abs(height), lean: -1 };
    case 'leaky': {
      const sign = height > 0 ? -1 : 1;
      const floor = hasShift ? start : Math.abs(height);
      return { sign, shift: sign * shift, floor, lean: sign * slope };
    }
  }
}

/**
 * How much each of the rows may change over the view at most, in units of the half-width: where the sign of a
 * pre-activation is settled, its neuron counts with the slope that it has.
 */
export function mostChanges(
  { layers }: PlaneNetwork,
  { hidden }: PlaneAtAnchor,
  rows: Rows,
  anchor: Anchor,
): number[] {
  let reach = [anchor.reach, anchor.reach];
  for (const [index, layer] of layers.slice(0, -1).entries()) {
    const slopes = slopesOf(layer);
    const z = hidden[index]!;
    reach = rowSizes(layer.weight, reach).map((size, i) => {
      const p = z.high[i]! / anchor.halfWidth;
      const slope = Math.abs(slopes[i]!);
      if (p > size) return size;
      return (p < -size ? slope : Math.max(1, slope)) * size;
    });
  }
  return rowSizes(rows, reach);
}
