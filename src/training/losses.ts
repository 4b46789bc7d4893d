import type { LossKind } from './recipe.ts';

/** The outputs of a batch and where their derivatives go, as positions of arrays [outputs, stride] in a heap. */
export interface OutputPlaces {
  readonly heap: Float64Array;
  readonly z: number;
  readonly d: number;
  readonly outputs: number;
  readonly stride: number;
  /** Samples; the places beyond are empty. */
  readonly count: number;
}

/** What the outputs should be: a label for each sample, and targets as an array [outputs, stride] with the same stride. */
export interface Targets {
  readonly labels: Int32Array;
  readonly values: Float64Array;
}

export interface LossTraits {
  /** The loss's name for people. */
  readonly label: string;
  /** The module of PyTorch. */
  readonly torch: string;
  /** Whether it compares with labels; else with values. */
  readonly ofLabels: boolean;
  /** The terms whose mean it is, for each sample. */
  terms(outputs: number): number;
  /** The sum of the terms; writes their derivatives by the outputs, times `scale`. */
  evaluate(places: OutputPlaces, targets: Targets, scale: number): number;
  /** From where on a single output says class 1. */
  readonly threshold: number;
}

export const LOSSES: { readonly [K in LossKind]: LossTraits } = {
  /** −log softmax(z)_label */
  crossEntropy: {
    label: 'cross-entropy',
    torch: 'nn.CrossEntropyLoss()',
    ofLabels: true,
    threshold: 0,
    terms: () => 1,
    evaluate({ heap, z, d, outputs, stride, count }, { labels }, scale) {
      let sum = 0;
      for (let s = 0; s < count; s += 1) {
        let max = heap[z + s]!;
        for (let k = 1; k < outputs; k += 1) max = Math.max(max, heap[z + k * stride + s]!);
        let total = 0;
        for (let k = 0; k < outputs; k += 1) {
          const share = Math.exp(heap[z + k * stride + s]! - max);
          heap[d + k * stride + s] = share;
          total += share;
        }
        const label = labels[s]! * stride + s;
        sum += Math.log(total) - (heap[z + label]! - max);
        const factor = scale / total;
        for (let k = 0; k < outputs; k += 1) heap[d + k * stride + s]! *= factor;
        heap[d + label]! -= scale;
      }
      return sum;
    },
  },
  /** −log σ(z) for target 1 and −log σ(−z) for target 0 */
  binaryCrossEntropy: {
    label: 'binary cross-entropy',
    torch: 'nn.BCEWithLogitsLoss()',
    ofLabels: false,
    threshold: 0,
    terms: (outputs) => outputs,
    evaluate({ heap, z, d, outputs, stride, count }, { values }, scale) {
      let sum = 0;
      for (let k = 0; k < outputs; k += 1) {
        for (let i = k * stride; i < k * stride + count; i += 1) {
          const [output, target] = [heap[z + i]!, values[i]!];
          const e = Math.exp(-Math.abs(output));
          sum += Math.max(output, 0) - output * target + Math.log1p(e);
          heap[d + i] = scale * ((output >= 0 ? 1 : e) / (1 + e) - target);
        }
      }
      return sum;
    },
  },
  /** (z − y)² */
  meanSquaredError: {
    label: 'mean squared error',
    torch: 'nn.MSELoss()',
    ofLabels: false,
    threshold: 0.5,
    terms: (outputs) => outputs,
    evaluate({ heap, z, d, outputs, stride, count }, { values }, scale) {
      let sum = 0;
      for (let k = 0; k < outputs; k += 1) {
        for (let i = k * stride; i < k * stride + count; i += 1) {
          const error = heap[z + i]! - values[i]!;
          sum += error * error;
          heap[d + i] = 2 * scale * error;
        }
      }
      return sum;
    },
  },
};

export const LOSS_KINDS = Object.keys(LOSSES) as readonly LossKind[];

/** How many samples the outputs put into their class: the greatest output, or a single one from its threshold on. */
export function countRight(
  { heap, z, outputs, stride, count }: OutputPlaces,
  labels: Int32Array,
  threshold: number,
): number {
  let right = 0;
  for (let s = 0; s < count; s += 1) {
    let winner = 0;
    if (outputs === 1) winner = heap[z + s]! > threshold ? 1 : 0;
    for (let k = 1; k < outputs; k += 1) {
      if (heap[z + k * stride + s]! > heap[z + winner * stride + s]!) winner = k;
    }
    if (winner === labels[s]) right += 1;
  }
  return right;
}
