import type { Arrangement, DetailedArrangement, PlaneWindow } from '../../geometry/arrangement.ts';
import type { CellFeature } from '../../geometry/arrangementToJson.ts';
import { toFeatureCollection } from '../../geometry/arrangementToJson.ts';
import { InvalidInputError } from '../../model/field.ts';

/** What a script asks for. */
export interface RegionsRequest {
  /** null for the whole plane. */
  readonly window: PlaneWindow | null;
  /** Whether the regions themselves are wanted, not only their numbers. */
  readonly cells?: boolean;
}

/** One activation region: its corners, neighbours, pattern and affine map. */
export type RegionCell = CellFeature['properties'];

/** Counts of a window or of the whole plane: `Arrangement` without its network. */
export interface RegionsResult extends Omit<Arrangement, 'network'> {
  readonly cells?: readonly RegionCell[];
}

/** @throws InvalidInputError that names what was received and what is expected */
export function validateRegionsRequest(request: unknown): RegionsRequest {
  if (typeof request !== 'object' || request === null) {
    throw new InvalidInputError('request', request, '{window: null or {x, y}, cells?}');
  }
  const { window, cells, ...rest } = request as Record<string, unknown>;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw new InvalidInputError(unknown, rest[unknown], 'window or cells');
  if (cells !== undefined && typeof cells !== 'boolean') {
    throw new InvalidInputError('cells', cells, 'true or false');
  }
  return { window: window === null ? null : validateWindow(window), cells };
}

function validateWindow(window: unknown): PlaneWindow {
  if (typeof window !== 'object' || window === null) {
    throw new InvalidInputError('window', window, 'null or {x: [x0, x1], y: [y0, y1]}');
  }
  const { x, y } = window as Record<string, unknown>;
  return { x: validateSide('window.x', x), y: validateSide('window.y', y) };
}

function validateSide(path: string, side: unknown): readonly [number, number] {
  const expected = '[least, greatest], finite numbers in rising order';
  if (!Array.isArray(side) || side.length !== 2) throw new InvalidInputError(path, side, expected);
  const [least, greatest] = side as unknown[];
  if (!Number.isFinite(least) || !Number.isFinite(greatest)) {
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
