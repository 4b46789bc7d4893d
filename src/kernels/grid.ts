import { add, type Point, twoSum, ZERO } from '../numeric/doubleDouble.ts';
import { CONTOUR_WIDTH, HINGE_WIDTH } from '../view/lineWidths.ts';
import {
  cornerRadius,
  lengthAt,
  PLANE,
  type Projection,
  type ProjectionKind,
} from '../view/projection.ts';
import type { View } from '../view/view.ts';
import type { Anchor } from './anchor.ts';

/**
 * A grid of samples relative to an anchor: sample (column, row) lies at
 * anchor + halfWidth · ((column, row) − origin) · step, row 0 lowest. In a log-radial picture that is
 * its place in the picture, and its distance from the anchor is halfWidth · 2^(rate · (radius − outerRadius)).
 */
export interface Grid {
  readonly anchor: Anchor;
  /** Columns and rows. */
  readonly width: number;
  readonly height: number;
  readonly origin: readonly [number, number];
  readonly step: readonly [number, number];
  /** np.gradient's unit of spacing, in samples. */
  readonly samplesPerUnit: number;
  /** Half the width of a hinge line, in samples. */
  readonly hingeHalfWidth: number;
  /** The same of a contour line. */
  readonly contourHalfWidth: number;
  /** null for an even grid of the plane. */
  readonly radial: { readonly rate: number; readonly outerRadius: number } | null;
}

/** The kind of a grid's picture, which determines the kernel. */
export function kindOf(grid: Grid): ProjectionKind {
  return grid.radial ? 'logRadial' : 'plane';
}

/** Lines as wide as they are if a sample is one unit of text. */
const UNIT_LINES = { hingeHalfWidth: HINGE_WIDTH / 2, contourHalfWidth: CONTOUR_WIDTH / 2 };

/** The grid with lines this many times as wide. */
export function widenLines(grid: Grid, factor: number): Grid {
  return {
    ...grid,
    hingeHalfWidth: factor * grid.hingeHalfWidth,
    contourHalfWidth: factor * grid.contourHalfWidth,
  };
}

/**
 * The grid of a picture: cells that tile a view of widthPx × heightPx device pixels, sampled in
 * their middles. Lines have a device pixel for each unit of their width.
 * @param samplesPerPx samples per device pixel and axis; below 1 while something moves.
 */
export function pictureGrid(
  view: View,
  widthPx: number,
  heightPx: number,
  samplesPerPx: number,
  projection: Projection = PLANE,
): Grid {
  const width = Math.max(2, Math.round(widthPx * samplesPerPx));
  const height = Math.max(2, Math.round(heightPx * samplesPerPx));
  const shorter = Math.min(widthPx, heightPx);
  const longer = Math.max(widthPx, heightPx);
  const corner = cornerRadius(widthPx, heightPx);
  const radial = radialOf(projection, corner);
  const halfWidth =
    view.halfWidth * (radial ? lengthAt(projection, radial.outerRadius) : longer / shorter);
  const unit = radial ? shorter : longer;
  const anchor = {
    x: { high: view.center[0], low: view.centerLow[0] },
    y: { high: view.center[1], low: view.centerLow[1] },
    halfWidth,
    reach: radial ? lengthAt(projection, corner) / lengthAt(projection, radial.outerRadius) : 1,
  };
  const grid = {
    anchor,
    width,
    height,
    origin: [(width - 1) / 2, (height - 1) / 2],
    step: [(2 * widthPx) / unit / width, (2 * heightPx) / unit / height],
    radial,
    samplesPerUnit: 1,
    ...UNIT_LINES,
  } as const;
  return widenLines(grid, samplesPerPx);
}

/**
 * Evenly spaced samples of the square of a picture, end points included: of centre ± half-width in the plane,
 * and of the same square of the picture in a log-radial one. Its anchor is that of `pictureGrid`.
 * @param side samples along each side, at least 2
 * @param samplesPerUnit np.gradient's unit of spacing, in samples
 */
export function squareGrid(
  view: View,
  side: number,
  widthPx: number,
  heightPx: number,
  projection: Projection = PLANE,
  samplesPerUnit = 1,
): Grid {
  const grid = pictureGrid(view, widthPx, heightPx, 1, projection);
  // Half the square's side in units of the anchor.
  const half = grid.radial ? 1 : Math.min(widthPx, heightPx) / Math.max(widthPx, heightPx);
  const step = (2 * half) / (side - 1);
  return {
    ...grid,
    width: side,
    height: side,
    origin: [(side - 1) / 2, (side - 1) / 2],
    step: [step, step],
    samplesPerUnit,
  };
}

/**
 * The unit of a log-radial picture is the largest distance that it shows, so that no coordinate is
 * longer than 1: the forms for small views, and float32, rely on it. For a picture many times as wide
 * as high it is at most this many decades above the half-width, for the sake of the innermost distances.
 */
export const UNIT_DECADES = 18;

function radialOf(projection: Projection, corner: number): Grid['radial'] {
  if (projection.kind === 'plane') return null;
  const { decades } = projection;
  return {
    rate: decades * Math.log2(10),
    outerRadius: Math.min(corner, 1 + UNIT_DECADES / decades),
  };
}

/** A part of a grid, whose samples keep their places; rows count from the lowest. */
export function cropGrid(
  grid: Grid,
  left: number,
  bottom: number,
  width: number,
  height: number,
): Grid {
  return { ...grid, width, height, origin: [grid.origin[0] - left, grid.origin[1] - bottom] };
}

const ORIGIN: Point = { x: ZERO, y: ZERO };

/**
 * The grid of np.linspace(x0, x1, width) × np.linspace(y0, y1, height), end points included.
 * An axis with one sample has it at the start, like linspace.
 * @param from the point to which x and y are relative
 */
export function linspaceGrid(
  x: readonly [number, number],
  y: readonly [number, number],
  width: number,
  height: number,
  from: Point = ORIGIN,
): Grid {
  const across = axis(x, width);
  const up = axis(y, height);
  // A grid without extent still needs a unit of length.
  const halfWidth = Math.max(Math.abs(across.half), Math.abs(up.half)) || 1;
  return {
    anchor: {
      x: add(across.center, from.x),
      y: add(up.center, from.y),
      halfWidth,
      reach: 1,
    },
    width,
    height,
    origin: [(width - 1) / 2, (height - 1) / 2],
    step: [across.step / halfWidth, up.step / halfWidth],
    radial: null,
    samplesPerUnit: 1,
    ...UNIT_LINES,
  };
}

function axis([start, stop]: readonly [number, number], count: number) {
  if (count === 1) return { center: { high: start, low: 0 }, half: 0, step: 0 };
  const half = stop / 2 - start / 2;
  // The middle of two close float64 numbers is not always one.
  return { center: twoSum(start / 2, stop / 2), half, step: (2 * half) / (count - 1) };
}
