import {
  type Arrangement,
  type Decision,
  type DetailedArrangement,
  type PlaneWindow,
  WINDOW_MAX,
} from '../geometry/arrangement.ts';
import { cellFeatures, type RegionCell } from '../geometry/arrangementToJson.ts';
import { InvalidInputError } from '../input/invalidInput.ts';
import {
  readArray,
  readBoolean,
  readObject,
  readOneOf,
  rejectUnknownKeys,
} from '../input/plainJson.ts';
import type { Vec2 } from '../model/field.ts';
import { WINS, type Wins } from '../model/readouts.ts';
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
  /** Which output wins where there are several: 'greatest' (the default) or 'least'. */
  readonly wins?: Wins;
}

/** A validated request. */
export interface CheckedRequest {
  readonly window: PlaneWindow | null;
  readonly cells?: boolean;
  readonly wins?: Wins;
}

/** Which output wins where. */
export type DecisionResult = Pick<Decision, 'regions' | 'classes' | 'boundaryLength'>;

/** Counts of a window or of the whole plane: `Arrangement` without its network. */
export interface RegionsResult extends Omit<Arrangement, 'network' | 'decision'> {
  readonly cells?: readonly RegionCell[];
  /** Where which output wins, if there are several. */
  readonly decision?: DecisionResult;
}

const BOUNDED = `of at most ${WINDOW_MAX} in size`;

/** @throws InvalidInputError that says what was received and what is expected */
export function validateRegionsRequest(request: unknown): CheckedRequest {
  const object = readObject(request, 'request', '{window: null or {x, y}, cells?, wins?}');
  rejectUnknownKeys(object, ['window', 'cells', 'wins'], '', 'a request');
  const { window, cells, wins } = object;
  return {
    window: window === null ? null : readWindow(window),
    cells: cells === undefined ? undefined : readBoolean(cells, 'cells'),
    wins: wins === undefined ? undefined : readOneOf(wins as string, 'wins', WINS),
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
  const { network: _network, decision, ...rest } = arrangement;
  const {
    points: _p,
    edges: _e,
    cutTree: _c,
    cells: _cells,
    ...counts
  } = rest as Omit<DetailedArrangement, 'network' | 'decision'>;
  return {
    ...counts,
    ...(decision ? { decision: decisionResult(decision) } : {}),
    ...('cells' in arrangement
      ? { cells: cellFeatures(arrangement).map(({ properties }) => properties) }
      : {}),
  };
}

function decisionResult({ regions, classes, boundaryLength }: Decision): DecisionResult {
  return { regions, classes, boundaryLength };
}
