import type { PlaneNetwork } from '../model/planeNetwork.ts';
import type { Point } from '../numeric/doubleDouble.ts';
import type { DoubleDoubles } from '../numeric/doubleDoubles.ts';
import { changeOf, slopeAt, slopeChangeOf } from './planeActivation.ts';
import { INPUT_MAPS, type LoadedLayer, MAP_SIZE, PlanePass } from './planePass.ts';

/** What has changed in a layer from the centre to the point loaded last. */
interface ChangedLayer {
  readonly atCenter: LoadedLayer;
  /** [outputs] what pre-activations count from: those at the centre, but 0 in the second layer of a clamp that is cut off there. */
  readonly standing: Float64Array;
  /** [outputs] how far the centre lies beyond the clamp that the layer begins, else 0. */
  readonly beyond: Float64Array;
  /** [outputs] changes of the pre-activations. */
  readonly before: Float64Array;
  /** [outputs] changes of the activations. */
  readonly after: Float64Array;
  /** [outputs, 3] the gradients of the activations as maps without constants, and their changes. */
  readonly maps: Float64Array;
  readonly mapChanges: Float64Array;
}

const NO_CHANGES = new Float64Array(INPUT_MAPS.length);

/**
 * A plane network about a centre: the changes of its outputs and of their gradients from there to other points, in float64. The
 * centre itself is evaluated in double-double, so that changes keep their relative accuracy in a view of any size.
 */
export class AnchoredPass {
  /** [K] the outputs at the centre. */
  readonly outputs: DoubleDoubles;
  /** [K, 3] their affine maps there, from `PlanePass.differentiate`. */
  readonly maps: Float64Array;
  readonly #layers: readonly ChangedLayer[];
  readonly #point = new Float64Array(2);

  constructor(network: PlaneNetwork, center: Point) {
    const pass = new PlanePass(network);
    this.outputs = pass.loadPrecisely(center);
    this.maps = pass.differentiate();
    this.#layers = pass.layers.map((atCenter, index) => ({
      atCenter,
      standing: atCenter.isOneToOne
        ? atCenter.preActivations.map((z) => Math.max(z, 0))
        : atCenter.preActivations,
      beyond: beyondClamp(atCenter.outputs, pass.layers[index + 1]),
      before: new Float64Array(atCenter.outputs),
      after: new Float64Array(atCenter.outputs),
      maps: new Float64Array(atCenter.maps.length),
      mapChanges: new Float64Array(atCenter.maps.length),
    }));
  }

  /** [K] The changes of the outputs from the centre to centre + (dx, dy). */
  load(dx: number, dy: number): Float64Array {
    this.#point.set([dx, dy]);
    let from: Float64Array = this.#point;
    for (const [index, { atCenter, standing, beyond, before, after }] of this.#layers.entries()) {
      const { inputs, outputs, weight, activation } = atCenter;
      const most = this.#layers[index + 1]?.atCenter.bias;
      for (let o = 0; o < outputs; o += 1) {
        const row = o * inputs;
        let change = 0;
        for (let i = 0; i < inputs; i += 1) change += weight[row + i]! * from[i]!;
        before[o] = change;
        // From where the clamp is cut off, as kernels count (neuronsAtAnchor.ts): beside p its width would have no digits.
        if (beyond[o]! > 0) after[o] = Math.max(change + beyond[o]!, -most![o]!);
        else after[o] = changeOf(activation, standing[o]!, change, o);
      }
      from = after;
    }
    return from;
  }

  /** [K, 3] The gradients of the outputs at the point loaded last, as maps without constants, and their changes from the centre. */
  differentiate(): { readonly maps: Float64Array; readonly mapChanges: Float64Array } {
    let from = { atCenter: INPUT_MAPS, maps: INPUT_MAPS, mapChanges: NO_CHANGES };
    for (const { atCenter, standing, before, maps, mapChanges } of this.#layers) {
      const { activation } = atCenter;
      for (let o = 0; o < atCenter.outputs; o += 1) {
        const [z, change] = [standing[o]!, before[o]!];
        const slope = slopeAt(activation, z + change, o);
        const slopeChange = slopeChangeOf(activation, z, change, o);
        for (const axis of [0, 1] as const) {
          const at = MAP_SIZE * o + axis;
          maps[at] = slope * along(atCenter, o, from.maps, axis);
          // The product rule, with the new slope and the old gradient.
          mapChanges[at] =
            slope * along(atCenter, o, from.mapChanges, axis) +
            slopeChange * along(atCenter, o, from.atCenter, axis);
        }
      }
      from = { atCenter: atCenter.maps, maps, mapChanges } as typeof from;
    }
    return from;
  }
}

/** The derivative of a pre-activation along an axis, from those of the layer's inputs. */
function along(
  { inputs, weight }: LoadedLayer,
  output: number,
  maps: Float64Array,
  axis: 0 | 1,
): number {
  let sum = 0;
  for (let i = 0; i < inputs; i += 1)
    sum += weight[output * inputs + i]! * maps[MAP_SIZE * i + axis]!;
  return sum;
}

/** [outputs] By how much the pre-activations exceed what the next layer, if it ends a clamp, lets pass. */
function beyondClamp(outputs: number, next: LoadedLayer | undefined): Float64Array {
  return Float64Array.from({ length: outputs }, (_, o) =>
    next?.isOneToOne ? Math.max(0, -next.preActivations[o]!) : 0,
  );
}
