import { kindOfActivation, traitsOf } from '../model/activations.ts';
import type { PlaneActivation, PlaneLayer, PlaneNetwork } from '../model/planeNetwork.ts';
import type { PlaneReadout } from '../model/resolve.ts';
import type { Anchor } from './anchor.ts';

/** Sums of numbers up to this stay in float32. */
const LIMIT = 2 ** 124;
/** Outputs up to this, and differences of two, are numbers of float32. */
const OUTPUT_LIMIT = 2 ** 126;

/** Where neurons are looked at, in half-widths. */
const PLACES = [-1, -0.5, 0, 0.5, 1];

/** Other smooth activations exceed the size of what they get by at most this: the largest parameter of ELU. */
const MORE = 1e6;

/** The largest value of bounded activations. */
const MOST: Readonly<Record<string, number>> = { tanh: 1, sigmoid: 1, sine: 1 };

/** Whether only the order of outputs counts: then kernels have units for them. */
export function readsOrder({ kind }: PlaneReadout): boolean {
  return kind === 'class' || kind === 'argmax';
}

/**
 * Whether neurons are too large for float32 in the view, as kernels of wide networks count them: how far pre-activations change, in
 * half-widths, and those of smooth neurons themselves. What bounds do not exclude is looked up at 5 × 5 points.
 *
 * @param withOutputs whether these count, too
 */
export function leavesFloat32(
  { layers: all }: PlaneNetwork,
  anchor: Anchor,
  withOutputs: boolean,
): boolean {
  const { x, y, halfWidth, reach } = anchor;
  const layers = withOutputs ? all : all.slice(0, -1);
  const extent = halfWidth * reach;
  const size = preActivations(
    layers,
    [x, y].map(({ high }) => Math.abs(high) + extent),
    bound,
  );
  const unit = Math.min(1, halfWidth);
  if (size.every((z) => z.every((most) => 2 * most <= LIMIT * unit))) return false;
  const pointAt = (u: number, v: number) =>
    preActivations(layers, [x.high + u * extent, y.high + v * extent], at);
  const middle = pointAt(0, 0);
  const isHeld = (z: readonly (readonly number[])[]) =>
    layers.every(({ activation }, l) =>
      z[l]!.every(
        (value, i) =>
          Math.abs(value - middle[l]![i]!) <= limitOf(activation) * halfWidth &&
          (activation.kind !== 'smooth' || Math.abs(value) <= LIMIT),
      ),
    );
  return PLACES.some((u) => PLACES.some((v) => !isHeld(pointAt(u, v))));
}

function limitOf({ kind }: PlaneActivation): number {
  return kind === 'identity' ? OUTPUT_LIMIT : LIMIT;
}

type LayerValues = (
  layer: PlaneLayer,
  inputs: readonly number[],
) => { readonly z: number[]; readonly activated: number[] };

/** [layers][neurons] */
function preActivations(
  layers: readonly PlaneLayer[],
  inputs: readonly number[],
  values: LayerValues,
): number[][] {
  let from = inputs;
  return layers.map((layer) => {
    const { z, activated } = values(layer, from);
    from = activated;
    return z;
  });
}

const at: LayerValues = (layer, inputs) => {
  const z = sums(layer, inputs, (weight) => weight);
  return { z, activated: z.map((value, i) => activate(layer.activation, value, i)) };
};

const bound: LayerValues = (layer, inputs) => {
  const z = sums(layer, inputs, Math.abs);
  const { activation, isOneToOne, bias } = layer;
  return {
    z,
    activated: z.map((value, i) => {
      if (isOneToOne) return bias[i]!;
      if (activation.kind === 'twoSlope')
        return value * Math.max(1, Math.abs(activation.slopes[i]!));
      if (activation.kind === 'identity') return value;
      return MOST[kindOfActivation(activation.activation)] ?? value + MORE;
    }),
  };
};

function sums(
  { weight, bias, inputs: count }: PlaneLayer,
  inputs: readonly number[],
  of: (value: number) => number,
): number[] {
  return Array.from(bias, (own, i) => {
    let sum = of(own);
    for (let j = 0; j < count; j += 1) sum += of(weight[i * count + j]!) * inputs[j]!;
    return sum;
  });
}

function activate(activation: PlaneActivation, z: number, neuron: number): number {
  if (activation.kind === 'identity') return z;
  if (activation.kind === 'twoSlope') return z > 0 ? z : activation.slopes[neuron]! * z;
  return traitsOf(activation.activation).value(z, activation.activation, neuron);
}
