import { type FieldNames, PLAIN_NAMES } from '../../../src/scales/names.ts';

/** Names of coordinates without units. */
export function planeNames(first: string, second: string): FieldNames {
  return {
    ...PLAIN_NAMES,
    axes: [
      { name: first, unit: null },
      { name: second, unit: null },
    ],
  };
}
