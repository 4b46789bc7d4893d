import type { DataSet, Samples } from './dataSet.ts';
import { loadDataSet } from './loadDataSet.ts';
import { readDataSpec } from './readDataSpec.ts';

/** Points and their labels [n] or targets [n][K], as {kind: 'points'} takes them. */
export interface PlainSamples {
  /** [n][d] */
  readonly x: number[][];
  readonly y: number[] | number[][];
}

/** A data set as plain arrays. x and y are for training; without a split they are all there is. */
export interface PlainData extends PlainSamples {
  /** null without a split. */
  readonly test: PlainSamples | null;
}

/**
 * The data set of a spec (dataSpec.ts), number for number as scikit-learn makes it.
 * @throws InvalidInputError (as a rejection)
 */
export async function plainData(spec: unknown): Promise<PlainData> {
  const set = await loadDataSet(readDataSpec(spec));
  return { ...plainSamples(set.train, set), test: set.test && plainSamples(set.test, set) };
}

function plainSamples({ x, y }: Samples, { inputs, outputs, task }: DataSet): PlainSamples {
  return { x: rowsOf(x, inputs), y: task === 'regression' ? rowsOf(y, outputs) : [...y] };
}

/** [n · width], row-major, as [n][width]. */
export function rowsOf(values: Float64Array | Int32Array, width: number): number[][] {
  return Array.from({ length: values.length / width }, (_, i) => [
    ...values.subarray(i * width, (i + 1) * width),
  ]);
}
