import {
  type Arrangement,
  type DetailedArrangement,
  type PlaneWindow,
  WINDOW_MAX,
} from '../geometry/arrangement.ts';
import type { CellFeature } from '../geometry/arrangementToJson.ts';
import { toFeatureCollection } from '../geometry/arrangementToJson.ts';
import { InvalidInputError } from '../input/invalidInput.ts';
import { readArray, readBoolean, readObject, rejectUnknownKeys } from '../input/plainJson.ts';
import type { Vec2 } from '../model/field.ts';
import type { View } from '../view/view.ts';

/** The square of a view: centre ± half-width. */
export type RegionsView = Pick<View, 'center' | 'halfWidth'> & Partial<Pick<View, 'centerLow'>>;

/** A script's request. */
export interface RegionsRequest {
  /**
   * null for the whole plane. Sides, and with them corners, are relative to `center` + `centerLow` if given;
   * so are those of a view, whose sides follow from its half-width.
   */
  readonly window: PlaneWindow | RegionsView | null;
  /** Whether the regions themselves are requested, not only their numbers. */
  readonly cells?: boolean;
}

/** A validated request. */
export interface CheckedRequest {
  readonly window: PlaneWindow | null;
  readonly cells?: boolean;
}

/** One activation region: its corners, neighbours, pattern and affine map. */
export type RegionCell = CellFeature['properties'];

/** Counts of a window or of the whole plane: `Arrangement` without its network. */
export interface RegionsResult extends Omit<Arrangement, 'network'> {
  readonly cells?: readonly RegionCell[];
}

const BOUNDED = `of at most ${WINDOW_MAX} in size`;

/** @throws InvalidInputError that says what was received and what is expected */
export function validateRegionsRequest(request: unknown): CheckedRequest {
  const object = readObject(request, 'request', '{window: null or {x, y}, cells?}');
  rejectUnknownKeys(object, ['window', 'cells'], '', 'a request');
  const { window, cells } = object;
  return {
    window: window === null ? null : readWindow(window),
    cells: cells === undefined ? undefined : readBoolean(cells, 'cells'),
  };
}

function readWindow(window: unknown): PlaneWindow {
  const object = readObject(
    window,
    'window',
    'null, {x: [x0, x1], y: [y0, y1], center?, centerLow?} or {center, centerLow?, halfWidth}',
  );
  rejectUnknownKeys(object, ['x', 'y', 'center', 'centerLow', 'halfWidth'], 'window', 'a window');
  const { x, y, center, centerLow, halfWidth } = object;
  if (halfWidth === undefined) {
    const sides = { x: readSide(x, 'window.x'), y: readSide(y, 'window.y') };
    return center === undefined && centerLow === undefined
      ? sides
      : { ...sides, ...readCenter(center ?? [0, 0], centerLow) };
  }
  for (const [name, side] of Object.entries({ x, y })) {
    if (side !== undefined) {
      throw new InvalidInputError(`window.${name}`, side, 'either sides or a half-width');
    }
  }
  if (!(isCoordinate(halfWidth) && halfWidth > 0)) {
    throw new InvalidInputError('window.halfWidth', halfWidth, `a positive number ${BOUNDED}`);
  }
  return {
    x: [-halfWidth, halfWidth],
    y: [-halfWidth, halfWidth],
    ...readCenter(center, centerLow),
  };
}

function readCenter(center: unknown, centerLow: unknown = [0, 0]) {
  const expected = `[x, y], numbers ${BOUNDED}`;
  return {
    center: readCoordinates(center, 'window.center', expected),
    centerLow: readCoordinates(centerLow, 'window.centerLow', expected),
  };
}

function readSide(side: unknown, path: string): Vec2 {
  const expected = `[min, max], numbers in increasing order ${BOUNDED}`;
  const [least, greatest] = readCoordinates(side, path, expected);
  if (!(least < greatest)) throw new InvalidInputError(path, side, expected);
  return [least, greatest];
}

function readCoordinates(pair: unknown, path: string, expected: string): Vec2 {
  const [a, b] = readArray(pair, path, [2, 2], expected);
  if (!isCoordinate(a) || !isCoordinate(b)) throw new InvalidInputError(path, pair, expected);
  return [a, b];
}

/** Squares of allowed coordinates stay far from overflow. */
function isCoordinate(value: unknown): value is number {
  return Number.isFinite(value) && Math.abs(Number(value)) <= WINDOW_MAX;
}

/** An arrangement in the form for scripts. */
export function regionsResult(arrangement: Arrangement | DetailedArrangement): RegionsResult {
  const { network: _network, ...rest } = arrangement;
  if (!('cells' in rest)) return rest;
  const { points: _points, edges: _edges, cutTree: _cutTree, cells: _cells, ...counts } = rest;
  const { features } = toFeatureCollection(arrangement as DetailedArrangement);
  return { ...counts, cells: features.map(({ properties }) => properties) };
}
