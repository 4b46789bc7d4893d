import type { PreparedLayer } from '../model/preparedLayers.ts';
import { type BoundedSign, boundedSign, FORM_SIZE } from './homogeneous.ts';
import type { Patterns } from './patterns.ts';
import type { PreparedNetwork } from './preparedNetwork.ts';

const UNIT_ROUNDOFF = 2 ** -53;
/** Covers the roundings in computing a bound, whose terms are all positive. */
const SLACK = 1 + 2 ** -40;

/**
 * The affine map of the network on one cell after another, and its derivative by each
 * neuron: backwards through the layers, with error bounds (homogeneous.ts).
 */
export class OutputMaps {
  /** a, b, c of the map a·x + b·y + c, and their error bounds, for the cell loaded last. */
  readonly form = new Float64Array(FORM_SIZE);
  readonly #network: PreparedNetwork;
  readonly #firstBias: Float64Array;
  /** ∂ output / ∂ activation: the two coordinates, then all hidden neurons. */
  readonly #adjoint: Float64Array;
  readonly #error: Float64Array;
  /** Σ |terms| of an adjoint's sum. */
  readonly #size: Float64Array;

  /** @param firstBias the first layer's bias in the map's constant; `atCenter.value` for the value at the centre. */
  constructor(network: PreparedNetwork, firstBias = network.hidden[0].bias) {
    this.#network = network;
    this.#firstBias = firstBias;
    this.#adjoint = new Float64Array(2 + network.neurons);
    this.#error = new Float64Array(2 + network.neurons);
    this.#size = new Float64Array(2 + network.neurons);
  }

  load(patterns: Patterns, cell: number): void {
    const { hidden, output } = this.#network;
    this.#adjoint.fill(0);
    this.#error.fill(0);
    this.#size.fill(0);
    const first = 2 + output.offset - output.inputs;
    this.#adjoint.set(output.weight, first);
    let constant = output.bias[0];
    let size = Math.abs(constant);
    let error = 0;
    let terms = 0;
    for (let layer = hidden.length - 1; layer >= 0; layer--) {
      const { offset, outputs } = hidden[layer];
      const bias = layer === 0 ? this.#firstBias : hidden[layer].bias;
      const count = this.#pullBack(hidden[layer], patterns, cell);
      for (let neuron = 0; neuron < outputs; neuron++) {
        const slope = this.#slope(patterns, cell, offset + neuron);
        if (slope === 0) continue;
        const term = slope * this.#adjoint[2 + offset + neuron] * bias[neuron];
        constant += term;
        size += Math.abs(term);
        error += this.#error[2 + offset + neuron] * Math.abs(bias[neuron]);
      }
      terms += count;
    }
    this.form[0] = this.#adjoint[0];
    this.form[1] = this.#adjoint[1];
    this.form[2] = constant;
    this.form[3] = this.#error[0];
    this.form[4] = this.#error[1];
    this.form[5] = (error + (terms + 2) * UNIT_ROUNDOFF * size) * SLACK;
  }

  /**
   * Sign of ∂ output / ∂ activation of a neuron in the cell loaded last. The maps of two cells whose patterns
   * differ only in this neuron differ by a multiple of its pre-activation with this factor.
   */
  influence(neuron: number): BoundedSign {
    const { threshold } = this.#network.underflow;
    return boundedSign(this.#adjoint[2 + neuron], this.#error[2 + neuron], threshold);
  }

  /** Computes from the adjoints of a layer those of the layer below; returns the number of terms. */
  #pullBack(layer: PreparedLayer, patterns: Patterns, cell: number): number {
    const { inputs, outputs, offset, weight } = layer;
    const start = 2 + offset - inputs;
    const adjoint = this.#adjoint;
    let count = 0;
    for (let neuron = 0; neuron < outputs; neuron++) {
      const slope = this.#slope(patterns, cell, offset + neuron);
      if (slope === 0) continue;
      count++;
      const factor = slope * adjoint[2 + offset + neuron];
      const error = this.#error[2 + offset + neuron];
      if (factor === 0 && error === 0) continue;
      const row = neuron * inputs;
      for (let input = 0; input < inputs; input++) {
        const w = weight[row + input];
        const term = factor * w;
        adjoint[start + input] += term;
        this.#size[start + input] += Math.abs(term);
        this.#error[start + input] += error * Math.abs(w);
      }
    }
    const rounding = (count + 2) * UNIT_ROUNDOFF;
    for (let i = start; i < start + inputs; i++) {
      this.#error[i] = (this.#error[i] + rounding * this.#size[i]) * SLACK;
    }
    return count;
  }

  #slope(patterns: Patterns, cell: number, neuron: number): number {
    return patterns.has(cell, neuron) ? 1 : this.#network.inactiveSlope;
  }
}
