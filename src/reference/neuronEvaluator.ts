import type { NeuronField } from '../model/field.ts';
import { neuronAsSoftmax } from '../model/logits.ts';
import { neuronKey } from '../model/pattern.ts';
import { readLogitsPrecisely } from '../model/preciseLogits.ts';
import { add, type DoubleDouble, scale, toNumber } from '../numeric/doubleDouble.ts';
import { type Bounds, boundsOf } from './bounds.ts';
import type { Evaluator, PreciseValue } from './evaluator.ts';

/**
 * A single neuron, sigmoid(z) or tanh(z) with z = wᵀx + b.
 *
 * Both derivatives are even in z and computed from e = exp(−|z|) or exp(−2|z|), because
 * s (1 − s) and 1 − tanh² cancel to nothing on the saturated sides.
 */
export class NeuronEvaluator implements Evaluator {
  readonly field: NeuronField;
  readonly bounds: Bounds;

  constructor(field: NeuronField) {
    this.field = field;
    this.bounds = boundsOf(field);
  }

  value(x: number, y: number): number {
    const z = this.#preActivation(x, y);
    return this.field.kind === 'sigmoid' ? sigmoid(z) : Math.tanh(z);
  }

  gradient(x: number, y: number): [number, number] {
    const size = Math.abs(this.#preActivation(x, y));
    const sharpness = this.field.kind === 'sigmoid' ? 1 : 2;
    const e = Math.exp(-sharpness * size);
    // sigmoid′ = e / (1 + e)²; tanh z = 2 sigmoid(2z) − 1, so tanh′ has the factor 2 · 2.
    const slope = (sharpness * sharpness * e) / (1 + e) ** 2;
    const [w1, w2] = this.field.weight;
    return [slope * w1 + 0, slope * w2 + 0];
  }

  regionId(x: number, y: number): number {
    return this.#preActivation(x, y) > 0 ? neuronKey(0) >>> 0 : 0;
  }

  softmax(): null {
    return null;
  }

  pattern(): null {
    return null;
  }

  affineMap(): null {
    return null;
  }

  evaluatePrecisely(x: DoubleDouble, y: DoubleDouble): PreciseValue {
    const { gain, shift, ...formula } = neuronAsSoftmax(this.field);
    const { value, gradient, winner } = readLogitsPrecisely(formula, x, y);
    const [d1, d2] = gradient.map((along) => gain * toNumber(along) + 0);
    return {
      value: toNumber(add(scale(value, gain), { high: shift, low: 0 })),
      gradient: [d1!, d2!],
      // The logits are (0, z); the first wins a tie.
      regionId: winner === 1 ? neuronKey(0) >>> 0 : 0,
      softmax: null,
      pattern: null,
      affineMap: null,
    };
  }

  #preActivation(x: number, y: number): number {
    const { weight, bias } = this.field;
    return weight[0] * x + weight[1] * y + bias;
  }
}

function sigmoid(z: number): number {
  const e = Math.exp(-Math.abs(z));
  return z >= 0 ? 1 / (1 + e) : e / (1 + e);
}
