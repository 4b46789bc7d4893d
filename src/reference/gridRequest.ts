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
import type { Field, Quantity } from '../model/field.ts';
import { requireQuantity, validateField, validateQuantity } from '../model/fieldValidation.ts';
import { QUANTITY_TRAITS } from '../model/quantities.ts';
import type { SampledRectangle } from '../model/rectangle.ts';

/** A grid of samples over a rectangle of the plane, end points included. */
export interface GridRequest extends SampledRectangle {
  readonly field: Field;
  readonly quantity: Quantity;
  /** Whether differences from the middle of the grid are wanted, which keep their digits in deep views. */
  readonly relative?: true;
}

/** The quantities that have differences: the others are angles, identities, or differences already. */
export const RELATIVE_QUANTITIES = ['value', 'partial1', 'partial2', 'gradientNorm'] as const;

export type RelativeQuantity = (typeof RELATIVE_QUANTITIES)[number];

/** Beyond this magnitude of a coordinate, products with float32 weights may overflow float64. */
export const COORDINATE_MAX = 1e30;

/** The longest side of a grid, in samples. */
export const GRID_SIDE_MAX = 8192;

const KEYS: readonly (keyof GridRequest)[] = [
  ...(['field', 'x', 'y', 'width', 'height', 'quantity', 'center', 'centerLow'] as const),
  'relative',
];

/**
 * Turns unchecked input into a request; the quantity is 'value' if none is given.
 *
 * @throws InvalidInputError that names the wrong part; also for np.gradient along a side of one sample, and for regions of a smooth
 * network.
 * @throws RangeError for a grid larger than GRID_SIDE_MAX × GRID_SIDE_MAX.
 */
export function validateGridRequest(input: unknown): GridRequest {
  const given = readObject(input, 'request', 'an object {field, x, y, width, height}');
  rejectUnknownKeys(given, KEYS, '', 'a grid request');
  const request: GridRequest = {
    field: validateField(given.field, 'field'),
    x: readPair(given.x, 'x', readCoordinate),
    y: readPair(given.y, 'y', readCoordinate),
    width: readSide(given.width, 'width'),
    height: readSide(given.height, 'height'),
    quantity: given.quantity === undefined ? 'value' : validateQuantity(given.quantity),
    ...readCenter(given),
    ...readRelative(given),
  };
  requireQuantity(request.field, request.quantity);
  if (request.relative) readOneOf(request.quantity, 'quantity', RELATIVE_QUANTITIES);
  const { width, height } = request;
  if (width > GRID_SIDE_MAX || height > GRID_SIDE_MAX) {
    throw new RangeError(
      `width × height: received ${width} × ${height} samples, ` +
        `expected at most ${GRID_SIDE_MAX} × ${GRID_SIDE_MAX}`,
    );
  }
  const { axis } = QUANTITY_TRAITS[request.quantity];
  if (axis !== null) requireNeighbours(axis === 0 ? 'height' : 'width', [height, width][axis]!);
  return request;
}

function readCenter({ center, centerLow }: PlainObject): Pick<GridRequest, 'center' | 'centerLow'> {
  if (center === undefined && centerLow === undefined) return {};
  const read = (given: unknown, path: string) => readPair(given ?? [0, 0], path, readCoordinate);
  return { center: read(center, 'center'), centerLow: read(centerLow, 'centerLow') };
}

function readRelative({ relative }: PlainObject): Pick<GridRequest, 'relative'> {
  if (relative === undefined) return {};
  return readBoolean(relative, 'relative') ? { relative: true } : {};
}

/** @throws InvalidInputError if np.gradient has no neighbours to subtract: a side of one sample. */
export function requireNeighbours(side: 'width' | 'height', length: number): void {
  if (length >= 2) return;
  throw new InvalidInputError(side, length, 'at least 2 samples along the axis of np.gradient');
}

function readCoordinate(input: unknown, path: string): number {
  return readNumber(input, path, -COORDINATE_MAX, COORDINATE_MAX);
}

function readSide(input: unknown, path: string): number {
  return readInteger(input, path, 1, Number.MAX_SAFE_INTEGER);
}
