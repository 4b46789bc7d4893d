import type { DataSet } from '../data/dataSet.ts';
import { dataSetIfLoaded } from '../data/loadDataSet.ts';
import { numberedClasses } from '../data/wholeSet.ts';
import { shapeOf } from '../model/drawnNetwork.ts';
import { type GrayRange, grayRange } from '../model/imageShape.ts';
import { factsOf } from '../model/models.ts';
import type { State } from './state.ts';

/** What a state's data say of its field. */
type DataState = Pick<State, 'field' | 'data'>;

/** The data set, if its points are inputs of the network; null without one, and until it has been fetched. */
export function dataOf({ field, data }: DataState): DataSet | null {
  const set = data && dataSetIfLoaded(data);
  return set && set.inputs === shapeOf(field.network).inputs ? set : null;
}

/** The data set's own names of the classes, if the outputs are these; null if it only counts them, or the network's file has names. */
export function classNamesOf(state: DataState): readonly string[] | null {
  const set = dataOf(state);
  const { network } = state.field;
  if (set?.task !== 'classification' || set.outputs !== shapeOf(network).outputs) return null;
  if (factsOf(network)?.outputNames) return null;
  const { classNames } = set;
  return String(classNames) === String(numberedClasses(set.outputs)) ? null : classNames;
}

/** The values that are black and white where points are drawn as images: as the data set says, or else what the field suggests. */
export function grayRangeOf(state: DataState): GrayRange {
  return dataOf(state)?.grays ?? grayRange(state.field);
}
