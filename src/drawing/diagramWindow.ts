/** Which part of a network a diagram draws, and how one moves in it. Rank 0 are the inputs, rank l the outputs of affine layer l. */

/** A diagram draws so many layers beside the inputs, and so many neurons of each. */
const DIAGRAM_LAYERS_MAX = 8;
export const DIAGRAM_NEURONS_MAX = 32;

/** A neuron, or an input. */
export interface NeuronPlace {
  readonly rank: number;
  readonly index: number;
}

/** Where the drawn part begins. */
export interface DiagramWindow {
  readonly firstRank: number;
  /** The first drawn neuron of each rank. */
  readonly firsts: readonly number[];
}

/** Some of a row of things: those from `first`, `count` of `total`. */
export interface Part {
  readonly first: number;
  readonly count: number;
  readonly total: number;
}

/** @param widths [d, …hidden, K] */
export function firstWindow(widths: readonly number[]): DiagramWindow {
  return { firstRank: 0, firsts: widths.map(() => 0) };
}

export function drawnRanks(widths: readonly number[], { firstRank }: DiagramWindow): Part {
  return partFrom(firstRank, DIAGRAM_LAYERS_MAX + 1, widths.length);
}

export function drawnNeurons(widths: readonly number[], window: DiagramWindow, rank: number): Part {
  return partFrom(window.firsts[rank] ?? 0, DIAGRAM_NEURONS_MAX, widths[rank]!);
}

function partFrom(first: number, most: number, total: number): Part {
  const count = Math.min(most, total);
  return { first: Math.max(0, Math.min(first, total - count)), count, total };
}

/** '5–36 of 200', counted from 1; '' where nothing is left out. */
export function describePart({ first, count, total }: Part): string {
  return count === total ? '' : `${first + 1}–${first + count} of ${total}`;
}

/** The window moved as little as possible, so that it draws the neuron. */
export function windowAround(
  widths: readonly number[],
  window: DiagramWindow,
  { rank, index }: NeuronPlace,
): DiagramWindow {
  const firstRank = firstAround(drawnRanks(widths, window), rank);
  const first = firstAround(drawnNeurons(widths, window, rank), index);
  return {
    firstRank,
    firsts: widths.map((_, r) => (r === rank ? first : (window.firsts[r] ?? 0))),
  };
}

function firstAround({ first, count }: Part, index: number): number {
  return Math.min(index, Math.max(first, index - count + 1));
}

/**
 * The neuron a step away: the next of its layer, or the one at the same share of the next layer. At an end it is the neuron itself.
 */
export function stepFrom(
  widths: readonly number[],
  { rank, index }: NeuronPlace,
  [ranks, neurons]: readonly [number, number],
): NeuronPlace {
  const to = clamp(rank + ranks, widths.length);
  const share = (index + 0.5) / widths[rank]!;
  const there = to === rank ? index : Math.floor(share * widths[to]!);
  return { rank: to, index: clamp(there + neurons, widths[to]!) };
}

function clamp(index: number, count: number): number {
  return Math.max(0, Math.min(index, count - 1));
}
