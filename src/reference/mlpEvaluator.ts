import type { Activation, MlpField, Network } from '../model/field.ts';
import { drawNetwork } from '../model/network.ts';
import { neuronKey } from '../model/pattern.ts';
import { type PreparedLayer, prepareLayers } from '../model/preparedLayers.ts';
import { add, type DoubleDouble, negate, scale, toNumber, ZERO } from '../numeric/doubleDouble.ts';
import { UNBOUNDED } from './bounds.ts';
import type { AffineMap, Evaluator, PreciseValue } from './evaluator.ts';

/** A ReLU or Abs network 2 → hidden… → 1: forward for values, backward for the affine map. */
export class MlpEvaluator implements Evaluator {
  readonly field: MlpField;
  readonly bounds = UNBOUNDED;
  readonly #activation: Activation;
  readonly #hidden: readonly PreparedLayer[];
  readonly #output: PreparedLayer;
  /** Pre-activations of all hidden neurons, layer after layer, at the point loaded last. */
  readonly #preActivations: Float64Array;
  /** The two coordinates, then the activations of all hidden neurons. */
  readonly #activations: Float64Array;
  /** ∂value / ∂activation, in the same places as `#activations`. */
  readonly #adjoints: Float64Array;
  readonly #keys: Uint32Array;

  constructor(field: MlpField, network: Network = drawNetwork(field)) {
    this.field = field;
    this.#activation = network.activation;
    const layers = prepareLayers(network);
    this.#output = layers[layers.length - 1];
    this.#hidden = layers.slice(0, -1);
    const neurons = this.#output.offset;
    this.#preActivations = new Float64Array(neurons);
    this.#activations = new Float64Array(2 + neurons);
    this.#adjoints = new Float64Array(2 + neurons);
    this.#keys = Uint32Array.from({ length: neurons }, (_, neuron) => neuronKey(neuron));
  }

  value(x: number, y: number): number {
    this.#loadPoint(x, y);
    const { inputs, offset, weight, bias } = this.#output;
    const start = 2 + offset - inputs;
    let value = bias[0];
    for (let i = 0; i < inputs; i++) value += weight[i] * this.#activations[start + i];
    return value;
  }

  gradient(x: number, y: number): [number, number] {
    this.#loadPoint(x, y);
    this.#propagateBack();
    return [this.#adjoints[0], this.#adjoints[1]];
  }

  regionId(x: number, y: number): number {
    this.#loadPoint(x, y);
    return this.#regionHere();
  }

  #regionHere(): number {
    let id = 0;
    for (let neuron = 0; neuron < this.#keys.length; neuron++) {
      if (this.#preActivations[neuron] > 0) id ^= this.#keys[neuron];
    }
    return id >>> 0;
  }

  softmax(): null {
    return null;
  }

  pattern(x: number, y: number): string[] {
    this.#loadPoint(x, y);
    return this.#patternHere();
  }

  affineMap(x: number, y: number): AffineMap {
    this.#loadPoint(x, y);
    return this.#affineMapHere();
  }

  evaluatePrecisely(x: DoubleDouble, y: DoubleDouble): PreciseValue {
    const value = this.#loadFinely(x, y);
    const affineMap = this.#affineMapHere();
    const pattern = this.#patternHere();
    const regionId = this.#regionHere();
    return { value, gradient: [...affineMap.a], regionId, softmax: null, pattern, affineMap };
  }

  #patternHere(): string[] {
    return this.#hidden.map(({ offset, outputs }) =>
      Array.from(this.#preActivations.subarray(offset, offset + outputs), (z) =>
        z > 0 ? '1' : '0',
      ).join(''),
    );
  }

  #affineMapHere(): AffineMap {
    const b = this.#propagateBack();
    return { a: [this.#adjoints[0], this.#adjoints[1]], b };
  }

  /** Forward pass in double-double: fills `#preActivations`, and returns the value. */
  #loadFinely(x: DoubleDouble, y: DoubleDouble): number {
    let inputs = [x, y];
    for (const layer of this.#hidden) {
      const z = applyFinely(layer, inputs);
      z.forEach(({ high }, o) => {
        this.#preActivations[layer.offset + o] = high;
      });
      inputs = z.map((value) => {
        if (value.high > 0) return value;
        return this.#activation === 'relu' ? ZERO : negate(value);
      });
    }
    return toNumber(applyFinely(this.#output, inputs)[0]);
  }

  /** Forward pass: fills `#preActivations` and `#activations`. */
  #loadPoint(x: number, y: number): void {
    const activations = this.#activations;
    const preActivations = this.#preActivations;
    const isRelu = this.#activation === 'relu';
    activations[0] = x;
    activations[1] = y;
    for (const { inputs, outputs, weight, bias, offset } of this.#hidden) {
      const start = 2 + offset - inputs;
      for (let o = 0; o < outputs; o++) {
        const row = o * inputs;
        let z = bias[o];
        for (let i = 0; i < inputs; i++) z += weight[row + i] * activations[start + i];
        preActivations[offset + o] = z;
        activations[2 + offset + o] = z > 0 ? z : isRelu ? 0 : -z;
      }
    }
  }

  /**
   * Backward pass at the loaded point: fills `#adjoints`, whose first two are the gradient.
   * Returns the constant b of the affine map: each bias times the derivative with respect to its neuron, which
   * avoids the cancellation of value − a · x far from the origin.
   */
  #propagateBack(): number {
    const adjoints = this.#adjoints.fill(0);
    const output = this.#output;
    adjoints.set(output.weight, 2 + output.offset - output.inputs);
    let constant = output.bias[0];
    for (let layer = this.#hidden.length - 1; layer >= 0; layer--) {
      const { inputs, outputs, weight, bias, offset } = this.#hidden[layer];
      const start = 2 + offset - inputs;
      for (let o = 0; o < outputs; o++) {
        const slope = this.#slope(this.#preActivations[offset + o]);
        if (slope === 0) continue;
        const adjoint = slope * adjoints[2 + offset + o];
        constant += adjoint * bias[o];
        for (let i = 0; i < inputs; i++) adjoints[start + i] += adjoint * weight[o * inputs + i];
      }
    }
    return constant;
  }

  /** Derivative of the activation, 0 at 0. */
  #slope(preActivation: number): number {
    if (preActivation > 0) return 1;
    return this.#activation === 'abs' && preActivation < 0 ? -1 : 0;
  }
}

function applyFinely(layer: PreparedLayer, inputs: readonly DoubleDouble[]): DoubleDouble[] {
  return Array.from(layer.bias, (bias, o) => {
    let total: DoubleDouble = { high: bias, low: 0 };
    inputs.forEach((input, i) => {
      if (input !== ZERO) total = add(total, scale(input, layer.weight[o * layer.inputs + i]));
    });
    return total;
  });
}
