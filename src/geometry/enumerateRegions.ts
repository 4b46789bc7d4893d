import { InvalidInputError } from '../input/invalidInput.ts';
import type { PlaneNetwork } from '../model/planeNetwork.ts';
import { architectureOf } from './architecture.ts';
import {
  type Arrangement,
  type Cell,
  DEFAULT_MAX_REGIONS,
  type DetailedArrangement,
  type DetailedDecision,
  type EnumerateOptions,
  LimitExceededError,
  type PlaneWindow,
  WINDOW_MAX,
} from './arrangement.ts';
import { regionBounds } from './bounds.ts';
import { type CutResult, cutCells } from './cutCells.ts';
import { Decisions } from './decisions.ts';
import { describeCells } from './describeCells.ts';
import { findLinearRegions, type LinearRegions } from './linearRegions.ts';
import { prepareNetwork } from './preparedNetwork.ts';
import { findReach, findVertices } from './vertices.ts';

/**
 * Every region of a piecewise linear network 2 → hidden… → K, over a window or over the whole plane.
 *
 * Layer by layer, each neuron's zero line, pulled back through the affine map of the layers below,
 * cuts the convex cells that it crosses. Every sign is decided in float64 with an error bound, or
 * else in integers; so coincidences (hinges through one point, on each other, parallel, neurons
 * that are 0 on a whole region) are recognised, and the counts hold for them too. If the
 * pre-activation of a neuron is 0 on a whole region, the neuron counts as inactive there.
 *
 * Source: M. Raghu et al., "On the expressive power of deep neural networks", ICML 2017, Theorem 1
 * (hinges of a layer cut the convex polytopes of the layers before); the whole plane by
 * homogeneous coordinates, as in J. Stolfi, "Oriented projective geometry" (1991).
 *
 * @throws InvalidInputError for an invalid network or window.
 * @throws LimitExceededError above `maxRegions`.
 * @throws CancelledError once `cancelled()` is true.
 */
export function enumerateRegions(
  network: PlaneNetwork,
  options: EnumerateOptions & { readonly cells: true },
): DetailedArrangement;
export function enumerateRegions(
  network: PlaneNetwork,
  options: EnumerateOptions,
): Arrangement | DetailedArrangement;
export function enumerateRegions(
  network: PlaneNetwork,
  options: EnumerateOptions,
): Arrangement | DetailedArrangement {
  const {
    window,
    maxRegions = DEFAULT_MAX_REGIONS,
    onProgress,
    cancelled = () => false,
    wins = 'greatest',
  } = options;
  if (window) checkWindow(window);
  if (!(maxRegions >= 1)) {
    throw new InvalidInputError('maxRegions', maxRegions, 'a number of at least 1');
  }
  const prepared = prepareNetwork(network, window);
  const outputs = prepared.output.outputs;
  const total = prepared.neurons + outputs;
  let done = 0;
  const cut = cutCells(prepared, options, (regions) => onProgress?.(++done, total, regions));
  const linear = findLinearRegions(cut, cancelled);
  // Cells of one region, and those of the beginning, were not counted as regions.
  if (linear.activationRegions > maxRegions) throw new LimitExceededError('regions', maxRegions);
  const counts = summarize(network, window, cut, linear);
  const step = () => onProgress?.(++done, total, counts.activationRegions);
  step();
  const details = options.cells ? describeCells(cut, linear, window) : null;
  // This cuts the cells further, so that it comes last.
  const decisions =
    outputs > 1
      ? new Decisions(cut, window, {
          wins,
          maxPieces: PIECES_PER_REGION * maxRegions,
          cancelled,
          onOutput: step,
        })
      : null;
  if (details === null) return { ...counts, decision: decisions?.count() ?? null };
  const decision = decisions?.describe(linear.activationRegion) ?? null;
  return { ...counts, ...details, cells: withClasses(details.cells, decision), decision };
}

function summarize(
  network: PlaneNetwork,
  window: PlaneWindow | null,
  cut: CutResult,
  linear: LinearRegions,
): Omit<Arrangement, 'decision'> {
  const vertices = findVertices(cut);
  const reach = findReach(cut, vertices);
  return {
    window,
    network,
    activationRegions: linear.activationRegions,
    linearRegions: linear.linearRegions,
    affineFunctions: linear.affineFunctions,
    vertices: vertices.length,
    unbounded: countUnbounded(cut, linear),
    reach,
    // Exact arithmetic decides what the filter leaves open.
    certified: true,
    exactDecisions: cut.exact.count,
    generic: cut.generic,
    bounds: regionBounds(architectureOf(network)),
  };
}

/** Lines between classes cut regions further; above this many pieces each on average, enumeration gives up. */
const PIECES_PER_REGION = 8;

/** Adds to each cell the classes that win in it. */
function withClasses(
  cells: readonly Omit<Cell, 'classes'>[],
  decision: DetailedDecision | null,
): Cell[] {
  const classes = cells.map(() => new Set<number>());
  for (const piece of decision?.pieces ?? []) classes[piece.cell].add(piece.class);
  return cells.map((cell, i) => ({ ...cell, classes: [...classes[i]].sort((a, b) => a - b) }));
}

/** A cell is unbounded if it has a corner at infinity. */
function countUnbounded({ subdivision }: CutResult, { activationRegion }: LinearRegions): number {
  const unbounded = new Set<number>();
  subdivision.loops.forEach((loop, cell) => {
    if (loop.some((edge) => subdivision.isAtInfinity(subdivision.startOf(edge, cell)))) {
      unbounded.add(activationRegion[cell]);
    }
  });
  return unbounded.size;
}

function checkWindow(window: PlaneWindow): void {
  for (const part of ['center', 'centerLow'] as const) {
    const place = window[part];
    if (place === undefined) continue;
    if (!(Math.abs(place[0]) <= WINDOW_MAX && Math.abs(place[1]) <= WINDOW_MAX)) {
      const expected = `two numbers of at most ${WINDOW_MAX} in size`;
      throw new InvalidInputError(`window.${part}`, place, expected);
    }
  }
  for (const axis of ['x', 'y'] as const) {
    const [low, high] = window[axis];
    if (!(Math.abs(low) <= WINDOW_MAX && Math.abs(high) <= WINDOW_MAX && low < high)) {
      const expected = `two numbers, the first one smaller, of at most ${WINDOW_MAX} in size`;
      throw new InvalidInputError(`window.${axis}`, window[axis], expected);
    }
  }
}
