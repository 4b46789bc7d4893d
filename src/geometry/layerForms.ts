import { LimitExceededError } from './arrangement.ts';
import type { CenterValues } from './center.ts';
import { FORM_SIZE } from './homogeneous.ts';
import type { Patterns } from './patterns.ts';
import type { PreparedLayer } from './preparedLayer.ts';

/** The forms of a finished layer, for the cells that exist after it. */
export interface LayerBelow {
  /** [start cells of that layer, outputs, 6] */
  readonly forms: Float64Array;
  readonly layer: PreparedLayer;
  /** [cells]: the start cell from which each cell comes. */
  readonly startOf: Int32Array;
  readonly patterns: Patterns;
}

const UNIT_ROUNDOFF = 2 ** -53;
/** Covers the roundings in computing a bound, whose terms are all positive. */
const SLACK = 1 + 2 ** -40;
/** One GiB of float64. */
const MAX_NUMBERS = 2 ** 27;

/**
 * The pre-activations of one layer as forms (homogeneous.ts), one set for each *start cell*: a cell
 * that existed when the layer began. Its patterns in earlier layers, and with them these maps, hold
 * for all cells into which it is cut.
 *
 * @param starts number of start cells
 * @param source for the first layer its values at the centre; for others the layer below.
 * @returns [starts, outputs, 6]
 */
export function formsOfLayer(
  layer: PreparedLayer,
  starts: number,
  source: LayerBelow | CenterValues,
): Float64Array {
  const size = starts * layer.outputs * FORM_SIZE;
  if (size > MAX_NUMBERS) throw new LimitExceededError('numbers in memory', MAX_NUMBERS);
  if ('forms' in source) return combine(layer, starts, source);
  const forms = new Float64Array(size);
  const row = firstForms(layer, source);
  for (let start = 0; start < starts; start++) forms.set(row, start * row.length);
  return forms;
}

/** [outputs, 6]: in the first layer, a neuron is its weights and its value at the centre, rounded once. */
export function firstForms(
  { outputs, weight, roundings }: PreparedLayer,
  { value, error }: CenterValues,
): Float64Array {
  const forms = new Float64Array(outputs * FORM_SIZE);
  const rounding = roundings * UNIT_ROUNDOFF * SLACK;
  for (let neuron = 0; neuron < outputs; neuron++) {
    const [a, b] = [weight[2 * neuron], weight[2 * neuron + 1]];
    const bounds = [rounding * Math.abs(a), rounding * Math.abs(b), error[neuron]];
    forms.set([a, b, value[neuron], ...bounds], neuron * FORM_SIZE);
  }
  return forms;
}

/** z = bias + Σ weight · slope · z of the layer below, with the error bound of that sum. */
function combine(layer: PreparedLayer, starts: number, below: LayerBelow): Float64Array {
  const { inputs, outputs, bias } = layer;
  const forms = new Float64Array(starts * outputs * FORM_SIZE);
  const weights = weightsBySlope(layer, below.layer.slopes);
  const terms = new Terms(inputs);
  const { codes, numbers } = terms;
  let out = 0;
  for (let start = 0; start < starts; start++) {
    const rounding = terms.load(below, start, layer.roundings);
    const { count } = terms;
    for (let neuron = 0; neuron < outputs; neuron++) {
      const row = 2 * inputs * neuron;
      let a = 0;
      let b = 0;
      let c = bias[neuron];
      let errorA = 0;
      let errorB = 0;
      let errorC = rounding * Math.abs(c);
      for (let term = 0, at = 0; term < count; term++, at += FORM_SIZE) {
        const w = weights[row + codes[term]];
        const size = Math.abs(w);
        a += w * numbers[at];
        b += w * numbers[at + 1];
        c += w * numbers[at + 2];
        errorA += size * numbers[at + 3];
        errorB += size * numbers[at + 4];
        errorC += size * numbers[at + 5];
      }
      forms[out] = a;
      forms[out + 1] = b;
      forms[out + 2] = c;
      forms[out + 3] = errorA * SLACK;
      forms[out + 4] = errorB * SLACK;
      forms[out + 5] = errorC * SLACK;
      out += FORM_SIZE;
    }
  }
  return forms;
}

/** [outputs, inputs, 2]: each weight times the slope of an active neuron, 1, and of an inactive one. */
function weightsBySlope({ weight, inputs }: PreparedLayer, slopes: Float64Array): Float64Array {
  const weights = new Float64Array(2 * weight.length);
  weight.forEach((w, i) => {
    weights[2 * i] = w;
    weights[2 * i + 1] = w * slopes[i % inputs];
  });
  return weights;
}

/** The neurons of a layer whose slope is not 0 in one cell. */
class Terms {
  count = 0;
  /** 2 · neuron + (1 if it is inactive) */
  readonly codes: Int32Array;
  /** Their forms, each error bound including the roundings of the sum to which the number is added. */
  readonly numbers: Float64Array;

  constructor(neurons: number) {
    this.codes = new Int32Array(neurons);
    this.numbers = new Float64Array(neurons * FORM_SIZE);
  }

  /** Returns the rounding of the sum relative to the size of its terms. */
  load({ forms, layer, startOf, patterns }: LayerBelow, cell: number, roundings: number): number {
    const { outputs, offset, slopes } = layer;
    let count = 0;
    for (let neuron = 0; neuron < outputs; neuron++) {
      if (patterns.has(cell, offset + neuron)) this.codes[count++] = 2 * neuron;
      else if (slopes[neuron] !== 0) this.codes[count++] = 2 * neuron + 1;
    }
    this.count = count;
    // Of a weight, of its product with a slope, of the product of both with a number, and one to spare.
    const rounding = (count + roundings + 3) * UNIT_ROUNDOFF;
    const base = startOf[cell] * outputs * FORM_SIZE;
    for (let term = 0; term < count; term++) {
      const from = base + (this.codes[term] >> 1) * FORM_SIZE;
      const to = term * FORM_SIZE;
      for (let i = 0; i < 3; i++) {
        const number = forms[from + i];
        this.numbers[to + i] = number;
        this.numbers[to + i + 3] = forms[from + i + 3] + rounding * Math.abs(number);
      }
    }
    return rounding;
  }
}
