import { traitsOf } from '../model/activations.ts';
import type { PlaneActivation, PlaneLayer, PlaneNetwork } from '../model/planeNetwork.ts';
import type { PlaneReadout } from '../model/resolve.ts';
import type { DoubleDoubles } from '../numeric/doubleDoubles.ts';
import type { Anchor } from './anchor.ts';
import { evaluatePlane } from './anchorPlane.ts';

/** Sums of numbers up to this stay in float32. */
const LIMIT = 2 ** 124;
/** Outputs up to this, and differences of two, are numbers of float32. */
const OUTPUT_LIMIT = 2 ** 126;

/** Where neurons are looked at, in half-widths. */
const PLACES = [-1, -0.5, 0, 0.5, 1];

/** Other smooth activations exceed the size of what they get by at most this: the largest parameter of ELU. */
const MORE = 1e6;

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
  network: PlaneNetwork,
  anchor: Anchor,
  withOutputs: boolean,
): boolean {
  const layers = withOutputs ? network.layers : network.layers.slice(0, -1);
  const { x, y, halfWidth, reach } = anchor;
  const extent = halfWidth * reach;
  const unit = Math.min(1, halfWidth);
  const size = largestSize(layers, Math.abs(x.high) + extent, Math.abs(y.high) + extent);
  if (2 * size <= LIMIT * unit) return false;
  const pointAt = (u: number, v: number) => {
    const at = (center: number, offset: number) => ({ high: center + offset * extent, low: 0 });
    const point = { ...anchor, x: at(x.high, u), y: at(y.high, v) };
    const { hidden, outputs } = evaluatePlane(network, point);
    return [...hidden, outputs];
  };
  const middle = pointAt(0, 0);
  const isHeld = (z: readonly DoubleDoubles[]) =>
    layers.every(({ activation }, l) =>
      z[l]!.high.every(
        (value, i) =>
          Math.abs(value - middle[l]!.high[i]!) <= limitOf(activation) * halfWidth &&
          (activation.kind !== 'smooth' || Math.abs(value) <= LIMIT),
      ),
    );
  return PLACES.some((u) => PLACES.some((v) => !isHeld(pointAt(u, v))));
}

function limitOf({ kind }: PlaneActivation): number {
  return kind === 'identity' ? OUTPUT_LIMIT : LIMIT;
}

/** A bound of all pre-activations where coordinates have these sizes at most; NaN if it overflows. */
function largestSize(layers: readonly PlaneLayer[], x: number, y: number): number {
  let inputs = [x, y];
  let largest = 0;
  for (const layer of layers) {
    const { weight, bias, inputs: count } = layer;
    const z = Array.from(bias, (own, i) => {
      let sum = Math.abs(own);
      for (let j = 0; j < count; j += 1) sum += Math.abs(weight[i * count + j]!) * inputs[j]!;
      return sum;
    });
    largest = z.reduce((most, size) => Math.max(most, size), largest);
    inputs = z.map((size, i) => activatedSize(layer, size, i));
  }
  return largest;
}

/** A bound of an activation whose pre-activation has this size at most. */
function activatedSize({ activation, isOneToOne, bias }: PlaneLayer, size: number, i: number) {
  if (isOneToOne) return bias[i]!;
  if (activation.kind === 'twoSlope') return size * Math.max(1, Math.abs(activation.slopes[i]!));
  if (activation.kind === 'identity') return size;
  const { ends } = traitsOf(activation.activation);
  return ends ? Math.max(-ends[0], ends[1]) : size + MORE;
}
