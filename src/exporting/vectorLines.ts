import { edgeMarks } from '../drawing/edgeMarks.ts';
import { logitHinges, networkHinges, type Segment } from '../drawing/hingeSegments.ts';
import { contourMarks, hingeMarks, type LineGrid } from '../drawing/lineMarks.ts';
import {
  type Cell,
  type DetailedArrangement,
  LimitExceededError,
} from '../geometry/arrangement.ts';
import { hasHinges, hasRegions } from '../model/drawnNetwork.ts';
import type { Field } from '../model/field.ts';
import type { PlaneLayer } from '../model/planeNetwork.ts';
import { isOfSamples } from '../model/quantities.ts';
import { resolve } from '../model/resolve.ts';
import type { Box, Mark } from '../overlay/marks.ts';
import type { CutFacets } from '../picture/facetPictures.ts';
import type { FrameReport } from '../picture/frameReport.ts';
import { createEvaluator } from '../reference/evaluate.ts';
import { regionPattern } from '../reference/regionPattern.ts';
import { pictureColors } from '../scales/pictureColors.ts';
import type { Selection, State } from '../state/state.ts';
import { PictureGeometry } from '../view/pictureGeometry.ts';
import type { Sampler } from './differenceGrid.ts';

/** More samples along a side than any printed line needs. */
const SIDE_MAX = 1024;
/** Values must differ by more than float64's spacing by this factor, so that lines are smooth. */
const DIGITS_MIN = 2 ** 20;

/** What the lines of an SVG are computed from. */
export interface LineSources {
  sampler(): Promise<Sampler>;
  /** The exact regions of a state's network in its picture. @throws LimitExceededError (as a rejection) */
  arrangement(state: State, geometry: PictureGeometry): Promise<DetailedArrangement>;
  /** Without it kernels evaluate all networks. */
  readonly cutFacets?: CutFacets;
}

/** Lines that a file has as pixels, or, as for edges, not at all. */
export type LineKind = 'hinges' | 'contours' | 'edges';

/** The lines of one picture as vectors, and the state of the pixels below them. */
export interface VectorLines {
  /** Without the lines that are vectors. */
  readonly ground: State;
  /** The lines that remain there. */
  readonly inPixels: readonly LineKind[];
  /** In units from the picture's corner. @param range of the colour map */
  marks(range: FrameReport['range']): readonly Mark[];
}

/** Hinges and contours of a state as vectors; what cannot be one stays in the pixels. @param plot of its picture */
export async function prepareLines(
  state: State,
  plot: Box,
  sources: LineSources,
): Promise<VectorLines> {
  const geometry = PictureGeometry.of(state.projection, plot);
  const hinges = state.hinges ? await findHinges(state, geometry, sources) : [];
  const hasContours = pictureColors(state).contours.lines;
  const grid = hasContours ? await sampleLines(state, plot, geometry, sources) : null;
  const keepsContours = hasContours && grid === null;
  return {
    ground: {
      ...state,
      hinges: hinges === null,
      contours: { ...state.contours, lines: keepsContours },
    },
    inPixels: [
      ...(hinges === null ? (['hinges'] as const) : []),
      ...(keepsContours ? (['contours'] as const) : []),
    ],
    marks: (range) => [
      ...(grid && range ? contourMarks(state, range, grid, geometry) : []),
      ...hingeMarks(hinges ?? [], geometry),
    ],
  };
}

/**
 * The exact edges of a network's regions, the lines between its classes and its selected region, which a state shows; null if
 * it shows more regions than can be drawn.
 */
export async function prepareEdges(
  state: State,
  plot: Box,
  sources: LineSources,
): Promise<readonly Mark[] | null> {
  const { field, view, projection, edges, selection } = state;
  if (!edges || !hasRegions(field.network)) return [];
  const geometry = PictureGeometry.of(projection, plot);
  try {
    const arrangement = await sources.arrangement(state, geometry);
    // The only region of an affine network needs no outline.
    const isOutlined = selection !== null && hasHinges(field.network);
    const selected = isOutlined ? cellAt(arrangement, field, selection) : null;
    return edgeMarks(arrangement, view, selected, geometry);
  } catch (error) {
    if (error instanceof LimitExceededError) return null;
    throw error;
  }
}

/** The region that holds a point; null if it is out of the arrangement's window. */
function cellAt(
  { cells }: DetailedArrangement,
  field: Field,
  { point, pointLow }: Selection,
): Cell | null {
  const [x, y] = ([0, 1] as const).map((axis) => ({ high: point[axis], low: pointLow[axis] }));
  const pattern = regionPattern(createEvaluator(field), x!, y!).join(' ');
  return cells.find((cell) => cell.pattern.join(' ') === pattern) ?? null;
}

/** The hinges of each layer; null if there are too many to be useful as vectors. */
async function findHinges(
  state: State,
  geometry: PictureGeometry,
  sources: LineSources,
): Promise<Segment[][] | null> {
  const { field, view } = state;
  const { plane } = resolve(field);
  if (plane.layers.length === 1)
    return [logitHinges(tiesOf(plane.layers[0]!), view, geometry.reach)];
  if (!plane.isPiecewiseLinear) return null;
  try {
    return networkHinges(await sources.arrangement(state, geometry), view);
  } catch (error) {
    if (error instanceof LimitExceededError) return null;
    throw error;
  }
}

/** The logits whose ties are the hinges: the outputs, or 0 and the only one. */
function tiesOf(layer: PlaneLayer): PlaneLayer {
  if (layer.outputs > 1) return layer;
  const withZero = (values: Float64Array, zeros: number) =>
    Float64Array.of(...new Array<number>(zeros).fill(0), ...values);
  return { ...layer, outputs: 2, weight: withZero(layer.weight, 2), bias: withZero(layer.bias, 1) };
}

/**
 * Samples from which contour lines follow; null for a log-radial picture, whose samples are not a rectangle of the plane,
 * and for a view so deep that its values in float64 have too few digits.
 */
async function sampleLines(
  { field, quantity, view, gridSamples, projection }: State,
  { width, height }: Box,
  { extent: { halfX, halfY } }: PictureGeometry,
  sources: LineSources,
): Promise<LineGrid | null> {
  if (projection.kind !== 'plane') return null;
  // np.gradient is that of its own samples; other quantities have one sample per unit.
  const ofSquare = { x: 1, y: 1, width: gridSamples, height: gridSamples };
  const ofPicture = { x: halfX, y: halfY, width: sideOf(width), height: sideOf(height) };
  const { x, y, ...counts } = isOfSamples(quantity) ? ofSquare : ofPicture;
  const { center, centerLow, halfWidth } = view;
  const sides = {
    x: [-x * halfWidth, x * halfWidth],
    y: [-y * halfWidth, y * halfWidth],
  } as const;
  const sampler = await sources.sampler();
  const { values } = await sampler.sample({
    ...{ field, quantity, center, centerLow },
    ...sides,
    ...counts,
  });
  return hasDigits(values) ? { values, ...counts, x: [-x, x], y: [-y, y] } : null;
}

function sideOf(units: number): number {
  return Math.min(SIDE_MAX, Math.max(2, Math.round(units) + 1));
}

function hasDigits(values: Float64Array): boolean {
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }
  const spacing = Number.EPSILON * Math.max(Math.abs(least), Math.abs(greatest));
  return greatest - least > DIGITS_MIN * spacing;
}
