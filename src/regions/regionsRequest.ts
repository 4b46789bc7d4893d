import {
  type Arrangement,
  type DetailedArrangement,
  type PlaneWindow,
  WINDOW_MAX,
} from '../geometry/arrangement.ts';
import type { CellFeature } from '../geometry/arrangementToJson.ts';
import { toFeatureCollection } from '../geometry/arrangementToJson.ts';
import { InvalidInputError } from '../input/invalidInput.ts';
import type { Vec2 } from '../model/field.ts';
import type { View } from '../view/view.ts';

/** The square of a view: centre ± half-width. */
export type RegionsView = Pick<View, 'center' | 'halfWidth'> & Partial<Pick<View, 'centerLow'>>;

/** What a script asks for. */
export interface RegionsRequest {
  /**
   * null for the whole plane. Sides count from `center` + `centerLow` if it is given, and with them
   * corners do; a view does the same, and says its sides by its half-width.
   */
  readonly window: PlaneWindow | RegionsView | null;
  /** Whether the regions themselves are wanted, not only their numbers. */
  readonly cells?: boolean;
}

/** A request that was looked over. */
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

/** @throws InvalidInputError that names what was received and what is expected */
export function validateRegionsRequest(request: unknown): CheckedRequest {
  if (typeof request !== 'object' || request === null) {
    throw new InvalidInputError('request', request, '{window: null or {x, y}, cells?}');
  }
  const { window, cells, ...rest } = request as Record<string, unknown>;
  refuseUnknown('', rest, 'window or cells');
  if (cells !== undefined && typeof cells !== 'boolean') {
    throw new InvalidInputError('cells', cells, 'true or false');
  }
  return { window: window === null ? null : validateWindow(window), cells };
}

function validateWindow(window: unknown): PlaneWindow {
  if (typeof window !== 'object' || window === null) {
    throw new InvalidInputError(
      'window',
      window,
      'null, {x: [x0, x1], y: [y0, y1], center?, centerLow?} or {center, centerLow?, halfWidth}',
    );
  }
  const { x, y, center, centerLow, halfWidth, ...rest } = window as Record<string, unknown>;
  refuseUnknown('window.', rest, 'x, y, center, centerLow or halfWidth');
  if (halfWidth === undefined) {
    const sides = { x: validateSide('window.x', x), y: validateSide('window.y', y) };
    return center === undefined && centerLow === undefined
      ? sides
      : { ...sides, ...validateCenter(center ?? [0, 0], centerLow) };
  }
  for (const [name, side] of Object.entries({ x, y })) {
    if (side !== undefined) {
      throw new InvalidInputError(`window.${name}`, side, 'either sides or a half-width');
    }
  }
  if (!(isPlace(halfWidth) && (halfWidth as number) > 0)) {
    throw new InvalidInputError('window.halfWidth', halfWidth, `a positive number ${BOUNDED}`);
  }
  const half = halfWidth as number;
  return { x: [-half, half], y: [-half, half], ...validateCenter(center, centerLow) };
}

function validateCenter(center: unknown, centerLow: unknown = [0, 0]) {
  return {
    center: validatePlace('window.center', center),
    centerLow: validatePlace('window.centerLow', centerLow),
  };
}

function validatePlace(path: string, place: unknown): Vec2 {
  if (!Array.isArray(place) || place.length !== 2 || !place.every(isPlace)) {
    throw new InvalidInputError(path, place, `[x, y], numbers ${BOUNDED}`);
  }
  return [place[0] as number, place[1] as number];
}

/** Whether it may be a coordinate: squares of these stay far from overflow. */
function isPlace(value: unknown): boolean {
  return Number.isFinite(value) && Math.abs(value as number) <= WINDOW_MAX;
}

function refuseUnknown(path: string, rest: Record<string, unknown>, expected: string): void {
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw new InvalidInputError(path + unknown, rest[unknown], expected);
}

function validateSide(path: string, side: unknown): readonly [number, number] {
  const expected = `[least, greatest], numbers in rising order ${BOUNDED}`;
  if (!Array.isArray(side) || side.length !== 2) throw new InvalidInputError(path, side, expected);
  const [least, greatest] = side as unknown[];
  if (!isPlace(least) || !isPlace(greatest)) {
    throw new InvalidInputError(path, side, expected);
  }
  const [from, to] = [least as number, greatest as number];
  if (!(from < to)) throw new InvalidInputError(path, side, expected);
  return [from, to];
}

/** An arrangement as scripts get it. */
export function regionsResult(arrangement: Arrangement | DetailedArrangement): RegionsResult {
  const { network: _network, ...rest } = arrangement;
  if (!('cells' in rest)) return rest;
  const { points: _points, edges: _edges, cutTree: _cutTree, cells: _cells, ...counts } = rest;
  const { features } = toFeatureCollection(arrangement as DetailedArrangement);
  return { ...counts, cells: features.map(({ properties }) => properties) };
}
