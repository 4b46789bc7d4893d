import { LimitExceededError } from './arrangement.ts';
import type { CenterValues } from './center.ts';
import { FORM_SIZE } from './homogeneous.ts';
import type { Patterns } from './patterns.ts';
import type { PreparedLayer } from './preparedLayer.ts';

/**
 * The pre-activations of one layer as forms (homogeneous.ts), one set for each *start cell*: a cell
 * that existed when the layer began. Its patterns in earlier layers, and with them these maps, hold
 * for all cells into which it is cut.
 */
export class LayerForms {
  readonly layer: PreparedLayer;
  /** Number of start cells; their indices are 0 … starts − 1. */
  readonly starts: number;
  /** [starts, 6]: the forms of the neuron loaded last. */
  readonly forms: Float64Array;
  /** [starts, outputs, 6]: those of all neurons loaded so far. */
  readonly all: Float64Array;
  readonly #source: LayerBelow | CenterValues;
  /** [inputs, 2]: the weights of the neuron loaded last, times the slope 1 and the slope of an inactive neuron. */
  readonly #weights: Float64Array;

  /** @param source for the first layer its values at the centre; for others the layer below. */
  constructor(layer: PreparedLayer, starts: number, source: LayerBelow | CenterValues) {
    const size = starts * layer.outputs * FORM_SIZE;
    if (size > MAX_NUMBERS) throw new LimitExceededError('numbers in memory', MAX_NUMBERS);
    this.layer = layer;
    this.starts = starts;
    this.forms = new Float64Array(starts * FORM_SIZE);
    this.all = new Float64Array(size);
    this.#source = source;
    this.#weights = new Float64Array(2 * layer.inputs);
  }

  /** Fills `forms` for the layer's neuron of this index. */
  load(neuron: number): void {
    if ('all' in this.#source) this.#combine(neuron, this.#source);
    else this.#fillFirst(neuron, this.#source);
    this.#keep(neuron);
  }

  /** What the next layer needs from this one, once all neurons have been loaded. */
  below(startOf: Int32Array, patterns: Patterns): LayerBelow {
    return listSlopes(this.all, this.layer, startOf, patterns);
  }

  /** In the first layer, a neuron is its weights and its value at the centre, rounded once. */
  #fillFirst(neuron: number, { value, error }: CenterValues): void {
    const { weight, roundings } = this.layer;
    const [a, b] = [weight[2 * neuron], weight[2 * neuron + 1]];
    const rounding = roundings * UNIT_ROUNDOFF * SLACK;
    for (let start = 0; start < this.starts; start++) {
      this.forms[start * FORM_SIZE] = a;
      this.forms[start * FORM_SIZE + 1] = b;
      this.forms[start * FORM_SIZE + 2] = value[neuron];
      this.forms[start * FORM_SIZE + 3] = rounding * Math.abs(a);
      this.forms[start * FORM_SIZE + 4] = rounding * Math.abs(b);
      this.forms[start * FORM_SIZE + 5] = error[neuron];
    }
  }

  /** z = bias + Σ weight · slope · z of the layer below, with the error bound of that sum. */
  #combine(neuron: number, { all, layer, startOf, terms, termsEnd }: LayerBelow): void {
    const { bias, roundings } = this.layer;
    const { forms } = this;
    const weights = this.#loadWeights(neuron, layer.slopes);
    const stride = layer.outputs * FORM_SIZE;
    // Of a weight, of its product with a slope, of the product of both with a number, and one to spare.
    const roundingsOfTerm = roundings + 3;
    let term = 0;
    for (let start = 0; start < this.starts; start++) {
      const base = startOf[start] * stride;
      const end = termsEnd[start];
      const rounding = (end - term + roundingsOfTerm) * UNIT_ROUNDOFF;
      let a = 0;
      let b = 0;
      let c = bias[neuron];
      let sizeA = 0;
      let sizeB = 0;
      let sizeC = Math.abs(c);
      let errorA = 0;
      let errorB = 0;
      let errorC = 0;
      for (; term < end; term++) {
        const code = terms[term];
        const w = weights[code];
        const size = Math.abs(w);
        const at = base + (code >> 1) * FORM_SIZE;
        const wa = w * all[at];
        const wb = w * all[at + 1];
        const wc = w * all[at + 2];
        a += wa;
        b += wb;
        c += wc;
        sizeA += Math.abs(wa);
        sizeB += Math.abs(wb);
        sizeC += Math.abs(wc);
        errorA += size * all[at + 3];
        errorB += size * all[at + 4];
        errorC += size * all[at + 5];
      }
      const out = start * FORM_SIZE;
      forms[out] = a;
      forms[out + 1] = b;
      forms[out + 2] = c;
      forms[out + 3] = (errorA + rounding * sizeA) * SLACK;
      forms[out + 4] = (errorB + rounding * sizeB) * SLACK;
      forms[out + 5] = (errorC + rounding * sizeC) * SLACK;
    }
  }

  /** Both products of each weight, by the codes of `LayerBelow.terms`. */
  #loadWeights(neuron: number, slopes: Float64Array): Float64Array {
    const { weight, inputs } = this.layer;
    for (let input = 0; input < inputs; input++) {
      const w = weight[neuron * inputs + input];
      this.#weights[2 * input] = w;
      this.#weights[2 * input + 1] = w * slopes[input];
    }
    return this.#weights;
  }

  #keep(neuron: number): void {
    const stride = this.layer.outputs * FORM_SIZE;
    for (let start = 0; start < this.starts; start++) {
      const to = start * stride + neuron * FORM_SIZE;
      const from = start * FORM_SIZE;
      for (let i = 0; i < FORM_SIZE; i++) this.all[to + i] = this.forms[from + i];
    }
  }
}

/** The forms of a finished layer, for the cells that exist after it. */
export interface LayerBelow {
  /** [start cells of that layer, outputs, 6] */
  readonly all: Float64Array;
  readonly layer: PreparedLayer;
  /** [cells]: the start cell from which each cell comes. */
  readonly startOf: Int32Array;
  /** For each cell its neurons with a nonzero slope, as 2 · neuron + (1 if it is inactive). */
  readonly terms: Uint16Array;
  /** [cells]: the end of each cell's terms. */
  readonly termsEnd: Int32Array;
}

const UNIT_ROUNDOFF = 2 ** -53;
/** Covers the roundings in computing a bound, whose terms are all positive. */
const SLACK = 1 + 2 ** -40;
/** One GiB of float64. */
const MAX_NUMBERS = 2 ** 27;
/** So many neurons have codes of 16 bits. */
const MAX_NEURONS = 2 ** 15;

function listSlopes(
  all: Float64Array,
  layer: PreparedLayer,
  startOf: Int32Array,
  patterns: Patterns,
): LayerBelow {
  const { outputs, offset, slopes } = layer;
  if (outputs > MAX_NEURONS) throw new LimitExceededError('neurons in a layer', MAX_NEURONS);
  const cells = startOf.length;
  const terms = new Uint16Array(cells * outputs);
  const termsEnd = new Int32Array(cells);
  let count = 0;
  for (let cell = 0; cell < cells; cell++) {
    for (let neuron = 0; neuron < outputs; neuron++) {
      if (patterns.has(cell, offset + neuron)) terms[count++] = 2 * neuron;
      else if (slopes[neuron] !== 0) terms[count++] = 2 * neuron + 1;
    }
    termsEnd[cell] = count;
  }
  return { all, layer, startOf, terms, termsEnd };
}
