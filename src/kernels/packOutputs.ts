import type { PlaneNetwork } from '../model/planeNetwork.ts';
import type { PlaneReadout } from '../model/resolve.ts';
import { add, type DoubleDouble, negate, toNumber, ZERO } from '../numeric/doubleDouble.ts';
import type { DoubleDoubles } from '../numeric/doubleDoubles.ts';
import type { Anchor } from './anchor.ts';
import {
  type GainedReadout,
  lookFrom,
  packSeen,
  powerOfTwo,
  SMALL,
  STEEP_MAX,
} from './anchorLogits.ts';
import { evaluatePlane, type PlaneAtAnchor, planeTangents } from './anchorPlane.ts';
import { type AnchoredField, HEADER_LENGTH, writeHeader } from './fieldCode.ts';
import { clampRelative, layerScales, mostChanges, packNetwork, type Rows } from './packNetwork.ts';
import { firstLargest, type PointLogits } from './pointLogits.ts';
import type { ShareReadoutKind } from './readoutShares.ts';
import { WINNER_PARAMETERS, type WinnerReadoutKind } from './readoutWinners.ts';

/** Parameters for mlpCode (mlp.ts): the network has one output, which is shown. */
export function packOutput(plane: PlaneNetwork, anchor: Anchor): AnchoredField {
  const at = evaluatePlane(plane, anchor);
  const rows = plane.layers.at(-1)!.weight;
  const scales = layerScales(plane, rows, anchor);
  const numbers = packNetwork(plane, at, rows, scales, anchor);
  const { unit } = scales.at(-1)!;
  return fieldOf(numbers, at.outputs.get(0), anchor.halfWidth * unit, unit);
}

function fieldOf(
  numbers: readonly number[],
  offset: DoubleDouble,
  scale: number,
  gradientScale: number,
): AnchoredField {
  const parameters = new Float32Array(HEADER_LENGTH + numbers.length);
  writeHeader(parameters, [0, 0], false);
  parameters.set(numbers, HEADER_LENGTH);
  return { parameters, offset, scale, baseGradient: [ZERO, ZERO], gradientScale, small: false };
}

type WinnerReadout = Extract<PlaneReadout, { readonly kind: WinnerReadoutKind }>;

/** Parameters for the readouts that compare outputs: the common part is the output that wins at the centre. */
export function packWinner(
  plane: PlaneNetwork,
  readout: WinnerReadout,
  anchor: Anchor,
): AnchoredField {
  const at = evaluatePlane(plane, anchor);
  const sign = 'wins' in readout && readout.wins === 'least' ? -1 : 1;
  const values = valuesOf(at.outputs, sign);
  const top = firstLargest(values);
  const rows = winnerRows(plane, top, sign, readout.kind === 'max');
  const scales = layerScales(plane, rows, anchor);
  const { unit } = scales.at(-1)!;
  const ahead = (k: number, than: number) => add(values[k]!, negate(values[than]!));
  const second = firstLargest(values.filter((_, k) => k !== top));
  const runner = second < top ? second : second + 1;
  const relative = (difference: DoubleDouble) =>
    clampRelative(toNumber(difference) / anchor.halfWidth / unit);
  const ofOutput: Record<string, (k: number) => number> = {
    p: (k) => relative(ahead(k, top)),
    behind: (k) => relative(ahead(k, runner)),
    pick: (k) => ('index' in readout && readout.index === k ? 1 : 0),
  };
  const names = WINNER_PARAMETERS[readout.kind];
  const numbers = [
    ...values.flatMap((_, k) => names.map((name) => ofOutput[name]!(k))),
    ...packNetwork(plane, at, rows, scales, anchor),
  ];
  if (readout.kind === 'max' || readout.kind === 'margin') {
    const offset = readout.kind === 'max' ? values[top]! : ahead(top, runner);
    return fieldOf(numbers, offset, anchor.halfWidth * unit, unit);
  }
  return fieldOf(numbers, ZERO, 1, 1);
}

/** The outputs less the one that wins; with their common part as the last row if it counts. */
function winnerRows(plane: PlaneNetwork, top: number, sign: number, withCommon: boolean): Rows {
  const { outputs, inputs, weight } = plane.layers.at(-1)!;
  const rows = new Float64Array((outputs + (withCommon ? 1 : 0)) * inputs);
  for (let j = 0; j < inputs; j += 1) {
    for (let k = 0; k < outputs; k += 1) {
      rows[k * inputs + j] = sign * rowDifference(plane, k, top, j);
    }
    if (withCommon) rows[outputs * inputs + j] = sign * weight[top * inputs + j]!;
  }
  return rows;
}

