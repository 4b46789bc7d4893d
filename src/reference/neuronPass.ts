import { type Activation, kindOfActivation, traitsOf } from '../model/activations.ts';
import type { ChainLayer, PlaneActivation } from '../model/planeNetwork.ts';
import type { ResolvedField } from '../model/resolve.ts';
import type { Point } from '../numeric/doubleDouble.ts';
import { DoubleDoubles, dot } from '../numeric/doubleDoubles.ts';
import { smoothChange } from './activationChanges.ts';
import { activatePrecisely, changeOf } from './planeActivation.ts';

/** Samples of the plane, by their offsets from a centre. [samples] each */
export interface Offsets {
  readonly dx: Float64Array;
  readonly dy: Float64Array;
}

/** One neuron at some samples. [samples] each */
export interface NeuronValues {
  readonly preActivations: Float64Array;
  readonly activations: Float64Array;
}

/** z, and the four steps that `restrict` makes of a clamp. */
const CLAMP_STEPS = 5;

/** A step of the exact chain, with what it has at the centre. */
interface CenteredStep extends ChainLayer {
  /** [outputs] the pre-activations at the centre. */
  readonly before: Float64Array;
  /** [outputs] the activations there. */
  readonly after: Float64Array;
}

/**
 * All neurons of a network over samples of its slice, from one forward pass. As in `AnchoredPass`, the centre is evaluated in
 * double-double and changes from there in float64, so that it serves a view of any size. Work pauses after each neuron.
 */
export class NeuronPass {
  /** Those of each layer of the network: a clamp is five. */
  readonly #layers: readonly (readonly CenteredStep[])[];
  /** [inputs] at the centre, and their slopes along both coordinates of the plane. */
  readonly #inputs: Float64Array;
  readonly #slopes: readonly [Float64Array, Float64Array];

  constructor({ network, whole, field: { slice } }: ResolvedField, center: Point) {
    const point = new DoubleDoubles(2);
    point.set(0, center.x);
    point.set(1, center.y);
    const [first, ...rest] = whole.chain;
    const inputs = slice ? applyPrecisely(first!, point) : point;
    this.#inputs = inputs.high;
    this.#slopes = slice
      ? [Float64Array.from(slice.axis1), Float64Array.from(slice.axis2)]
      : [Float64Array.of(1, 0), Float64Array.of(0, 1)];
    const steps = centered(slice ? rest : whole.chain, inputs);
    let next = 0;
    this.#layers = network.layers.map(({ activation }) => {
      const isClamp =
        kindOfActivation(activation) !== 'identity' && steps[next]!.activation.kind === 'identity';
      const count = isClamp ? CLAMP_STEPS : 1;
      next += count;
      return steps.slice(next - count, next);
    });
  }

  /** [samples] the values of an input. */
  input(index: number, { dx, dy }: Offsets): Float32Array {
    const [start, slope1, slope2] = [this.#inputs, ...this.#slopes].map((of) => of[index]!);
    return Float32Array.from(dx, (d, s) => start! + slope1! * d + slope2! * dy[s]!);
  }

  /** The activations of all neurons of each layer, outputs last: [neurons, samples], row-major. */
  *all(offsets: Offsets): Generator<void, Float32Array[]> {
    const values: Float32Array[] = [];
    let from: Float64Array | null = null;
    for (const steps of this.#layers) {
      for (const step of steps) from = yield* this.#changes(step, from, offsets);
      values.push(sums(steps.at(-1)!.after, from!));
    }
    return values;
  }

  /** One neuron. @param layer from 0, hidden ones and then the output layer */
  *one(layer: number, index: number, offsets: Offsets): Generator<void, NeuronValues> {
    let from: Float64Array | null = null;
    for (const steps of this.#layers.slice(0, layer)) {
      for (const step of steps) from = yield* this.#changes(step, from, offsets);
    }
    const [step, ...more] = this.#layers[layer]!;
    const samples = offsets.dx.length;
    const changes = new Float64Array(samples);
    this.#change(step!, index, from, offsets, changes);
    const preActivations = changes.map((change) => step!.before[index]! + change);
    activateChanges(step!, index, changes);
    // The steps of a clamp take each neuron by itself.
    for (const next of more) {
      const weight = next.weight[index * next.inputs + index]!;
      for (let s = 0; s < samples; s += 1) changes[s]! *= weight;
      activateChanges(next, index, changes);
    }
    const { after } = more.at(-1) ?? step!;
    return { preActivations, activations: changes.map((change) => after[index]! + change) };
  }

  /** [outputs, samples] the changes of a step's activations from the centre. */
  *#changes(
    step: CenteredStep,
    from: Float64Array | null,
    offsets: Offsets,
  ): Generator<void, Float64Array> {
    const samples = offsets.dx.length;
    const all = new Float64Array(step.outputs * samples);
    for (let o = 0; o < step.outputs; o += 1) {
      const changes = all.subarray(o * samples, (o + 1) * samples);
      this.#change(step, o, from, offsets, changes);
      activateChanges(step, o, changes);
      yield;
    }
    return all;
  }

  /**
   * The changes of one pre-activation.
   * @param from [inputs, samples] those of the step's inputs; null if these are the network's
   * @param changes [samples] zeros, which take the result
   */
  #change(
    { weight, inputs }: CenteredStep,
    output: number,
    from: Float64Array | null,
    { dx, dy }: Offsets,
    changes: Float64Array,
  ): void {
    const row = weight.subarray(output * inputs, (output + 1) * inputs);
    if (from) {
      addProducts(row, from, changes);
      return;
    }
    const [slope1, slope2] = this.#slopes.map((slopes) => product(row, slopes)) as [number, number];
    for (let s = 0; s < changes.length; s += 1) changes[s] = slope1 * dx[s]! + slope2 * dy[s]!;
  }
}

