import type { PlaneLayer, PlaneNetwork } from '../model/planeNetwork.ts';
import type { Anchor } from './anchor.ts';
import { powerOfTwo } from './anchorLogits.ts';
import { type PlaneAtAnchor, slopesOf } from './anchorPlane.ts';
import type { Family, NetworkShape } from './mlpFamilies.ts';

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
  { layers }: PlaneNetwork,
  { hidden }: PlaneAtAnchor,
  rows: Rows,
  units: readonly number[],
  anchor: Anchor,
): number[] {
  const { family } = networkShape({ layers } as PlaneNetwork);
  return layers.flatMap((layer, index) => {
    const before = index === 0 ? 1 : units[index - 1]!;
    const factor = before / units[index]!;
    if (index === layers.length - 1) return Array.from(rows, (weight) => weight * factor);
    const slopes = slopesOf(layer);
    const z = hidden[index]!;
    return Array.from({ length: layer.outputs }, (_, i) => {
      const p = clampRelative((z.high[i]! + z.low[i]!) / anchor.halfWidth / units[index]!);
      const { sign, numbers } = neuronNumbers(family, p, slopes[i]!);
      return [...weightsOf(layer, i).map((weight) => sign * factor * weight), ...numbers];
    }).flat();
  });
}

function weightsOf({ weight, inputs }: PlaneLayer, i: number): number[] {
  return Array.from(weight.subarray(i * inputs, (i + 1) * inputs));
}

export function clampRelative(p: number): number {
  return Math.min(P_MAX, Math.max(-P_MAX, p));
}

/** The sign that is folded into a neuron's weights, and its parameters: FamilyLines.parameters. */
function neuronNumbers(
  family: Family,
  p: number,
  slope: number,
): { readonly sign: number; readonly numbers: readonly number[] } {
  const size = Math.abs(p);
  switch (family) {
    case 'relu':
      return { sign: 1, numbers: [Math.min(p, 0), -Math.max(p, 0)] };
    case 'abs': {
      const sign = p < 0 ? -1 : 1;
      return { sign, numbers: [sign, -size] };
    }
    case 'leaky': {
      const sign = p > 0 ? -1 : 1;
      return { sign, numbers: [sign, size, sign * slope] };
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
