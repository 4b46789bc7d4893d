import type { PlaneLayer, PlaneNetwork } from '../model/planeNetwork.ts';
import { add, type DoubleDouble, toNumber } from '../numeric/doubleDouble.ts';
import type { PlaneAtAnchor } from './anchorPlane.ts';

/** A two-slope neuron at the anchor. */
export interface NeuronAtAnchor {
  /** Its pre-activation p. */
  readonly height: number;
  /** What its activation counts from if the slope where it is off is 0: relu(p), or less if a clamp cuts it off. */
  readonly start: number;
  /** height − start. */
  readonly shift: number;
}

/**
 * The hidden neurons at the anchor. A clamp between 0 and L is two of them, relu(L − relu(z)). Where p is more than L, the first counts
 * from L instead of p: its change is −L where it is off, and ζ + p − L else. The second then stands at 0. So what is level
 * in the view is as exact as L, however far beyond it p is.
 *
 * @param relative a number of the plane's units in those of a layer
 */
export function neuronsAtAnchor(
  { layers }: PlaneNetwork,
  { hidden }: PlaneAtAnchor,
  relative: (value: number, layer: number) => number,
): readonly (readonly NeuronAtAnchor[])[] {
  return hidden.map((z, index) => {
    const after = layers[index + 1]!;
    return Array.from(z.high, (high, i) => {
      const p = high + z.low[i]!;
      const height = layers[index]!.isOneToOne ? Math.max(p, 0) : p;
      const excess = after.isOneToOne ? excessOf(z.get(i), after, i) : 0;
      const start = excess > 0 ? after.bias[i]! : Math.max(height, 0);
      return {
        height: relative(height, index),
        start: relative(start, index),
        shift: relative(excess > 0 ? excess : height - start, index),
      };
    });
  });
}

/** p − L, in double-double: beside L float64 loses digits that count in a deep view. */
function excessOf(p: DoubleDouble, { bias, biasLow }: PlaneLayer, neuron: number): number {
  return toNumber(add(p, { high: -bias[neuron]!, low: -(biasLow?.[neuron] ?? 0) }));
}