/** Weight j of output k less that of another one: nothing is lost where both are nearly equal. */
function rowDifference({ layers }: PlaneNetwork, k: number, from: number, j: number): number {
  const { inputs, weight, weightLow } = layers.at(-1)!;
  const [a, b] = [k * inputs + j, from * inputs + j];
  return weight[a]! - weight[b]! + (weightLow ? weightLow[a]! - weightLow[b]! : 0);
}

function valuesOf(outputs: DoubleDoubles, sign: number): DoubleDouble[] {
  return Array.from(outputs.high, (_, k) => (sign < 0 ? negate(outputs.get(k)) : outputs.get(k)));
}

/** The outputs with their gradients. */
export function outputsWithGradients(
  plane: PlaneNetwork,
  at: PlaneAtAnchor,
  [alongX, alongY] = planeTangents(plane, at),
): PointLogits {
  const last = plane.layers.length - 1;
  const gradient = (k: number) => [alongX![last]!.get(k), alongY![last]!.get(k)] as const;
  return {
    values: valuesOf(at.outputs, 1),
    gradients: Array.from(at.outputs.high, (_, k) => gradient(k)),
  };
}

/** Parameters for the readouts by softmax: the common part is the mean of the outputs under softmax at the centre. */
export function packShares(
  plane: PlaneNetwork,
  readout: GainedReadout & { readonly kind: ShareReadoutKind },
  anchor: Anchor,
): AnchoredField {
  const at = evaluatePlane(plane, anchor);
  const tangents = planeTangents(plane, at);
  const logits = outputsWithGradients(plane, at, tangents);
  // Twice that of the outputs serves their differences, too.
  const scales = layerScales(plane, plane.layers.at(-1)!.weight, anchor);
  const last = scales.pop()!;
  const unit = 2 * last.unit;
  scales.push({ ...last, unit });
  const seen = lookFrom(anchor, logits, readout.lambda, unit, STEEP_MAX / powerOfTwo(anchor.reach));
  const rows = shareRows(plane, seen.pi, readout.kind === 'lse');
  const most = Math.max(...mostChanges(plane, at, rows, anchor));
  const isAffine = isAffineInView(at, tangents, anchor);
  const highest = Math.max(...seen.t.map(([tX, tY]) => Math.abs(tX) + Math.abs(tY)));
  const small = isAffine && highest * anchor.reach <= SMALL;
  const gapFromCenter = small || (most / unit) * seen.steep <= SMALL;
  const field = packSeen(readout, logits, anchor, seen, {
    small,
    near: gapFromCenter,
    gapFromCenter,
  });
  const numbers = packNetwork(plane, at, rows, scales, anchor);
  const parameters = new Float32Array(field.parameters.length + numbers.length);
  parameters.set(field.parameters);
  parameters.set(numbers, field.parameters.length);
  return { ...field, parameters };
}

/** The outputs less their mean; with that as the last row if it counts. */
function shareRows(plane: PlaneNetwork, pi: readonly number[], withCommon: boolean): Rows {
  const { outputs, inputs, weight } = plane.layers.at(-1)!;
  const rows = new Float64Array((outputs + (withCommon ? 1 : 0)) * inputs);
  for (let j = 0; j < inputs; j += 1) {
    for (let k = 0; k < outputs; k += 1) {
      // As a sum of differences: where π is nearly 1 for one k, its own difference is tiny.
      rows[k * inputs + j] = pi.reduce(
        (sum, share, i) => sum + share * rowDifference(plane, k, i, j),
        0,
      );
    }
    if (withCommon) {
      rows[outputs * inputs + j] = pi.reduce(
        (sum, share, k) => sum + share * weight[k * inputs + j]!,
        0,
      );
    }
  }
  return rows;
}

/** Rounding of the reach and of the tangents' sum. */
const SLACK = 1 + 1e-9;

/** Whether no hinge crosses the view: a pre-activation is affine over it as long as no earlier one changes sign. */
function isAffineInView(
  { hidden }: PlaneAtAnchor,
  [alongX, alongY]: ReturnType<typeof planeTangents>,
  { halfWidth, reach }: Anchor,
): boolean {
  return hidden.every((z, layer) =>
    z.high.every((height, i) => {
      const slope = Math.abs(alongX![layer]!.high[i]!) + Math.abs(alongY![layer]!.high[i]!);
      return Math.abs(height) > SLACK * halfWidth * reach * slope;
    }),
  );
}
