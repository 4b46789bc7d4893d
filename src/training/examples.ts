import type { DataSet, Samples } from '../data/dataSet.ts';
import { InvalidInputError } from '../input/invalidInput.ts';
import type { Targets } from './losses.ts';
import { LOSSES } from './losses.ts';
import type { LossKind } from './recipe.ts';

/** Samples with what a network's outputs should be for them. */
export interface Examples {
  readonly count: number;
  readonly inputs: number;
  readonly outputs: number;
  /** [count, inputs] */
  readonly x: Float64Array;
  /** [count]; null for a regression */
  readonly labels: Int32Array | null;
  /** [count, outputs]; empty if the loss compares with labels */
  readonly values: Float64Array;
}

/**
 * A data set as a loss needs it. Losses that compare with values take a class as a number if there is one output, else as 1 for its own
 * output and 0 for the others (`one_hot`).
 *
 * @throws InvalidInputError if the data, the loss and the network do not fit together
 */
export function examplesOf(
  data: DataSet,
  loss: LossKind,
  network: { readonly inputs: number; readonly outputs: number },
): { readonly train: Examples; readonly test: Examples | null } {
  checkFit(data, loss, network);
  const { outputs } = network;
  const { ofLabels } = LOSSES[loss];
  const prepare = ({ count, x, y }: Samples): Examples => {
    const labels = data.task === 'classification' ? (y as Int32Array) : null;
    const values = ofLabels ? new Float64Array(0) : valuesOf(y, count, outputs, labels !== null);
    return { count, inputs: data.inputs, outputs, x, labels, values };
  };
  return { train: prepare(data.train), test: data.test && prepare(data.test) };
}

/** @throws InvalidInputError if the data, the loss and the network do not fit together */
export function checkFit(
  data: DataSet,
  loss: LossKind,
  network: { readonly inputs: number; readonly outputs: number },
): void {
  if (network.inputs !== data.inputs) {
    const expected = `${data.inputs} inputs, as the data has`;
    throw new InvalidInputError('network', `${network.inputs} inputs`, expected);
  }
  const { ofLabels } = LOSSES[loss];
  const isClasses = data.task === 'classification';
  if (ofLabels && !isClasses) {
    throw new InvalidInputError('loss', loss, 'data with classes, or another loss');
  }
  const { outputs } = network;
  const isOne = !ofLabels && isClasses && outputs === 1 && data.outputs === 2;
  if (outputs !== data.outputs && !isOne) {
    const one = !ofLabels && data.outputs === 2 && isClasses ? ', or 1' : '';
    const what = isClasses ? 'classes' : 'targets';
    const expected = `${data.outputs} outputs for the ${data.outputs} ${what} of the data${one}`;
    throw new InvalidInputError('network', `${outputs} outputs`, expected);
  }
  if (loss === 'binaryCrossEntropy' && !isClasses) {
    const wrong = [data.train, data.test]
      .flatMap((part) => Array.from(part?.y ?? []))
      .find((y) => !(y >= 0 && y <= 1));
    if (wrong !== undefined) {
      throw new InvalidInputError('data', wrong, 'targets from 0 to 1 for binaryCrossEntropy');
    }
  }
}

function valuesOf(
  y: Int32Array | Float64Array,
  count: number,
  outputs: number,
  isLabels: boolean,
): Float64Array {
  if (!isLabels || outputs === 1) return Float64Array.from(y);
  const values = new Float64Array(count * outputs);
  y.forEach((label, i) => {
    values[i * outputs + label] = 1;
  });
  return values;
}

/** The targets of `stride` samples. */
export function emptyTargets(outputs: number, stride: number): Targets {
  return { labels: new Int32Array(stride), values: new Float64Array(outputs * stride) };
}

/**
 * Lays samples side by side, and their targets: the samples `from` … `from + count − 1` in an order.
 *
 * @param order positions of samples; null for their own order
 * @param to where the array [inputs, stride] begins in the heap
 */
export function gather(
  { inputs, outputs, x, labels, values }: Examples,
  order: Int32Array | null,
  from: number,
  count: number,
  {
    heap,
    to,
    stride,
  }: { readonly heap: Float64Array; readonly to: number; readonly stride: number },
  targets: Targets,
): void {
  for (let s = 0; s < stride; s += 1) {
    const isEmpty = s >= count;
    const sample = isEmpty ? 0 : (order?.[from + s] ?? from + s);
    for (let j = 0; j < inputs; j += 1) {
      heap[to + j * stride + s] = isEmpty ? 0 : x[sample * inputs + j]!;
    }
    if (isEmpty) continue;
    if (labels) targets.labels[s] = labels[sample]!;
    if (values.length === 0) continue;
    for (let k = 0; k < outputs; k += 1) {
      targets.values[k * stride + s] = values[sample * outputs + k]!;
    }
  }
}
