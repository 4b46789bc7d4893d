import { FACET_MAP_SIZE, type Facets } from '../model/facets.ts';
import type { PlaneNetwork } from '../model/planeNetwork.ts';
import type { EnumerateOptions, PlaneWindow } from './arrangement.ts';
import { Coordinates } from './coordinates.ts';
import { type CutResult, cutCells } from './cutCells.ts';
import { FORM_SIZE } from './homogeneous.ts';
import { prepareNetwork } from './preparedNetwork.ts';

/**
 * The regions of a piecewise linear network in a window, as `enumerateRegions` cuts them, for drawing: without counts, neighbours
 * and classes, which take as long again.
 *
 * @throws InvalidInputError for an invalid network.
 * @throws LimitExceededError above `maxRegions`.
 * @throws CancelledError once `cancelled()` is true.
 */
export function cutFacets(
  network: PlaneNetwork,
  window: PlaneWindow,
  options: Pick<EnumerateOptions, 'maxRegions' | 'onProgress' | 'cancelled'> = {},
): Facets {
  const { onProgress } = options;
  const prepared = prepareNetwork(network, window);
  let done = 0;
  const cut = cutCells(prepared, { ...options, window }, (regions) =>
    onProgress?.(++done, prepared.neurons, regions),
  );
  const places = placesOf(cut, window);
  return {
    center: window.center ?? [0, 0],
    centerLow: window.centerLow ?? [0, 0],
    x: window.x,
    y: window.y,
    ...outlinesOf(cut, places),
    outputs: prepared.output.outputs,
    ...mapsOf(cut),
    ...hingesOf(cut, network, places),
  };
}

/** Places need not be better known, in parts of the window's shorter side: no picture shows such a distance. */
const TOLERANCE = 2 ** -30;

/** [points, 2] */
function placesOf(cut: CutResult, window: PlaneWindow): Float64Array {
  const coordinates = new Coordinates(cut, window);
  const { count } = cut.subdivision.points;
  const most = TOLERANCE * Math.min(window.x[1] - window.x[0], window.y[1] - window.y[0]);
  const places = new Float64Array(2 * count);
  for (let point = 0; point < count; point += 1) {
    const estimate = coordinates.estimate(point);
    const { x, y } = estimate.error <= most ? estimate : coordinates.exactPlace(point);
    places[2 * point] = x;
    places[2 * point + 1] = y;
  }
  return places;
}

function outlinesOf(
  { subdivision }: CutResult,
  places: Float64Array,
): Pick<Facets, 'firstCorner' | 'corners'> {
  const { loops } = subdivision;
  const firstCorner = new Uint32Array(loops.length + 1);
  loops.forEach((loop, cell) => {
    firstCorner[cell + 1] = firstCorner[cell]! + loop.length;
  });
  const corners = new Float64Array(2 * firstCorner[loops.length]!);
  let at = 0;
  loops.forEach((loop, cell) => {
    for (const edge of loop) {
      const point = subdivision.startOf(edge, cell);
      corners[at++] = places[2 * point]!;
      corners[at++] = places[2 * point + 1]!;
    }
  });
  return { firstCorner, corners };
}

function mapsOf({ outputs: forms }: CutResult): Pick<Facets, 'maps' | 'error'> {
  const maps = new Float64Array((forms.length / FORM_SIZE) * FACET_MAP_SIZE);
  let error = 0;
  for (let from = 0, to = 0; from < forms.length; from += FORM_SIZE, to += FACET_MAP_SIZE) {
    for (let i = 0; i < FACET_MAP_SIZE; i += 1) maps[to + i] = forms[from + i]!;
    error = Math.max(error, forms[from + FORM_SIZE - 1]!);
  }
  return { maps, error };
}

/** The edges on the hinges of neurons; not those on the window's border. */
function hingesOf(
  { subdivision, network: { hidden, neurons } }: CutResult,
  { layers }: PlaneNetwork,
  places: Float64Array,
): Pick<Facets, 'hinges' | 'hingeLayers'> {
  const layerOf = new Uint8Array(neurons);
  hidden.forEach(({ offset, outputs }, layer) => {
    layerOf.fill(layers[layer]!.hiddenLayer + 1, offset, offset + outputs);
  });
  const { edgeFrom, edgeTo, edgeLine, lineNeuron } = subdivision;
  const isHinge = (line: number) => lineNeuron[line]! >= 0;
  const count = edgeLine.reduce((sum, line) => sum + Number(isHinge(line)), 0);
  const hinges = new Float64Array(4 * count);
  const hingeLayers = new Uint8Array(count);
  let hinge = 0;
  edgeLine.forEach((line, edge) => {
    if (!isHinge(line)) return;
    [edgeFrom[edge]!, edgeTo[edge]!].forEach((point, end) => {
      hinges[4 * hinge + 2 * end] = places[2 * point]!;
      hinges[4 * hinge + 2 * end + 1] = places[2 * point + 1]!;
    });
    hingeLayers[hinge] = layerOf[lineNeuron[line]!]!;
    hinge += 1;
  });
  return { hinges, hingeLayers };
}
