import type { DataSet, Samples } from './dataSet.ts';

/** A point of a data set by its place there. */
export interface SamplePlace {
  readonly part: 'train' | 'test';
  readonly index: number;
}

/** By its numbers as text. */
const places = new WeakMap<DataSet, ReadonlyMap<string, SamplePlace>>();

/** The first point of a data set, of those for training if possible, that has these coordinates; null if none has. */
export function findSample(set: DataSet, point: readonly number[]): SamplePlace | null {
  const known = places.get(set) ?? placesOf(set);
  places.set(set, known);
  return known.get(point.join()) ?? null;
}

/** The samples of a part; those for training if the set has no others. */
export function partOf(set: DataSet, part: SamplePlace['part']): Samples {
  return part === 'test' && set.test ? set.test : set.train;
}

/** [d] of a sample. */
export function pointAt({ x, count }: Samples, index: number): Float64Array {
  const inputs = x.length / count;
  return x.subarray(index * inputs, (index + 1) * inputs);
}

function placesOf(set: DataSet): Map<string, SamplePlace> {
  const found = new Map<string, SamplePlace>();
  for (const part of ['train', 'test'] as const) {
    const samples = set[part];
    for (let index = 0; index < (samples?.count ?? 0); index += 1) {
      const key = pointAt(samples!, index).join();
      if (!found.has(key)) found.set(key, { part, index });
    }
  }
  return found;
}
