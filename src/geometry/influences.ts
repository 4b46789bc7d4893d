import { type BoundedSign, boundedSign } from './homogeneous.ts';
import type { Patterns } from './patterns.ts';
import type { PreparedLayer } from './preparedLayer.ts';
import type { PreparedNetwork } from './preparedNetwork.ts';

const UNIT_ROUNDOFF = 2 ** -53;
/** Covers the roundings in computing a bound, whose terms are all positive. */
const SLACK = 1 + 2 ** -40;

/**
 * How an output of the network depends on each neuron, on one cell after another: backwards through the layers, with error
 * bounds (homogeneous.ts).
 */
export class Influences {
  readonly #network: PreparedNetwork;
  readonly #patterns: Patterns;
  /** ∂ output / ∂ activation: the two coordinates, then all hidden neurons. */
  readonly #adjoint: Float64Array;
  readonly #error: Float64Array;
  /** Σ |terms| of an adjoint's sum. */
  readonly #size: Float64Array;
  #cell = -1;
  #output = -1;

  constructor(network: PreparedNetwork, patterns: Patterns) {
    this.#network = network;
    this.#patterns = patterns;
    this.#adjoint = new Float64Array(2 + network.neurons);
    this.#error = new Float64Array(2 + network.neurons);
    this.#size = new Float64Array(2 + network.neurons);
  }

  /** Which output in which cell is read from now on. */
  load(cell: number, output: number): void {
    if (cell === this.#cell && output === this.#output) return;
    this.#cell = cell;
    this.#output = output;
    this.#adjoint.fill(0);
    this.#error.fill(0);
    this.#size.fill(0);
    const { inputs, offset, weight, roundings } = this.#network.output;
    const start = 2 + offset - inputs;
    const row = weight.subarray(output * inputs, (output + 1) * inputs);
    this.#adjoint.set(row, start);
    row.forEach((w, input) => {
      this.#error[start + input] = roundings * UNIT_ROUNDOFF * SLACK * Math.abs(w);
    });
    for (const layer of this.#network.hidden.toReversed()) this.#pullBack(layer);
  }

  /**
   * Sign of ∂ output / ∂ activation of a neuron. The maps of two cells whose patterns differ only in this
   * neuron differ by a multiple of its pre-activation with this factor.
   */
  of(neuron: number): BoundedSign {
    const { threshold } = this.#network.underflow;
    return boundedSign(this.#adjoint[2 + neuron], this.#error[2 + neuron], threshold);
  }

  /** Computes from the adjoints of a layer those of the layer below. */
  #pullBack(layer: PreparedLayer): void {
    const { inputs, outputs, offset, weight, roundings } = layer;
    const start = 2 + offset - inputs;
    const adjoint = this.#adjoint;
    let count = 0;
    for (let neuron = 0; neuron < outputs; neuron++) {
      const slope = this.#slope(layer, neuron);
      if (slope === 0) continue;
      count++;
      const factor = slope * adjoint[2 + offset + neuron];
      const error = Math.abs(slope) * this.#error[2 + offset + neuron];
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
    // Of a weight, of a slope's product, of the product of both, and one to spare.
    const rounding = (count + roundings + 3) * UNIT_ROUNDOFF;
    for (let i = start; i < start + inputs; i++) {
      this.#error[i] = (this.#error[i] + rounding * this.#size[i]) * SLACK;
    }
  }

  #slope({ offset, slopes }: PreparedLayer, neuron: number): number {
    return this.#patterns.has(this.#cell, offset + neuron) ? 1 : slopes[neuron];
  }
}
