import { readDataSpec } from '../data/readDataSpec.ts';
import { InvalidInputError } from '../input/invalidInput.ts';
import {
  type PlainObject,
  readBoolean,
  readInteger,
  readNumber,
  readObject,
  readOneOf,
  readPair,
  rejectUnknownKeys,
} from '../input/plainJson.ts';
import type { Field, Quantity, Vec2 } from '../model/field.ts';
import {
  requireQuantity,
  validateField,
  validateNetwork,
  validateQuantity,
} from '../model/fieldValidation.ts';
import { validateImageChoice } from '../model/imageShape.ts';
import { isOfSamples } from '../model/quantities.ts';
import { twoSum } from '../numeric/doubleDouble.ts';
import { COLORMAP_NAMES } from '../scales/colormaps.ts';
import { NORM_KINDS, type Norm, THRESHOLD_MAX, THRESHOLD_MIN } from '../scales/norms.ts';
import {
  DECADES_DEFAULT,
  DECADES_MAX,
  DECADES_MIN,
  PROJECTION_KINDS,
  type Projection,
} from '../view/projection.ts';
import { CENTER_MAX, HALF_WIDTH_MAX, HALF_WIDTH_MIN, type View } from '../view/view.ts';
import { DEFAULT_STATE } from './defaults.ts';
import { fitsRun, type ShownRun, startOf, validateRun } from './shownRun.ts';
import type { Contours, Frame, Range, Selection, State } from './state.ts';

/** Largest end of a fixed range: beyond any value of a valid field in a valid view, so that every range can be fixed. */
export const RANGE_MAX = 1e100;
/** Largest coordinate of a selected point: as far out as regions are enumerated. */
const SELECTION_MAX = 1e30;
const CONTOUR_COUNT_MIN = 2;
const CONTOUR_COUNT_MAX = 64;

export const GRID_SAMPLES_MIN = 2;
export const GRID_SAMPLES_MAX = 2048;

const FRAMES: readonly Frame[] = ['square', 'fill'];
const RANGE_MODES: readonly Range['mode'][] = ['auto', 'symmetric', 'fixed'];
/** The former key of the exercise's points, which older links and scripts have. */
const OLD_POINTS = ['none', 'exercise'] as const;
const SUPERSAMPLINGS: readonly State['supersampling'][] = [1, 2, 4, 'auto'];

/**
 * Turns unchecked JSON into a state; missing members get their defaults.
 *
 * @returns a state that shares nothing with the input.
 * @throws InvalidInputError that names the wrong part, what was received and what is expected.
 */
export function validateState(input: unknown): State {
  const given = withData(readObject(input, 'state'));
  rejectUnknownKeys(given, Object.keys(DEFAULT_STATE), '', 'the state');
  const state: PlainObject = { ...DEFAULT_STATE, ...given };
  const data = state.data === null ? null : readDataSpec(state.data);
  const run = validateRun(state.run, data);
  return checkTogether({
    field: run === null ? validateField(state.field) : fieldOfRun(state.field, run),
    view: validateView(state.view),
    projection: validateProjection(state.projection),
    frame: readOneOf(state.frame, 'frame', FRAMES),
    gridSamples: readInteger(state.gridSamples, 'gridSamples', GRID_SAMPLES_MIN, GRID_SAMPLES_MAX),
    quantity: validateQuantity(state.quantity),
    colormap: readOneOf(state.colormap, 'colormap', COLORMAP_NAMES),
    range: validateRange(state.range),
    norm: validateNorm(state.norm),
    contours: validateContours(state.contours),
    hinges: readBoolean(state.hinges, 'hinges'),
    boundaries: readBoolean(state.boundaries, 'boundaries'),
    shade: readBoolean(state.shade, 'shade'),
    edges: readBoolean(state.edges, 'edges'),
    selection: validateSelection(state.selection),
    // The same object: a data set is made once.
    data: run?.recipe.data ?? data,
    dataPoints: readBoolean(state.dataPoints, 'dataPoints'),
    run,
    image: validateImageChoice(state.image, 'image'),
    diagram: readBoolean(state.diagram, 'diagram'),
    learnt: readBoolean(state.learnt, 'learnt'),
    supersampling: readOneOf(state.supersampling, 'supersampling', SUPERSAMPLINGS),
  });
}

/** A field whose network is a step of a run; whatever else it has instead is replaced by the network at step 0. */
function fieldOfRun(input: unknown, run: ShownRun): Field {
  const given = readObject(input, 'field', 'an object {network, slice, readout}');
  const isShort = 'kind' in given;
  if (!isShort && 'network' in given) {
    const isExplicit = readObject(given.network, 'field.network').kind === 'explicit';
    const network = isExplicit ? validateNetwork(given.network, 'field.network') : null;
    if (network && fitsRun(network, run)) return validateField({ ...given, network });
  }
  return validateField({ ...(isShort ? {} : given), network: startOf(run.recipe) });
}

/** A state, or a part of one, whose `points` are those of the first version: now a data set is one of its parts. */
export function withData(given: PlainObject): PlainObject {
  if (!('points' in given)) return given;
  const { points, ...rest } = given;
  const kind = readOneOf(points as (typeof OLD_POINTS)[number], 'points', OLD_POINTS);
  return { data: kind === 'none' ? null : { kind }, ...rest };
}

/**
 * The state, if its valid parts are compatible: np.gradient needs an even grid
 * of the plane, which a log-radial picture does not have, and regions piecewise linear activations.
 *
 * @throws InvalidInputError
 */
