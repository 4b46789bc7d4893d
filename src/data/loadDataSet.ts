import type { DataSet } from './dataSet.ts';
import type { DataSpec } from './dataSpec.ts';
import { traitsOf } from './kinds.ts';
import { splitSet } from './split.ts';

const known = new WeakMap<DataSpec, DataSet>();

/** The data set of a spec; what it needs besides is fetched first. The same object for the same spec. */
export async function loadDataSet(spec: DataSpec): Promise<DataSet> {
  await traitsOf(spec.kind).load?.();
  return dataSetIfLoaded(spec)!;
}

/** What a network needs for a data set, also before that has been fetched. */
export function shapeOfData(spec: DataSpec): Pick<DataSet, 'task' | 'inputs' | 'outputs'> {
  return traitsOf(spec.kind).shape ?? dataSetIfLoaded(spec)!;
}

/** The data set of a spec, at once; null if it needs a file that has not been fetched yet. */
export function dataSetIfLoaded(spec: DataSpec): DataSet | null {
  const made = known.get(spec);
  if (made !== undefined) return made;
  const whole = traitsOf(spec.kind).make(spec);
  if (whole === null) return null;
  const set = splitSet(whole, spec.split);
  known.set(spec, set);
  return set;
}
