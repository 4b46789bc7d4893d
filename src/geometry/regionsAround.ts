import type { Field } from '../model/field.ts';
import { projectOnSlice } from '../model/projectOnSlice.ts';
import { resolve } from '../model/resolve.ts';
import { boxAround } from './boxAround.ts';
import { enumerateRegions } from './enumerateRegions.ts';

/**
 * How many linear regions a field's network has around points: in the rectangle of their places on its slice, with some room.
 * @param points [n, d], row-major, n at least 1
 * @throws InvalidInputError for a network without linear regions; LimitExceededError for one with too many
 */
export function regionsAround(field: Field, points: Float64Array): number {
  const window = boxAround(projectOnSlice(field.slice, points).places);
  return enumerateRegions(resolve(field).whole, { window }).linearRegions;
}
