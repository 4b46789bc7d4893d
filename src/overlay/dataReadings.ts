import type { DataSet, Samples } from '../data/dataSet.ts';
import { shapeOf } from '../model/drawnNetwork.ts';
import { type ProjectedPoints, projectOnSlice } from '../model/projectOnSlice.ts';
import { winsOf } from '../model/readouts.ts';
import { networkFor } from '../model/resolve.ts';
import { predictedClasses } from '../reference/predictions.ts';
import type { State } from '../state/state.ts';
import { decisionThreshold } from './exercise.ts';

/** What a state's field says of samples, computed but once: a view that moves changes none of it. */

interface Projected extends ProjectedPoints {
  /** The greatest distance; 0 on the plane itself. */
  readonly farthest: number;
}

/** The last value for each of the samples, and what it depends on besides. */
class LastValues<T> {
  readonly #last = new WeakMap<
    Samples,
    { readonly causes: readonly unknown[]; readonly value: T }
  >();

  get(samples: Samples, causes: readonly unknown[], make: () => T): T {
    const last = this.#last.get(samples);
    if (last?.causes.every((cause, i) => cause === causes[i])) return last.value;
    const value = make();
    this.#last.set(samples, { causes, value });
    return value;
  }
}

const projections = new LastValues<Projected>();
const predictions = new LastValues<Int32Array>();
const mistakes = new LastValues<Uint8Array>();

/** The samples seen on the field's slice. */
export function projected(samples: Samples, { field: { slice } }: State): Projected {
  return projections.get(samples, [slice], () => {
    const points = projectOnSlice(slice, samples.x);
    const farthest = points.distances?.reduce((most, one) => Math.max(most, one), 0) ?? 0;
    return { ...points, farthest };
  });
}

/** [n] the classes that the network gives; null if its outputs are not the classes of the data. */
export function predicted(set: DataSet, samples: Samples, state: State): Int32Array | null {
  const { network } = state.field;
  const { outputs } = shapeOf(network);
  const isOfClasses = outputs === set.outputs || (outputs === 1 && set.outputs === 2);
  if (set.task !== 'classification' || !isOfClasses) return null;
  const [wins, threshold] = [winsOf(state.field.readout), decisionThreshold(state)];
  return predictions.get(samples, [network, wins, threshold], () =>
    predictedClasses(networkFor(network), samples.x, wins, threshold),
  );
}

/** [n] 1 where the network gives another class than the label; null if its outputs are not these classes. */
export function wrongs(set: DataSet, samples: Samples, state: State): Uint8Array | null {
  const found = predicted(set, samples, state);
  if (found === null) return null;
  return mistakes.get(samples, [found], () =>
    Uint8Array.from(found, (label, i) => Number(label !== samples.y[i])),
  );
}
