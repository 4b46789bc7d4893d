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
    gradient: (move, { lambda }) => lseGradientChange(move, lambda).sum,
  },
  gap: {
    value: (move, { lambda }) => {
      const { center, after } = move;
      const changes = relativeChanges(move);
      const ahead = center.differences[after.winner]! + changes[after.winner]!;
      const ofLse = lseChange(center, lambda, changes);
      // The difference of lesser numbers has more digits.
      const [gapBefore, gapAfter] = [gapOf(center, lambda), gapOf(after, lambda)];
      const isNearer = Math.abs(ofLse) + Math.abs(ahead) <= gapBefore + gapAfter;
      return isNearer ? ofLse - ahead : gapAfter - gapBefore;
    },
    gradient: (move, { lambda }) => {
      const { center, after, maps, mapsBefore } = move;
      const isSame = center.winner === after.winner;
      const terms = isSame
        ? meanChange(move, lambda, center.winner)
        : lessBest(lseGradientChange(move, lambda), bestGradientChange(move));
      return byLesser(
        terms,
        meanDifference(center, mapsBefore, lambda, center.winner),
        meanDifference(after, maps, lambda, after.winner),
      );
    },
  },
  softmax: {
    value: (move, { index, lambda }) => shareChanges(move, lambda)[index]!,
    // The product rule for −λ · share · mean difference.
    gradient: (move, { index, lambda }) => {
      const { center, after, maps, mapsBefore } = move;
      const before = meanDifference(center, mapsBefore, lambda, index);
      const d = meanDifference(after, maps, lambda, index);
      const c = meanChange(move, lambda, index);
      const share = softShares(center, lambda)[index]!;
      const shareAfter = softShares(after, lambda)[index]!;
      const change = shareChanges(move, lambda)[index]!;
      const [d1, d2] = byLesser(
        {
          sum: both((axis) => change * d[axis] + share * c.sum[axis]),
          size: both((axis) => Math.abs(change * d[axis]) + share * c.size[axis]),
        },
        both((axis) => share * before[axis]),
        both((axis) => shareAfter * d[axis]),
      );
      return [-lambda * d1, -lambda * d2];
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

/** Whether a change of an output is less than what an exponent of 1 makes of it. */
function isNear(change: number, lambda: number): boolean {
  return Math.abs(lambda * change) < 1;
}

/** [K] The changes of softmax, π_k (e^(λ (change_k − change of lse)) − 1). */
function shareChanges(move: Move, lambda: number): number[] {
  const changes = relativeChanges(move);
  const ofLse = lseChange(move.center, lambda, changes);
  const after = softShares(move.after, lambda);
  return softShares(move.center, lambda).map((share, k) => {
    // Of greater changes the plain difference has as many digits, and more where they all but cancel.
    return isNear(changes[k]!, lambda) && isNear(ofLse, lambda)
      ? share * Math.expm1(lambda * (changes[k]! - ofLse))
      : after[k]! - share;
  });
}

/** A sum for each axis, and that of the sizes of its terms, by which it is rounded. */
interface Terms {
  readonly sum: [number, number];
  readonly size: [number, number];
}

function both(of: (axis: 0 | 1) => number): [number, number] {
  return [of(0), of(1)];
}

/** The change from one number to another by its terms, or by the plain difference: of lesser numbers it has more digits. */
function byLesser(
  { sum, size }: Terms,
  before: readonly [number, number],
  after: readonly [number, number],
): [number, number] {
  return both((axis) => {
    const [from, to] = [before[axis], after[axis]];
    return size[axis] <= Math.abs(from) + Math.abs(to) ? sum[axis] : to - from;
  });
}

function lessBest({ sum, size }: Terms, best: [number, number]): Terms {
  return { sum: minus(sum, best), size: both((axis) => size[axis] + Math.abs(best[axis])) };
}

function lseGradientChange(move: MoveWithMaps, lambda: number): Terms {
  const { winner } = move.center;
  const c = gradientOf(move.mapChanges, winner);
  const m = meanChange(move, lambda, winner);
  return {
    sum: both((axis) => c[axis] + m.sum[axis]),
    size: both((axis) => Math.abs(c[axis]) + m.size[axis]),
  };
}

/** The change of Σ_k π_k (a_k − a_origin): new π · changes of a, and changes of π · a at the centre. */
function meanChange(move: MoveWithMaps, lambda: number, origin: number): Terms {
  const sum = meanDifference(move.after, move.mapChanges, lambda, origin);
  const size = both((axis) => Math.abs(sum[axis]));
  const o = gradientOf(move.mapsBefore, origin);
  shareChanges(move, lambda).forEach((change, k) => {
    const a = gradientOf(move.mapsBefore, k);
    for (const axis of [0, 1] as const) {
      const term = change * (a[axis] - o[axis]);
      sum[axis] += term;
      size[axis] += Math.abs(term);
    }
  });
  return { sum, size };
}

function minus([a1, a2]: [number, number], [b1, b2]: [number, number]): [number, number] {
  return [a1 - b1, a2 - b2];
}
