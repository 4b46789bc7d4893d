import type { DataSet } from '../data/dataSet.ts';
import { partOf, type SamplePlace } from '../data/findSample.ts';
import type { ConfusionPanel } from '../drawing/vectorPanels.ts';
import { imageShapeOf } from '../model/imageShape.ts';
import { predicted } from '../overlay/dataReadings.ts';
import { confusionOf } from '../reference/confusion.ts';
import type { State } from '../state/state.ts';
import { dataOf } from '../state/stateData.ts';

export type Part = SamplePlace['part'];

/** How many points of each class a network gives each class, with the mean image of each; see ConfusionPanel. */
export type ConfusionCounts = Pick<ConfusionPanel, 'names' | 'counts' | 'images'>;

/** A cell of the matrix: the class that points have, and the one that they are given. */
export interface ConfusionCell {
  readonly label: number;
  readonly given: number;
}

/** Of the points for training or testing; null while the data are being fetched, and if the outputs are not their classes. */
export function confusionCounts(state: State, part: Part): ConfusionCounts | null {
  const set = dataOf(state);
  const found = set && predictedOf(set, state, part);
  if (!found || set?.task !== 'classification') return null;
  const { outputs, inputs, classNames } = set;
  const { x, y } = partOf(set, part);
  const { counts, means } = confusionOf(x, Int32Array.from(y), found, outputs);
  const shape = imageShapeOf(state.field, state.image);
  const classes = Array.from({ length: outputs }, (_, i) => i);
  const imageAt = (cell: number) => {
    if (shape?.channels !== 1 || counts[cell] === 0) return null;
    const values = means.subarray(cell * inputs, (cell + 1) * inputs);
    return { values, width: shape.width };
  };
  return {
    names: classNames,
    counts: classes.map((r) => classes.map((c) => counts[r * outputs + c]!)),
    images: classes.map((r) => classes.map((c) => imageAt(r * outputs + c))),
  };
}

/** The points that a cell counts, by their places in the part. */
export function pointsOfCell(state: State, part: Part, { label, given }: ConfusionCell): number[] {
  const set = dataOf(state);
  const found = set && predictedOf(set, state, part);
  if (!found) return [];
  const { y } = partOf(set, part);
  return [...found.keys()].filter((i) => y[i] === label && found[i] === given);
}

function predictedOf(set: DataSet, state: State, part: Part): Int32Array | null {
  return predicted(set, partOf(set, part), state);
}
