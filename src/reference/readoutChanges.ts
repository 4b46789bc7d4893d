import { ACTIVATIONS } from '../model/activations.ts';
import type { PlaneReadout } from '../model/resolve.ts';
import {
  sigmoidChange,
  sigmoidSlopeChange,
  tanhChange,
  tanhSlopeChange,
} from './activationChanges.ts';
import {
  gapOf,
  gradientOf,
  meanDifference,
  type Of,
  type Standing,
  secondOf,
  softShares,
  standingOf,
} from './readoutValues.ts';

/** Changes of readouts from a centre to another point, with the relative accuracy of float64, from those of the outputs. */

/** The outputs of a network at a centre, and what has changed of them at another point. */
export interface Move {
  readonly center: Standing;
  /** [K] z_k − z_second at the centre; null if there is one output. */
  readonly fromSecond: Float64Array | null;
  /** [K] the changes of the outputs. */
  readonly changes: Float64Array;
  /** The outputs at the point less the centre's best. */
  readonly after: Standing;
}

/** The same with the outputs' gradients. */
export interface MoveWithMaps extends Move {
  /** [K, 3] those at the centre, those at the point, and their differences. */
  readonly mapsBefore: Float64Array;
  readonly maps: Float64Array;
  readonly mapChanges: Float64Array;
}

interface ReadoutChange<R extends PlaneReadout> {
  value(move: Move, readout: R): number;
  gradient(move: MoveWithMaps, readout: R): [number, number];
}

/** Every readout, with its own parameters. */
const READOUT_CHANGES: { readonly [K in PlaneReadout['kind']]: ReadoutChange<Of<K>> } = {
  output: { value: bestChange, gradient: bestGradientChange },
  max: { value: bestChange, gradient: bestGradientChange },
  lse: {
    value: ({ center, changes }, { lambda }) => lseChange(center, lambda, changes),
    gradient: (move, { lambda }) => lseGradientChange(move, lambda),
  },
  gap: {
    value: (move, { lambda }) => {
      const changes = relativeChanges(move);
      const { winner } = move.after;
      const ahead = move.center.differences[winner]! + changes[winner]!;
      return lseChange(move.center, lambda, changes) - ahead;
    },
    gradient: (move, { lambda }) => {
      const { center, after } = move;
      if (center.winner === after.winner) return meanChange(move, lambda, center.winner);
      return minus(lseGradientChange(move, lambda), bestGradientChange(move));
    },
  },
  softmax: {
    value: (move, { index, lambda }) => shareChanges(move, lambda)[index]!,
    // The product rule for −λ · share · mean difference.
    gradient: (move, { index, lambda }) => {
      const [d1, d2] = meanDifference(move.after, move.maps, lambda, index);
      const [c1, c2] = meanChange(move, lambda, index);
      const share = softShares(move.center, lambda)[index]!;
      const change = shareChanges(move, lambda)[index]!;
      return [-lambda * (change * d1 + share * c1), -lambda * (change * d2 + share * c2)];
    },
  },
  argmax: {
    value: ({ center, after }, { index }) =>
      Number(after.winner === index) - Number(center.winner === index),
    gradient: () => [0, 0],
  },
  class: {
    value: ({ center, after }) => after.winner - center.winner,
    gradient: () => [0, 0],
  },
  margin: {
    value: ({ fromSecond, changes, after }, { wins }) => {
      if (fromSecond === null) return 0;
      const second = secondOf(after)!;
      const change = after.best - (fromSecond[second]! + changes[second]!);
      return wins === 'greatest' ? change : -change;
    },
    gradient: (move, { wins }) => {
      const [before, second] = [secondOf(move.center), secondOf(move.after)];
      if (before === null || second === null) return [0, 0];
      const ofSecond = gradientChangeBetween(move, before, second);
      return wins === 'greatest'
        ? minus(bestGradientChange(move), ofSecond)
        : minus(ofSecond, bestGradientChange(move));
    },
  },
  sigmoid: squashedChange('sigmoid', sigmoidChange, sigmoidSlopeChange),
  tanh: squashedChange('tanh', tanhChange, tanhSlopeChange),
};

