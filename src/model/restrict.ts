import { add, type DoubleDouble, scale } from '../numeric/doubleDouble.ts';
import { DoubleDoubles, dot } from '../numeric/doubleDoubles.ts';
import { type Activation, traitsOf } from './activations.ts';
import type { FullNetwork, NetworkLayer } from './networks.ts';
import type { ChainLayer, PlaneActivation, PlaneLayer, PlaneNetwork } from './planeNetwork.ts';
import { READOUTS, type Readout } from './readouts.ts';
import type { Slice } from './slice.ts';

/**
 * The network on a slice of its input space, with the outputs that a readout needs: all of them, or the one output or neuron
 * that it reads. A clamp becomes two layers of ReLUs, affine layers that follow each other are multiplied out in double-double.
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
  const chain = steps.map(({ hiddenLayer: _, isOneToOne: __, ...layer }) => layer);
  const isPiecewiseLinear = chain.every(({ activation }) => activation.kind !== 'smooth');
  return { layers: fold(steps), chain, isPiecewiseLinear };
}

const IDENTITY: PlaneActivation = { kind: 'identity' };

/** A layer of the chain, and what `PlaneLayer` says of it. */
interface Step extends ChainLayer {
  readonly hiddenLayer: number;
  readonly isOneToOne: boolean;
}

function sliceStep({ origin, axis1, axis2 }: Slice): Step {
  const weight = Float64Array.from(origin.flatMap((_, i) => [axis1[i]!, axis2[i]!]));
  const bias = Float64Array.from(origin);
  return {
    inputs: 2,
    outputs: origin.length,
    weight,
    bias,
    activation: IDENTITY,
    hiddenLayer: -1,
    isOneToOne: false,
  };
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

/** A layer in terms of plane activations: one step, or those of a clamp. */
function lowered({ activation, ...layer }: Numbered): Step[] {
  const step = { ...layer, isOneToOne: false };
  const pieces = traitsOf(activation).pieces(activation);
  switch (pieces?.kind) {
    case undefined:
      return [{ ...step, activation: { kind: 'smooth', activation } }];
    case 'identity':
      return [{ ...step, activation: IDENTITY }];
    case 'twoSlope': {
      const slopes = Float64Array.from({ length: layer.outputs }, (_, i) => pieces.slopeOf(i));
      return [{ ...step, activation: { kind: 'twoSlope', slopes } }];
    }
    case 'clamp':
      return [{ ...step, activation: IDENTITY }, ...asRelus(pieces, step)];
  }
}

/**
 * min(max(z, min), max) = max − relu(max − min − relu(z − min)). Unlike relu(z − min) − relu(z − max) it subtracts no large numbers where
 * it is level. The second ReLU has 0 where z is max or more.
 */
function asRelus(
  { min, max }: { readonly min: number; readonly max: number },
  { outputs, hiddenLayer }: Pick<Step, 'outputs' | 'hiddenLayer'>,
): Step[] {
  const relus: PlaneActivation = { kind: 'twoSlope', slopes: new Float64Array(outputs) };
  const step = (factor: 1 | -1, bias: number, activation: PlaneActivation): Step => ({
    inputs: outputs,
    outputs,
    weight: diagonal(outputs, factor),
    bias: new Float64Array(outputs).fill(bias),
    activation,
    hiddenLayer,
    isOneToOne: true,
  });
  return [
    step(1, -min, relus),
    // In two steps, because max − min would be rounded.
    step(-1, max, IDENTITY),
    step(1, -min, relus),
    step(-1, max, IDENTITY),
  ];
}

function diagonal(size: number, value: number): Float64Array {
  const weight = new Float64Array(size * size);
  for (let i = 0; i < size; i += 1) weight[i * size + i] = value;
  return weight;
}

/** An affine map in double-double, by columns. */
interface Affine {
  readonly outputs: number;
  readonly isOneToOne: boolean;
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
function asLayer(step: Step): PlaneLayer {
  return {
    ...step,
    weight: new Float64Array(step.weight),
    bias: new Float64Array(step.bias),
    weightLow: null,
    biasLow: null,
    isOneToOne: isHidden(step.activation) && step.isOneToOne,
  };
}

function affineOf({ inputs, outputs, weight, bias, isOneToOne }: Step): Affine {
  const columns = Array.from({ length: inputs }, (_, j) => {
    const column = new DoubleDoubles(outputs);
    for (let i = 0; i < outputs; i += 1) column.high[i] = weight[i * inputs + j]!;
    return column;
  });
  const constant = new DoubleDoubles(outputs);
  constant.high.set(bias);
  return { outputs, isOneToOne, columns, bias: constant };
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
    isOneToOne: step.isOneToOne && before.isOneToOne,
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
  { outputs, isOneToOne, columns, bias }: Affine,
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
    isOneToOne: isHidden(activation) && isOneToOne,
  };
}

function isHidden({ kind }: PlaneActivation): boolean {
  return kind !== 'identity';
}

function nullIfZero(values: Float64Array): Float64Array | null {
  return values.every((value) => value === 0) ? null : values;
}