export function checkTogether(state: State): State {
  const { projection, quantity } = state;
  if (projection.kind === 'logRadial' && !isShownIn(projection.kind, quantity)) {
    const expected =
      'an exact quantity: a log-radial picture has no even grid for np.gradient; ' +
      'partial1 and partial2 are the exact derivatives';
    throw new InvalidInputError('quantity', quantity, expected);
  }
  requireQuantity(state.field, quantity);
  return state;
}

/** Whether a picture can show a quantity. */
export function isShownIn(kind: Projection['kind'], quantity: Quantity): boolean {
  return kind === 'plane' || !isOfSamples(quantity);
}

function validateProjection(input: unknown): Projection {
  const given = readObject(input, 'projection', 'an object, e.g. {kind: "plane"}');
  const kind = readOneOf(given.kind, 'projection.kind', PROJECTION_KINDS);
  if (kind === 'plane') {
    rejectUnknownKeys(given, ['kind'], 'projection', 'the plane projection');
    return { kind };
  }
  rejectUnknownKeys(given, ['kind', 'decades'], 'projection', 'the log-radial projection');
  const decades = 'decades' in given ? given.decades : DECADES_DEFAULT;
  return { kind, decades: readNumber(decades, 'projection.decades', DECADES_MIN, DECADES_MAX) };
}

/** The view with its centre normalised: `center` is the float64 nearest to center + centerLow. */
function validateView(input: unknown): View {
  const given = readObject(input, 'view');
  rejectUnknownKeys(given, Object.keys(DEFAULT_STATE.view), 'view', 'the view');
  const view: PlainObject = { ...DEFAULT_STATE.view, ...given };
  const [center, centerLow] = readPoint(view, ['center', 'centerLow'], 'view', CENTER_MAX);
  return {
    center,
    centerLow,
    halfWidth: readNumber(view.halfWidth, 'view.halfWidth', HALF_WIDTH_MIN, HALF_WIDTH_MAX),
  };
}

function validateSelection(input: unknown): Selection | null {
  if (input === null) return null;
  const given = readObject(input, 'selection', 'null, or an object, e.g. {point: [1, 2]}');
  const keys = ['point', 'pointLow'] as const;
  rejectUnknownKeys(given, keys, 'selection', 'the selection');
  const [point, pointLow] = readPoint(
    { pointLow: [0, 0], ...given },
    keys,
    'selection',
    SELECTION_MAX,
  );
  return { point, pointLow };
}

/** A point in double-double, normalised: the first part is the float64 nearest to the sum of both. */
function readPoint(
  given: PlainObject,
  [high, low]: readonly [string, string],
  path: string,
  max: number,
): [high: Vec2, low: Vec2] {
  const readPart = (part: unknown, partPath: string) => readNumber(part, partPath, -max, max);
  const [x, y] = readPair(given[high], `${path}.${high}`, readPart);
  const [xLow, yLow] = readPair(given[low], `${path}.${low}`, readPart);
  const sums = [twoSum(x, xLow), twoSum(y, yLow)] as const;
  const rounded = readPair(
    sums.map((sum) => sum.high),
    `${path}.${high}`,
    readPart,
  );
  return [rounded, [sums[0].low + 0, sums[1].low + 0]];
}

function validateRange(input: unknown): Range {
  const given = readObject(input, 'range', 'an object, e.g. {mode: "auto"}');
  const mode = readOneOf(given.mode, 'range.mode', RANGE_MODES);
  if (mode !== 'fixed') {
    rejectUnknownKeys(given, ['mode'], 'range', `the ${mode} range`);
    return { mode };
  }
  rejectUnknownKeys(given, ['mode', 'min', 'max'], 'range', 'the fixed range');
  const min = readNumber(given.min, 'range.min', -RANGE_MAX, RANGE_MAX);
  const max = readNumber(given.max, 'range.max', -RANGE_MAX, RANGE_MAX);
  if (!(min < max)) throw new InvalidInputError('range.max', max, `more than range.min, ${min}`);
  return { mode, min, max };
}

/** A norm, or the word for its kind. */
function validateNorm(input: unknown): Norm {
  const given =
    typeof input === 'string'
      ? { kind: readOneOf(input, 'norm', NORM_KINDS) }
      : readObject(input, 'norm', 'a word, e.g. "symlog", or an object, e.g. {kind: "symlog"}');
  const kind = readOneOf(given.kind, 'norm.kind', NORM_KINDS);
  if (kind !== 'symlog') {
    rejectUnknownKeys(given, ['kind'], 'norm', `the norm ${kind}`);
    return { kind };
  }
  rejectUnknownKeys(given, ['kind', 'linearThreshold'], 'norm', 'the norm symlog');
  const { linearThreshold }: PlainObject = { linearThreshold: 'auto', ...given };
  return {
    kind,
    linearThreshold:
      linearThreshold === 'auto'
        ? linearThreshold
        : readNumber(linearThreshold, 'norm.linearThreshold', THRESHOLD_MIN, THRESHOLD_MAX),
  };
}

function validateContours(input: unknown): Contours {
  const given = readObject(input, 'contours');
  rejectUnknownKeys(given, Object.keys(DEFAULT_STATE.contours), 'contours', 'contours');
  const { filled, lines, count }: PlainObject = { ...DEFAULT_STATE.contours, ...given };
  return {
    filled: readBoolean(filled, 'contours.filled'),
    lines: readBoolean(lines, 'contours.lines'),
    count: readInteger(count, 'contours.count', CONTOUR_COUNT_MIN, CONTOUR_COUNT_MAX),
  };
}