/** The readout's own entry; a type cannot say that its kind and its parameters belong together. */
export function changesOf(readout: PlaneReadout): ReadoutChange<PlaneReadout> {
  return READOUT_CHANGES[readout.kind] as ReadoutChange<PlaneReadout>;
}

function squashedChange(
  activation: 'sigmoid' | 'tanh',
  value: (z: number, change: number) => number,
  slopeChange: (z: number, change: number) => number,
): ReadoutChange<PlaneReadout> {
  const { derivative } = ACTIVATIONS[activation];
  return {
    value: ({ center, changes }) => value(center.best, changes[0]!),
    gradient: ({ center, changes, maps, mapChanges }) => {
      const [a1, a2] = gradientOf(maps, 0);
      const [c1, c2] = gradientOf(mapChanges, 0);
      const slope = derivative(center.best, activation, 0);
      const change = slopeChange(center.best, changes[0]!);
      return [change * a1 + slope * c1, change * a2 + slope * c2];
    },
  };
}

function bestChange({ after }: Move): number {
  return after.best;
}

function bestGradientChange(move: MoveWithMaps): [number, number] {
  return gradientChangeBetween(move, move.center.winner, move.after.winner);
}

/** The gradient of one output at the point less that of another one, or the same, at the centre. */
function gradientChangeBetween(
  { mapsBefore, maps, mapChanges }: MoveWithMaps,
  before: number,
  after: number,
): [number, number] {
  if (before === after) return gradientOf(mapChanges, after);
  return minus(gradientOf(maps, after), gradientOf(mapsBefore, before));
}

/** [K] The changes of the outputs less that of the one that won. */
function relativeChanges({ center, changes }: Move): Float64Array {
  const ofWinner = changes[center.winner]!;
  return changes.map((change) => change - ofWinner);
}

/** (1/λ) log Σ_k π_k e^(λ change_k), with the softmax π of the centre. */
function lseChange(center: Standing, lambda: number, changes: Float64Array): number {
  const shares = softShares(center, lambda);
  const rise = shares.reduce((sum, share, k) => sum + share * Math.expm1(lambda * changes[k]!), 0);
  if (rise > -0.5 && rise < Infinity) return Math.log1p(rise) / lambda;
  // Some change is about 1/λ or more: the plain difference has as many digits.
  const outputs = center.differences.map((difference, k) => difference + changes[k]!);
  const after = standingOf(outputs, 'greatest', outputs.slice());
  return after.best + (gapOf(after, lambda) - gapOf(center, lambda));
}

/** [K] The changes of softmax, π_k (e^(λ (change_k − change of lse)) − 1). */
function shareChanges(move: Move, lambda: number): number[] {
  const changes = relativeChanges(move);
  const ofLse = lseChange(move.center, lambda, changes);
  const after = softShares(move.after, lambda);
  return softShares(move.center, lambda).map((share, k) => {
    const exponent = lambda * (changes[k]! - ofLse);
    return Math.abs(exponent) < 1 ? share * Math.expm1(exponent) : after[k]! - share;
  });
}

function lseGradientChange(move: MoveWithMaps, lambda: number): [number, number] {
  const { winner } = move.center;
  const [c1, c2] = gradientOf(move.mapChanges, winner);
  const [m1, m2] = meanChange(move, lambda, winner);
  return [c1 + m1, c2 + m2];
}

/** The change of Σ_k π_k (a_k − a_origin): new π · changes of a, and changes of π · a at the centre. */
function meanChange(move: MoveWithMaps, lambda: number, origin: number): [number, number] {
  const [c1, c2] = meanDifference(move.after, move.mapChanges, lambda, origin);
  const [o1, o2] = gradientOf(move.mapsBefore, origin);
  let [d1, d2] = [c1, c2];
  shareChanges(move, lambda).forEach((change, k) => {
    const [a1, a2] = gradientOf(move.mapsBefore, k);
    d1 += change * (a1 - o1);
    d2 += change * (a2 - o2);
  });
  return [d1, d2];
}

function minus([a1, a2]: [number, number], [b1, b2]: [number, number]): [number, number] {
  return [a1 - b1, a2 - b2];
}
