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

/** In what numbers kernels count the pre-activations of a layer. */
export interface LayerScale {
  /** A power of two, in half-widths: no change of a pre-activation exceeds it within a half-width. */
  readonly unit: number;
  /** [outputs] Powers of two by which kernels make a neuron less steep: 1 unless its clamp is too narrow for float32. */
  readonly steepness: readonly number[];
}

/** A clamp's width in its layer's unit is more than this, so that it has all digits of float32. */
const LEAST_WIDTH = 2 ** -100;

/**
 * Two-slope activations pass powers of two through, so that kernels count in these units, and no valid network overflows float32. They
 * change no digit of ordinary ones. What a clamp hands on changes by its width at most, however steep it is.
 *
 * @param rows of the output layer
 */
export function layerScales({ layers }: PlaneNetwork, rows: Rows, anchor: Anchor): LayerScale[] {
  let most = [1, 1];
  let unit = 1;
  return layers.map((layer, index) => {
    const isOutput = index === layers.length - 1;
    const sizes = rowSizes(isOutput ? rows : layer.weight, most);
    const before = unit;
    unit *= powerOfTwo(Math.max(...sizes));
    const end = layers[index + 1];
    if (end?.isOneToOne) unit = Math.min(unit, widestUnit(end, anchor));
    if (!isOutput) {
      most = Array.from(slopesOf(layer), (slope, i) =>
        layer.isOneToOne
          ? Math.min(1, layer.bias[i]! / anchor.halfWidth / unit)
          : Math.max(1, Math.abs(slope)),
      );
    }
    const room = unit / before;
    return { unit, steepness: sizes.map((size) => (size > room ? room / powerOfTwo(size) : 1)) };
  });
}

/** The largest unit of a clamp. */
function widestUnit({ bias }: PlaneLayer, { halfWidth }: Anchor): number {
  return powerOfTwo(Math.min(...bias) / halfWidth) / LEAST_WIDTH;
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
  scales: readonly LayerScale[],
  anchor: Anchor,
): number[] {
  const { layers } = plane;
  const shape = networkShape(plane);
  const neurons = neuronsAtAnchor(
    plane,
    at,
    (value, layer) => value / anchor.halfWidth / scales[layer]!.unit,
  );
  return layers.flatMap((layer, index) => {
    const before = index === 0 ? 1 : scales[index - 1]!.unit;
    const { unit, steepness } = scales[index]!;
    const factor = before / unit;
    if (index === layers.length - 1) return Array.from(rows, (weight) => weight * factor);
    const slopes = slopesOf(layer);
    const names = parametersOf(shape, index);
    return neurons[index]!.flatMap((neuron, i) => {
      const steep = steepness[i]!;
      const standing = {
        height: clampRelative(neuron.height),
        start: clampRelative(neuron.start),
        shift: clampRelative(steep * neuron.shift),
      };
      const numbers = numbersOf(shape.family, standing, slopes[i]!, names.includes('shift'));
      const weights = weightsOf(layer, i).map((weight) => numbers.sign * factor * steep * weight);
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
      const most = layer.isOneToOne ? Math.min(size, layer.bias[i]! / anchor.halfWidth) : size;
      if (p > size) return most;
      return (p < -size ? slope : Math.max(1, slope)) * most;
    });
  }
  return rowSizes(rows, reach);
}
