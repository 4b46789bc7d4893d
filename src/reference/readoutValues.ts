import { ACTIVATIONS } from '../model/activations.ts';
import type { Wins } from '../model/readouts.ts';
import type { PlaneReadout, ResolvedField } from '../model/resolve.ts';
import { MAP_SIZE } from './planePass.ts';

/**
 * Readouts in float64. Everything is computed from the differences z_k − z_winner: e_k = exp(λ (z_k − z_winner)) ∈ [0, 1] cannot
 * overflow, and at least one is 1. Differences of gradients a_j − a_k are summed instead of subtracting sums, so that a derivative
 * that is nearly 0 keeps its relative accuracy.
 */

/** The outputs of a network at a point, compared with the one that wins. */
export interface Standing {
  /** The first of the greatest outputs, or of the least. */
  readonly winner: number;
  /** z_winner; the output itself if there is one. */
  readonly best: number;
  /** [K] z_k − z_winner. */
  readonly differences: Float64Array;
}

/** [K, 3], row-major, from `PlanePass.differentiate`. */
type Maps = Float64Array;

export type Of<K extends PlaneReadout['kind']> = PlaneReadout & { readonly kind: K };

interface ReadoutValue<R extends PlaneReadout> {
  value(standing: Standing, readout: R, bounds: ResolvedField['bounds']): number;
  /** The derivatives [∂₁, ∂₂]; −0 may be among them. */
  gradient(standing: Standing, maps: Maps, readout: R): [number, number];
  /** [K] Which outputs have a part in the value, and how much of it: sums to 1; null for readouts of one output. */
  shares(standing: Standing, readout: R): number[] | null;
}

/** Every readout, with its own parameters. */
const READOUT_VALUES: { readonly [K in PlaneReadout['kind']]: ReadoutValue<Of<K>> } = {
  output: {
    value: ({ best }) => best,
    gradient: ({ winner }, maps) => gradientOf(maps, winner),
    shares: () => null,
  },
  max: {
    value: ({ best }) => best,
    gradient: ({ winner }, maps) => gradientOf(maps, winner),
    shares: oneHot,
  },
  lse: {
    value: (standing, { lambda }) => standing.best + gapOf(standing, lambda),
    gradient: (standing, maps, { lambda }) => {
      const [d1, d2] = meanDifference(standing, maps, lambda, standing.winner);
      const [a1, a2] = gradientOf(maps, standing.winner);
      return [a1 + d1, a2 + d2];
    },
    shares: (standing, { lambda }) => softShares(standing, lambda),
  },
  gap: {
    // Two different roundings of log K must not put a tie above the bound.
    value: (standing, { lambda }, bounds) => Math.min(gapOf(standing, lambda), bounds.max),
    gradient: (standing, maps, { lambda }) =>
      meanDifference(standing, maps, lambda, standing.winner),
    shares: (standing, { lambda }) => softShares(standing, lambda),
  },
  softmax: {
    value: (standing, { index, lambda }) => softShares(standing, lambda)[index]!,
    gradient: (standing, maps, { index, lambda }) => {
      const [d1, d2] = meanDifference(standing, maps, lambda, index);
      const slope = -lambda * softShares(standing, lambda)[index]!;
      return [slope * d1, slope * d2];
    },
    shares: (standing, { lambda }) => softShares(standing, lambda),
  },
  argmax: {
    value: ({ winner }, { index }) => (winner === index ? 1 : 0),
    gradient: () => [0, 0],
    shares: oneHot,
  },
  class: {
    value: ({ winner }) => winner,
    gradient: () => [0, 0],
    shares: oneHot,
  },
  margin: {
    value: marginOf,
    gradient: (standing, maps, { wins }) => {
      const second = secondOf(standing);
      if (second === null) return [0, 0];
      const [a1, a2] = gradientOf(maps, standing.winner);
      const [b1, b2] = gradientOf(maps, second);
      return wins === 'greatest' ? [a1 - b1, a2 - b2] : [b1 - a1, b2 - a2];
    },
    shares: oneHot,
  },
  sigmoid: squashed('sigmoid'),
  tanh: squashed('tanh'),
};

/** The readout's own entry; a type cannot say that its kind and its parameters belong together. */
export function valuesOf(readout: PlaneReadout): ReadoutValue<PlaneReadout> {
  return READOUT_VALUES[readout.kind] as ReadoutValue<PlaneReadout>;
}

/** @param differences [K], scratch that the result holds. */
export function standingOf(outputs: Float64Array, wins: Wins, differences: Float64Array): Standing {
  const sign = wins === 'greatest' ? 1 : -1;
  let winner = 0;
  for (let k = 1; k < outputs.length; k += 1) {
    if (sign * outputs[k]! > sign * outputs[winner]!) winner = k;
  }
  const best = outputs[winner]!;
  for (let k = 0; k < outputs.length; k += 1) differences[k] = outputs[k]! - best;
  return { winner, best, differences };
}

/** How far the winner is ahead of the second; 0 if there is no second. */
export function marginOf(standing: Standing): number {
  const second = secondOf(standing);
  return second === null ? 0 : Math.abs(standing.differences[second]!);
}

/** softmax(λ z), all components. */
export function softShares({ differences }: Standing, lambda: number): number[] {
  const powers = Array.from(differences, (difference) => Math.exp(lambda * difference));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

function oneHot({ winner, differences }: Standing): number[] {
  return Array.from(differences, (_, k) => (k === winner ? 1 : 0));
}

/** The first of the best outputs other than the winner; null if there is none. */
export function secondOf({ winner, differences }: Standing): number | null {
  let second: number | null = null;
  for (let k = 0; k < differences.length; k += 1) {
    if (k === winner) continue;
    if (second === null || Math.abs(differences[k]!) < Math.abs(differences[second]!)) second = k;
  }
  return second;
}

/** [∂₁, ∂₂] of an output. */
export function gradientOf(maps: Maps, output: number): [number, number] {
  return [maps[MAP_SIZE * output]!, maps[MAP_SIZE * output + 1]!];
}

/** lse − max = log1p(Σ_{k ≠ winner} e_k) / λ, accurate also when one output is far ahead. */
export function gapOf({ winner, differences }: Standing, lambda: number): number {
  let others = 0;
  for (let k = 0; k < differences.length; k += 1) {
    if (k !== winner) others += Math.exp(lambda * differences[k]!);
  }
  return Math.log1p(others) / lambda;
}

/** Σ_j y_j (a_j − a_origin) with the softmax y. */
export function meanDifference(
  { differences }: Standing,
  maps: Maps,
  lambda: number,
  origin: number,
): [number, number] {
  const [a1, a2] = gradientOf(maps, origin);
  let total = 0;
  let d1 = 0;
  let d2 = 0;
  for (let j = 0; j < differences.length; j += 1) {
    const power = Math.exp(lambda * differences[j]!);
    total += power;
    d1 += power * (maps[MAP_SIZE * j]! - a1);
    d2 += power * (maps[MAP_SIZE * j + 1]! - a2);
  }
  return [d1 / total, d2 / total];
}

/** The activation of the one output. */
function squashed(activation: 'sigmoid' | 'tanh'): ReadoutValue<PlaneReadout> {
  const { value, derivative } = ACTIVATIONS[activation];
  return {
    value: ({ best }) => value(best, activation, 0),
    gradient: ({ best }, maps) => {
      const slope = derivative(best, activation, 0);
      const [a1, a2] = gradientOf(maps, 0);
      return [slope * a1, slope * a2];
    },
    shares: () => null,
  };
}
