import { add, type DoubleDouble, scale } from '../numeric/doubleDouble.ts';
import { DoubleDoubles, dot } from '../numeric/doubleDoubles.ts';
import { type Activation, kindOfActivation, traitsOf } from './activations.ts';
import type { FullNetwork, NetworkLayer } from './networks.ts';
import type { ChainLayer, PlaneActivation, PlaneLayer, PlaneNetwork } from './planeNetwork.ts';
import { READOUTS, type Readout } from './readouts.ts';
import type { Slice } from './slice.ts';

/**
 * The network on a slice of its input space, with the outputs that a readout needs: all of them, or the one output or neuron
 * that it reads. Clamps become pairs of ReLUs, affine layers that follow each other are multiplied out in double-double.
 *
 * @param network d → K
 * @param slice null if d is 2
 * @param readout null for all outputs
 */
export function restrict(
  network: FullNetwork,
  slice: Slice | null,
  readout: Readout | null,
): PlaneNetwork {
  const steps = [
    ...(slice ? [sliceStep(slice)] : []),
    ...layersFor(network, readout).flatMap(lowered),
  ];
  const chain = steps.map(({ hiddenLayer: _, ...layer }) => layer);
  const isPiecewiseLinear = chain.every(({ activation }) => activation.kind !== 'smooth');
  return { layers: fold(steps), chain, isPiecewiseLinear };
}

const IDENTITY: PlaneActivation = { kind: 'identity' };

/** A layer of the chain with the network's own hidden layer to which its neurons belong. */
interface Step extends ChainLayer {
  readonly hiddenLayer: number;
}

function sliceStep({ origin, axis1, axis2 }: Slice): Step {
  const weight = Float64Array.from(origin.flatMap((_, i) => [axis1[i]!, axis2[i]!]));
  const bias = Float64Array.from(origin);
  return { inputs: 2, outputs: origin.length, weight, bias, activation: IDENTITY, hiddenLayer: -1 };
}

/** A layer of the network and its number among the hidden ones; −1 for the last. */
type Numbered = NetworkLayer & { readonly hiddenLayer: number };

/** The layers up to the outputs, or to the neuron, that the readout reads; all if it is null. */
export function layersFor({ layers }: FullNetwork, readout: Readout | null): Numbered[] {
  const last = layers.length - 1;
  const numbered = layers.map((layer, i) => ({ ...layer, hiddenLayer: i === last ? -1 : i }));
  if (readout === null || !READOUTS[readout.kind].ofOne) return numbered;
  if (readout.kind !== 'neuron') {
    const { index } = readout as Readout & { readonly index: number };
    return [...numbered.slice(0, last), onlyRow(numbered[last]!, index)];
  }
  const { layer, index, stage } = readout;
  const neuron = onlyRow(numbered[layer]!, index);
  if (stage === 'preactivation') {
    return [...numbered.slice(0, layer), { ...neuron, activation: 'identity', hiddenLayer: -1 }];
  }
  const passOn = { inputs: 1, outputs: 1, weight: Float64Array.of(1), bias: Float64Array.of(0) };
  return [
    ...numbered.slice(0, layer),
    neuron,
    { ...passOn, activation: 'identity', hiddenLayer: -1 },
  ];
}

function onlyRow(layer: Numbered, index: number): Numbered {
  const { inputs, weight, bias, activation } = layer;
  return {
    ...layer,
    outputs: 1,
    weight: weight.slice(index * inputs, (index + 1) * inputs),
    bias: bias.slice(index, index + 1),
    activation: ofNeuron(activation, index),
  };
}

/** The activation of one neuron of a layer. */
function ofNeuron(activation: Activation, index: number): Activation {
  if (typeof activation === 'string' || activation.kind !== 'prelu') return activation;
  const { slopes } = activation;
  return { kind: 'prelu', slopes: [slopes[slopes.length === 1 ? 0 : index]!] };
}

/** A layer in terms of plane activations: one step, or three for a clamp. */
function lowered({ activation, ...layer }: Numbered): Step[] {
  if (kindOfActivation(activation) === 'identity') return [{ ...layer, activation: IDENTITY }];
  const neurons = Array.from({ length: layer.outputs }, (_, i) =>
    traitsOf(activation).pieces(activation, i),
  );
  if (neurons.some((pieces) => pieces === null)) {
    return [{ ...layer, activation: { kind: 'smooth', activation } }];
  }
  const pieces = neurons.map((own) => own!);
  const isTwoSlope = pieces.every(
    ({ breakpoints, slopes, start }) =>
      breakpoints.length === 1 && breakpoints[0] === 0 && slopes[1] === 1 && start === 0,
  );
  if (isTwoSlope) {
    const slopes = Float64Array.from(pieces, (own) => own.slopes[0]!);
    return [{ ...layer, activation: { kind: 'twoSlope', slopes } }];
  }
  return [{ ...layer, activation: IDENTITY }, ...asRelus(pieces, layer.hiddenLayer)];
}

/** φ(z) = start + Σ_i (slope_i − slope_{i − 1}) relu(z − breakpoint_i), for activations that begin with slope 0. */
function asRelus(
  pieces: readonly {
    readonly breakpoints: readonly number[];
    slopes: readonly number[];
    start: number;
  }[],
  hiddenLayer: number,
): Step[] {
  const neurons = pieces.length;
  const parts = pieces.flatMap(({ breakpoints, slopes }, neuron) =>
    breakpoints.map((breakpoint, i) => ({ neuron, breakpoint, rise: slopes[i + 1]! - slopes[i]! })),
  );
  const into = new Float64Array(parts.length * neurons);
  const outOf = new Float64Array(neurons * parts.length);
  parts.forEach(({ neuron, rise }, part) => {
    into[part * neurons + neuron] = 1;
    outOf[neuron * parts.length + part] = rise;
  });
  return [
    {
      inputs: neurons,
      outputs: parts.length,
      weight: into,
      bias: Float64Array.from(parts, ({ breakpoint }) => -breakpoint),
      activation: { kind: 'twoSlope', slopes: new Float64Array(parts.length) },
      hiddenLayer,
    },
    {
      inputs: parts.length,
      outputs: neurons,
      weight: outOf,
      bias: Float64Array.from(pieces, ({ start }) => start),
      activation: IDENTITY,
      hiddenLayer,
    },
  ];
}

