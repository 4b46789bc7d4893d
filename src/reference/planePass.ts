import { neuronKey, ownPatterns } from '../model/pattern.ts';
import type { PlaneLayer, PlaneNetwork } from '../model/planeNetwork.ts';
import { add, type Point } from '../numeric/doubleDouble.ts';
import { DoubleDoubles, dot } from '../numeric/doubleDoubles.ts';
import type { AffineMap } from './evaluator.ts';
import { activate, activatePrecisely, slopeAt } from './planeActivation.ts';

/** A layer with what was computed in it at the point loaded last. */
export interface LoadedLayer extends PlaneLayer {
  /** Index of its first neuron among all hidden neurons. */
  readonly offset: number;
  /** [outputs] before the activation. */
  readonly preActivations: Float64Array;
  /** [outputs] after it. */
  readonly activations: Float64Array;
  /** [outputs, 3] after it: the derivatives along x and y, and the constant of the affine map. */
  readonly maps: Float64Array;
}

/** The numbers of `maps` for an output. */
export const MAP_SIZE = 3;

/** x and y themselves, as `maps`. */
export const INPUT_MAPS = Float64Array.of(1, 0, 0, 0, 1, 0);

/**
 * A plane network in float64, at one point after another. It owns its scratch memory: what it returns is valid until the next
 * point is loaded.
 */
export class PlanePass {
  readonly network: PlaneNetwork;
  readonly layers: readonly LoadedLayer[];
  readonly #point = new Float64Array(2);
  readonly #keys: Uint32Array;

  constructor(network: PlaneNetwork) {
    this.network = network;
    let offset = 0;
    this.layers = network.layers.map((layer) => {
      const { outputs } = layer;
      const loaded = {
        ...layer,
        offset,
        preActivations: new Float64Array(outputs),
        activations: new Float64Array(outputs),
        maps: new Float64Array(MAP_SIZE * outputs),
      };
      offset += outputs;
      return loaded;
    });
    const neurons = this.layers.at(-1)!.offset;
    this.#keys = Uint32Array.from({ length: neurons }, (_, neuron) => neuronKey(neuron));
  }

  get hasHiddenLayers(): boolean {
    return this.layers.length > 1;
  }

  /** Forward pass; the K outputs at the point. */
  load(x: number, y: number): Float64Array {
    this.#point[0] = x;
    this.#point[1] = y;
    let from: Float64Array = this.#point;
    for (const layer of this.layers) {
      applyWeights(layer, from);
      for (let o = 0; o < layer.outputs; o += 1) {
        layer.activations[o] = activate(layer.activation, layer.preActivations[o]!, o);
      }
      from = layer.activations;
    }
    return from;
  }

  /**
   * Forward pass in double-double; smooth activations keep the rounding of float64.
   */
  loadPrecisely({ x, y }: Point): DoubleDoubles {
    let from = new DoubleDoubles(2);
    from.set(0, x);
    from.set(1, y);
    for (const layer of this.layers) {
      const z = applyWeightsPrecisely(layer, from);
      layer.preActivations.set(z.high);
      for (let o = 0; o < layer.outputs; o += 1) {
        z.set(o, activatePrecisely(layer.activation, z.get(o), o));
      }
      from = z;
    }
    return from;
  }

  /**
   * [K, 3], at the point loaded last: the exact derivatives ∂₁ and ∂₂ of each output, and the constant b of its affine map. The
   * constant is carried through the layers too, which avoids the cancellation of value − a · x far from the origin; it has a meaning
   * only if the network is piecewise linear.
   */
  differentiate(): Float64Array {
    let from: Float64Array = INPUT_MAPS;
    for (const layer of this.layers) {
      const { inputs, outputs, weight, bias, maps, preActivations } = layer;
      for (let o = 0; o < outputs; o += 1) {
        const slope = slopeAt(layer.activation, preActivations[o]!, o);
        let d1 = 0;
        let d2 = 0;
        let constant = 0;
        if (slope !== 0) {
          const row = o * inputs;
          constant = bias[o]!;
          for (let i = 0; i < inputs; i += 1) {
            const w = weight[row + i]!;
            d1 += w * from[MAP_SIZE * i]!;
            d2 += w * from[MAP_SIZE * i + 1]!;
            constant += w * from[MAP_SIZE * i + 2]!;
          }
        }
        // No −0: 0 is added to what is −0.
        maps[MAP_SIZE * o] = slope * d1 + 0;
        maps[MAP_SIZE * o + 1] = slope * d2 + 0;
        maps[MAP_SIZE * o + 2] = slope * constant + 0;
      }
      from = maps;
    }
    return from;
  }

  /** Per hidden layer of the network a string, as `ownPatterns` has them. */
  pattern(): readonly string[] {
    return signsOf(this.layers, this.preActivations());
  }

  /** The hidden layers' pre-activations. */
  preActivations(): number[][] {
    return this.layers.slice(0, -1).map(({ preActivations }) => [...preActivations]);
  }

  /** The pattern as a number; 0 if there are no hidden layers. */
  patternId(): number {
    let id = 0;
    for (let l = 0; l < this.layers.length - 1; l += 1) {
      const { offset, preActivations } = this.layers[l]!;
      for (let o = 0; o < preActivations.length; o += 1) {
        if (preActivations[o]! > 0) id ^= this.#keys[offset + o]!;
      }
    }
    return id >>> 0;
  }
}

/** The pattern of a plane network with these pre-activations: [hidden layers][neurons]. */
export function signsOf(
  layers: readonly PlaneLayer[],
  preActivations: readonly (readonly number[])[],
): readonly string[] {
  const signs = preActivations.map((layer) => layer.map((z) => (z > 0 ? '1' : '0')).join(''));
  return ownPatterns(
    signs,
    layers.map(({ isOneToOne }) => isOneToOne),
  );
}

/** The affine maps of all outputs, from what `differentiate` returns. */
export function toAffineMaps(maps: Float64Array): AffineMap[] {
  return Array.from({ length: maps.length / MAP_SIZE }, (_, k) => {
    const [d1, d2, b] = maps.subarray(MAP_SIZE * k, MAP_SIZE * (k + 1));
    return { a: [d1!, d2!], b: b! };
  });
}

function applyWeights(layer: LoadedLayer, from: Float64Array): void {
  const { inputs, outputs, weight, bias, preActivations } = layer;
  for (let o = 0; o < outputs; o += 1) {
    const row = o * inputs;
    let z = bias[o]!;
    for (let i = 0; i < inputs; i += 1) z += weight[row + i]! * from[i]!;
    preActivations[o] = z;
  }
}

function applyWeightsPrecisely(layer: LoadedLayer, from: DoubleDoubles): DoubleDoubles {
  const { inputs, outputs, weight, bias, weightLow, biasLow } = layer;
  const z = new DoubleDoubles(outputs);
  for (let o = 0; o < outputs; o += 1) {
    const row = o * inputs;
    dot(weight, row, from, bias[o]!, z, o);
    let rest = biasLow?.[o] ?? 0;
    if (weightLow) {
      for (let i = 0; i < inputs; i += 1) rest += weightLow[row + i]! * from.high[i]!;
    }
    if (rest !== 0) z.set(o, add(z.get(o), { high: rest, low: 0 }));
  }
  return z;
}
