import { type Field, InvalidInputError, QUANTITIES, type Quantity } from '../model/field.ts';
import { validateField } from '../model/fieldValidation.ts';

/** A grid of samples over a rectangle of the plane, end points included. */
export interface GridRequest {
  readonly field: Field;
  /** First and last column; a first that lies right of the last mirrors the grid. */
  readonly x: readonly [number, number];
  /** First and last row. */
  readonly y: readonly [number, number];
  /** Number of columns. */
  readonly width: number;
  /** Number of rows. */
  readonly height: number;
  readonly quantity: Quantity;
}

/** Beyond this size of a coordinate, products with float32 weights may leave float64. */
export const COORDINATE_MAX = 1e30;

/** The longest side of a grid, in samples. */
export const GRID_SIDE_MAX = 8192;

const KEYS = ['field', 'x', 'y', 'width', 'height', 'quantity'];

/**
 * Turns unchecked input into a request; the quantity is 'value' when none is given.
 *
 * @throws InvalidInputError that names the part that is wrong.
 * @throws RangeError for a grid larger than GRID_SIDE_MAX × GRID_SIDE_MAX.
 */
export function validateGridRequest(input: unknown): GridRequest {
  if (!isRecord(input)) {
    throw new InvalidInputError('request', input, 'an object {field, x, y, width, height}');
  }
  const unknownKey = Object.keys(input).find((key) => !KEYS.includes(key));
  if (unknownKey !== undefined) {
    throw new InvalidInputError('request', unknownKey, `only the keys ${KEYS.join(', ')}`);
  }
  const request = {
    field: validateField(input.field, 'field'),
    x: validateInterval(input.x, 'x'),
    y: validateInterval(input.y, 'y'),
    width: validateSide(input.width, 'width'),
    height: validateSide(input.height, 'height'),
    quantity: validateQuantity(input.quantity),
  };
  const { width, height } = request;
  if (width > GRID_SIDE_MAX || height > GRID_SIDE_MAX) {
    throw new RangeError(
      `width × height: received ${width} × ${height} samples, ` +
        `expected at most ${GRID_SIDE_MAX} × ${GRID_SIDE_MAX}`,
    );
  }
  return request;
}

function isRecord(input: unknown): input is Record<string, unknown> {
  return typeof input === 'object' && input !== null && !Array.isArray(input);
}

function validateInterval(input: unknown, path: string): readonly [number, number] {
  if (!Array.isArray(input) || input.length !== 2) {
    throw new InvalidInputError(path, input, 'a pair of numbers [first, last]');
  }
  return [validateCoordinate(input[0], `${path}[0]`), validateCoordinate(input[1], `${path}[1]`)];
}

function validateCoordinate(input: unknown, path: string): number {
  if (typeof input !== 'number' || !(Math.abs(input) <= COORDINATE_MAX)) {
    throw new InvalidInputError(path, input, `a number of at most ${COORDINATE_MAX} in size`);
  }
  return input;
}

function validateSide(input: unknown, path: string): number {
  if (typeof input !== 'number' || !Number.isInteger(input) || input < 1) {
    throw new InvalidInputError(path, input, 'an integer of at least 1');
  }
  return input;
}

function validateQuantity(input: unknown): Quantity {
  if (input === undefined) return 'value';
  const quantity = QUANTITIES.find((known) => known === input);
  if (quantity === undefined) {
    throw new InvalidInputError('quantity', input, `one of ${QUANTITIES.join(', ')}`);
  }
  return quantity;
}
