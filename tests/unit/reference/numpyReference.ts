import { readFileSync } from 'node:fs';
import type { Quantity, Vec2 } from '../../../src/model/field.ts';
import type { Activation, Shorthand } from '../../shorthand.ts';

/** A field with its values and gradients at the file's points. */
export interface FieldSamples {
  readonly field: Shorthand;
  /** [points] */
  readonly values: readonly number[];
  /** [points] */
  readonly gradients: readonly Vec2[];
}

/** What tests/reference/numpy/make_fields.py wrote; it says what each part is. */
interface NumpyReference {
  readonly points: readonly Vec2[];
  readonly samples: readonly FieldSamples[];
  readonly exact: readonly FieldSamples[];
  readonly kinks: readonly {
    readonly activation: Activation;
    readonly weights: readonly (readonly Vec2[])[];
    readonly biases: readonly (readonly number[])[];
    readonly points: readonly Vec2[];
    readonly values: readonly number[];
    readonly gradients: readonly Vec2[];
  }[];
  readonly grids: readonly {
    readonly request: Record<string, unknown>;
    readonly quantities: Readonly<Record<Exclude<Quantity, 'region'>, readonly number[]>>;
  }[];
  readonly linspace: readonly {
    readonly start: number;
    readonly stop: number;
    readonly count: number;
    readonly points: readonly number[];
  }[];
}

const file = new URL('../../reference/numpy/fields.json', import.meta.url);
export const numpyReference = JSON.parse(readFileSync(file, 'utf8')) as NumpyReference;
