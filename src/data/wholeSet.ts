import type { Classification, DataSet, Regression } from './dataSet.ts';

/** A data set before it is split. */
export type WholeSet = Whole<Classification> | Whole<Regression>;

type Whole<S extends DataSet> = Omit<S, 'train' | 'test'> & { readonly samples: S['train'] };

/** The names of the coordinates of the plane. */
export const PLANE_NAMES: readonly string[] = ['x₁', 'x₂'];

/** Points of the plane with classes 0 … K − 1. */
export function planeClasses(x: Float64Array, y: Int32Array, classes: number): WholeSet {
  return {
    task: 'classification',
    inputs: 2,
    outputs: classes,
    inputNames: PLANE_NAMES,
    classNames: numberedClasses(classes),
    samples: { count: y.length, x, y },
  };
}

/** As outputs are counted, from 1. */
export function numberedClasses(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `class ${i + 1}`);
}

/** '0', '1', … */
export function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, i) => String(i));
}