/** The steps with their values at the centre, in double-double up to the last rounding. */
function centered(steps: readonly ChainLayer[], inputs: DoubleDoubles): CenteredStep[] {
  let from = inputs;
  return steps.map((step) => {
    const z = applyPrecisely(step, from);
    const before = z.high.slice();
    for (let o = 0; o < step.outputs; o += 1) {
      z.set(o, activatePrecisely(step.activation, z.get(o), o));
    }
    from = z;
    return { ...step, before, after: z.high };
  });
}

function applyPrecisely(
  { inputs, outputs, weight, bias }: ChainLayer,
  from: DoubleDoubles,
): DoubleDoubles {
  const z = new DoubleDoubles(outputs);
  for (let o = 0; o < outputs; o += 1) dot(weight, o * inputs, from, bias[o]!, z, o);
  return z;
}

/**
 * sums += row · from. Four inputs at once, so that sums are read and written a quarter as often.
 * @param from [inputs, samples]
 * @param sums [samples]
 */
function addProducts(
  row: Float32Array | Float64Array,
  from: Float64Array,
  sums: Float64Array,
): void {
  const samples = sums.length;
  const inputs = row.length;
  let i = 0;
  for (; i + 4 <= inputs; i += 4) {
    const [w0, w1, w2, w3] = [row[i]!, row[i + 1]!, row[i + 2]!, row[i + 3]!];
    if (w0 === 0 && w1 === 0 && w2 === 0 && w3 === 0) continue;
    const a = i * samples;
    const b = a + samples;
    const c = b + samples;
    const d = c + samples;
    for (let s = 0; s < samples; s += 1) {
      sums[s]! += w0 * from[a + s]! + w1 * from[b + s]! + (w2 * from[c + s]! + w3 * from[d + s]!);
    }
  }
  for (; i < inputs; i += 1) {
    const w = row[i]!;
    const a = i * samples;
    for (let s = 0; s < samples; s += 1) sums[s]! += w * from[a + s]!;
  }
}

function product(row: Float32Array | Float64Array, vector: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < row.length; i += 1) sum += row[i]! * vector[i]!;
  return sum;
}

/** Turns changes of a neuron's pre-activation into those of its activation. */
function activateChanges(
  { activation, before }: { readonly activation: PlaneActivation; readonly before: Float64Array },
  neuron: number,
  changes: Float64Array,
): void {
  if (activation.kind === 'identity') return;
  const z = before[neuron]!;
  if (activation.kind === 'twoSlope' && activation.slopes[neuron] === 0) {
    // ReLU, the most common one: relu(z + change) − relu(z).
    const least = -Math.max(z, 0);
    const shift = Math.min(z, 0);
    for (let s = 0; s < changes.length; s += 1) {
      const change = changes[s]! + shift;
      changes[s] = change > least ? change : least;
    }
    return;
  }
  if (activation.kind === 'smooth') {
    activateSmooth(activation.activation, z, changes);
    return;
  }
  for (let s = 0; s < changes.length; s += 1) {
    changes[s] = changeOf(activation, z, changes[s]!, neuron);
  }
}

/** From here on a plain difference has more digits than a picture needs, and takes a fraction of the time. */
const PLAIN_CHANGE = 2 ** -10;

function activateSmooth(activation: Activation, z: number, changes: Float64Array): void {
  const { value } = traitsOf(activation);
  const start = value(z, activation, 0);
  for (let s = 0; s < changes.length; s += 1) {
    const change = changes[s]!;
    changes[s] =
      Math.abs(change) > PLAIN_CHANGE
        ? value(z + change, activation, 0) - start
        : smoothChange(activation, z, change);
  }
}

/** [neurons, samples] start + changes. */
function sums(start: Float64Array, changes: Float64Array): Float32Array {
  const samples = changes.length / start.length;
  const values = new Float32Array(changes.length);
  let at = 0;
  for (const value of start) {
    for (let s = 0; s < samples; s += 1, at += 1) values[at] = value + changes[at]!;
  }
  return values;
}
