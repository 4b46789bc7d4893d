import { isMadeOfFacets } from '../kernels/composeFacets.ts';
import { shiftOf } from '../kernels/packFacets.ts';
import { prepareField } from '../kernels/prepareField.ts';
import { FACET_MAP_SIZE, type Facets } from '../model/facets.ts';
import type { Vec2 } from '../model/field.ts';
import type { PlaneNetwork } from '../model/planeNetwork.ts';
import { resolve } from '../model/resolve.ts';
import type { DoubleDouble } from '../numeric/doubleDouble.ts';
import type { State } from '../state/state.ts';
import { extent, type View } from '../view/view.ts';

/** A rectangle relative to a point of the plane, as `PlaneWindow` of src/geometry. */
export interface FacetWindow {
  readonly center: Vec2;
  readonly centerLow: Vec2;
  readonly x: Vec2;
  readonly y: Vec2;
}

/** The network whose facets a picture needs, and where. */
export interface FacetRequest {
  readonly network: PlaneNetwork;
  readonly window: FacetWindow;
}

/**
 * Cuts a network into its facets, at most so many. @returns null if there are more, or if it cannot be done here: kernels evaluate the
 * network then
 */
export type CutFacets = (
  request: FacetRequest,
  most: number,
  signal: AbortSignal,
) => Promise<Facets | null>;

/**
 * N neurons make up to about N² / 2 regions in a view that shows them all, of which a core cuts 20,000 a second: with more,
 * kernels are faster.
 */
const NEURONS_MAX = 320;
/** The lines of a readout are written out for each output. */
const OUTPUTS_MAX = 16;
/** Above this number of facets the cutting is given up. */
export const FACETS_MAX = 60_000;

/** Facets reach beyond the picture by this part of it: lines on its border have a width. */
const MARGIN = 1 / 64;
/** How far a later view may be zoomed into facets: their corners have errors of 2⁻³⁰ of their window. */
const DEEPEST = 2 ** -10;
/** The greatest error of an output, in parts of its greatest change over the half-width of a view. */
const ERROR_MAX = 1e-9;

/**
 * What is needed to draw a state by facets; null if kernels draw it: networks small enough for straight-line code, and what
 * facets do not know.
 */
export function facetRequestOf(
  { field, quantity, projection, view }: State,
  widthPx: number,
  heightPx: number,
): FacetRequest | null {
  if (projection.kind !== 'plane' || !isMadeOfFacets(quantity)) return null;
  // A hidden neuron is an output of a part of the network.
  if (field.readout.kind === 'neuron') return null;
  const resolved = resolve(field);
  const { whole } = resolved;
  if (!whole.isPiecewiseLinear || whole.layers.at(-1)!.outputs > OUTPUTS_MAX) return null;
  const neurons = whole.layers.slice(0, -1).reduce((sum, { outputs }) => sum + outputs, 0);
  if (neurons > NEURONS_MAX || prepareField(resolved).form !== 'layered') return null;
  const { center, centerLow, halfWidth } = view;
  const { halfX, halfY } = extent(widthPx, heightPx);
  const side = (half: number): Vec2 => {
    const reach = halfWidth * half * (1 + MARGIN);
    return [-reach, reach];
  };
  return { network: whole, window: { center, centerLow, x: side(halfX), y: side(halfY) } };
}

/** Whether facets of a network suffice for what is needed of it. */
export function areEnough(facets: Facets, { window }: FacetRequest): boolean {
  const [x, y] = ([0, 1] as const).map((axis): DoubleDouble => {
    return { high: window.center[axis], low: window.centerLow[axis] };
  });
  const shift = shiftOf(facets, { x: x!, y: y! });
  return (['x', 'y'] as const).every((side, axis) => {
    const [least, greatest] = facets[side];
    const [low, high] = window[side];
    const isWithin = least + shift[axis]! <= low && greatest + shift[axis]! >= high;
    return isWithin && high - low >= DEEPEST * (greatest - least);
  });
}

/** Whether the outputs of facets have digits enough for a view: in the deepest ones float64 has not. */
export function areExact({ maps, error }: Facets, { halfWidth }: View): boolean {
  let steepest = 0;
  for (let map = 0; map < maps.length; map += FACET_MAP_SIZE) {
    steepest = Math.max(steepest, Math.abs(maps[map]!), Math.abs(maps[map + 1]!));
  }
  return error <= ERROR_MAX * steepest * halfWidth;
}
