import type {
  ArgmaxField,
  Logits,
  MaximumField,
  SoftMaximumField,
  SoftmaxField,
} from '../model/field.ts';
import { resolveLogits } from '../model/logits.ts';
import { neuronKey } from '../model/pattern.ts';
import { readLogitsPrecisely } from '../model/preciseLogits.ts';
import { type DoubleDouble, toNumber } from '../numeric/doubleDouble.ts';
import { type Bounds, boundsOf } from './bounds.ts';
import type { Evaluator, PreciseValue } from './evaluator.ts';

type LogitField = SoftMaximumField | MaximumField | SoftmaxField | ArgmaxField;

/**
 * Fields of K logits z = A x + b: lse, gap, max, softmax and argmax.
 *
 * Everything is computed from e_k = exp(λ (z_k − max)) ∈ [0, 1], which cannot overflow and of which
 * at least one is 1. Differences of gradients a_j − a_k are summed instead of subtracting sums, so
 * that a derivative that is nearly 0 keeps its relative accuracy.
 */
export class LogitEvaluator implements Evaluator {
  readonly field: LogitField;
  readonly bounds: Bounds;
  /** λ; Infinity for the limits `max` and `argmax`. */
  readonly #lambda: number;
  readonly #logits: Logits;
  /** [K] z_k at the point loaded last. */
  readonly #sigma: Float64Array;
  /** [K] e_k at the point loaded last. */
  readonly #weight: Float64Array;

  constructor(field: LogitField) {
    this.field = field;
    this.#logits = resolveLogits(field.logits);
    this.#lambda = 'lambda' in field ? field.lambda : Infinity;
    const count = this.#logits.bias.length;
    this.#sigma = new Float64Array(count);
    this.#weight = new Float64Array(count);
    this.bounds = boundsOf(field);
  }

  value(x: number, y: number): number {
    const winner = this.#loadLogits(x, y);
    switch (this.field.kind) {
      case 'max':
        return this.#sigma[winner];
      case 'argmax':
        return winner === this.field.component ? 1 : 0;
      case 'lse':
        return this.#sigma[winner] + this.#gap(winner);
      case 'gap':
        // Two different roundings of log K must not put a tie above the bound.
        return Math.min(this.#gap(winner), this.bounds.max);
      case 'softmax': {
        const total = this.#loadWeights(winner);
        return this.#weight[this.field.component] / total;
      }
    }
  }

  gradient(x: number, y: number): [number, number] {
    const winner = this.#loadLogits(x, y);
    switch (this.field.kind) {
      case 'argmax':
        return [0, 0];
      case 'max': {
        const [a1, a2] = this.#logits.weight[winner];
        return [a1 + 0, a2 + 0];
      }
      case 'lse': {
        const [d1, d2] = this.#meanDifference(winner, winner);
        const [a1, a2] = this.#logits.weight[winner];
        return [a1 + d1, a2 + d2];
      }
      case 'gap':
        return this.#meanDifference(winner, winner);
      case 'softmax': {
        const { component } = this.field;
        const [d1, d2] = this.#meanDifference(winner, component);
        const slope = -this.#lambda * (this.#weight[component] / sum(this.#weight));
        return [slope * d1 + 0, slope * d2 + 0];
      }
    }
  }

  regionId(x: number, y: number): number {
    return neuronKey(this.#loadLogits(x, y)) >>> 0;
  }

  softmax(x: number, y: number): number[] {
    const winner = this.#loadLogits(x, y);
    if (this.#lambda === Infinity) {
      return Array.from(this.#sigma, (_, k) => (k === winner ? 1 : 0));
    }
    const total = this.#loadWeights(winner);
    return Array.from(this.#weight, (weight) => weight / total);
  }

  pattern(): null {
    return null;
  }

  affineMap(): null {
    return null;
  }

  evaluatePrecisely(x: DoubleDouble, y: DoubleDouble): PreciseValue {
    const { kind } = this.field;
    const component = 'component' in this.field ? this.field.component : 0;
    const formula = { kind, logits: this.#logits, lambda: this.#lambda, component };
    const precise = readLogitsPrecisely(formula, x, y);
    const [d1, d2] = precise.gradient.map((along) => toNumber(along) + 0);
    return {
      value: Math.min(this.bounds.max, toNumber(precise.value)),
      gradient: [d1!, d2!],
      regionId: neuronKey(precise.winner) >>> 0,
      softmax: precise.softmax.map(toNumber),
      pattern: null,
      affineMap: null,
    };
  }

  /** Computes z; returns the index of the first of the largest. */
  #loadLogits(x: number, y: number): number {
    const { weight, bias } = this.#logits;
    const sigma = this.#sigma;
    let winner = 0;
    for (let k = 0; k < sigma.length; k++) {
      sigma[k] = weight[k][0] * x + weight[k][1] * y + bias[k];
      if (sigma[k] > sigma[winner]) winner = k;
    }
    return winner;
  }

  /** Computes e_k from z; returns their sum, 1 … K. */
  #loadWeights(winner: number): number {
    const sigma = this.#sigma;
    const largest = sigma[winner];
    let total = 0;
    for (let k = 0; k < sigma.length; k++) {
      this.#weight[k] = Math.exp(this.#lambda * (sigma[k] - largest));
      total += this.#weight[k];
    }
    return total;
  }

  /** lse − max = log1p(Σ_{k ≠ winner} e_k) / λ, accurate also when one logit is far ahead. */
  #gap(winner: number): number {
    const sigma = this.#sigma;
    const largest = sigma[winner];
    let others = 0;
    for (let k = 0; k < sigma.length; k++) {
      if (k !== winner) others += Math.exp(this.#lambda * (sigma[k] - largest));
    }
    return Math.log1p(others) / this.#lambda;
  }

  /** Σ_j y_j (a_j − a_origin) with the softmax weights y_j; leaves e in `#weight`. */
  #meanDifference(winner: number, origin: number): [number, number] {
    const total = this.#loadWeights(winner);
    const { weight } = this.#logits;
    let d1 = 0;
    let d2 = 0;
    for (let j = 0; j < weight.length; j++) {
      d1 += this.#weight[j] * (weight[j][0] - weight[origin][0]);
      d2 += this.#weight[j] * (weight[j][1] - weight[origin][1]);
    }
    return [d1 / total + 0, d2 / total + 0];
  }
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