/** An affine map in double-double, by columns. */
interface Affine {
  readonly outputs: number;
  readonly columns: readonly DoubleDoubles[];
  readonly bias: DoubleDoubles;
}

/** Multiplies out affine steps that follow each other. */
function fold(steps: readonly Step[]): PlaneLayer[] {
  const layers: PlaneLayer[] = [];
  let pending: Affine | null = null;
  steps.forEach((step, i) => {
    if (step.activation.kind === 'identity' && i < steps.length - 1) {
      pending = pending ? product(step, pending) : affineOf(step);
    } else {
      layers.push(pending ? toLayer(product(step, pending), step) : asLayer(step));
      pending = null;
    }
  });
  return layers;
}

/** A step by itself: nothing is rounded. */
function asLayer({ inputs, outputs, weight, bias, activation, hiddenLayer }: Step): PlaneLayer {
  return {
    inputs,
    outputs,
    weight: new Float64Array(weight),
    bias: new Float64Array(bias),
    weightLow: null,
    biasLow: null,
    activation,
    hiddenLayer,
  };
}

function affineOf({ inputs, outputs, weight, bias }: Step): Affine {
  const columns = Array.from({ length: inputs }, (_, j) => {
    const column = new DoubleDoubles(outputs);
    for (let i = 0; i < outputs; i += 1) column.high[i] = weight[i * inputs + j]!;
    return column;
  });
  const constant = new DoubleDoubles(outputs);
  constant.high.set(bias);
  return { outputs, columns, bias: constant };
}

/** A list of terms is worth making, and adding up one by one, if at most one in so many is not 0. */
const SPARSE = 8;

/** By the step's weight: a slider moves the origin of a slice and leaves its axes, whose products are most of the work. */
const latest = new WeakMap<Step['weight'], { readonly before: Affine; readonly after: Affine }>();

/** The step after the map. */
function product(step: Step, before: Affine): Affine {
  const known = latest.get(step.weight);
  const multiply = multiplier(step);
  const zeros = new Float64Array(step.outputs);
  const after = {
    outputs: step.outputs,
    columns: before.columns.map((column, i) => {
      const isKnown = known && areEqual(column, known.before.columns[i]!);
      return isKnown ? known.after.columns[i]! : multiply(column, zeros);
    }),
    bias: multiply(before.bias, step.bias),
  };
  latest.set(step.weight, { before, after });
  return after;
}

function areEqual(a: DoubleDoubles, b: DoubleDoubles): boolean {
  return a.high.every((value, i) => value === b.high[i] && a.low[i] === b.low[i]);
}

/** start + weight · vector, for several vectors. */
function multiplier({ inputs, outputs, weight }: Step) {
  const rowOf = (i: number) => weight.subarray(i * inputs, (i + 1) * inputs);
  let rows: (readonly number[] | null)[] | null = null;
  return (vector: DoubleDoubles, start: Float32Array | Float64Array): DoubleDoubles => {
    const entries = sparseTerms(vector.high);
    if (entries === null) rows ??= Array.from({ length: outputs }, (_, i) => sparseTerms(rowOf(i)));
    const result = new DoubleDoubles(outputs);
    for (let i = 0; i < outputs; i += 1) {
      const terms = entries ?? rows![i]!;
      if (terms === null) dot(weight, i * inputs, vector, start[i]!, result, i);
      else result.set(i, dotOf(terms, weight, i * inputs, vector, start[i]!));
    }
    return result;
  };
}

/** The indices of what is not 0; null if that is too much. */
function sparseTerms(values: Float32Array | Float64Array): readonly number[] | null {
  const indices: number[] = [];
  for (let i = 0; i < values.length; i += 1) {
    if (values[i] === 0) continue;
    if (SPARSE * (indices.length + 1) > values.length) return null;
    indices.push(i);
  }
  return indices;
}

/** `dot` over some of the terms: clamps have matrices of which all but a few entries are 0. */
function dotOf(
  terms: readonly number[],
  weight: Float32Array | Float64Array,
  first: number,
  vector: DoubleDoubles,
  start: number,
): DoubleDouble {
  return terms.reduce((total, j) => add(total, scale(vector.get(j), weight[first + j]!)), {
    high: start,
    low: 0,
  });
}

function toLayer(
  { outputs, columns, bias }: Affine,
  { activation, hiddenLayer }: Step,
): PlaneLayer {
  const inputs = columns.length;
  const weight = new Float64Array(outputs * inputs);
  const low = new Float64Array(outputs * inputs);
  columns.forEach((column, j) => {
    for (let i = 0; i < outputs; i += 1) {
      weight[i * inputs + j] = column.high[i]!;
      low[i * inputs + j] = column.low[i]!;
    }
  });
  return {
    inputs,
    outputs,
    weight,
    bias: Float64Array.from(bias.high),
    weightLow: nullIfZero(low),
    biasLow: nullIfZero(Float64Array.from(bias.low)),
    activation,
    hiddenLayer,
  };
}

function nullIfZero(values: Float64Array): Float64Array | null {
  return values.every((value) => value === 0) ? null : values;
}
