import type { Activation, Layer, Logits, Network, Vec2 } from './field.ts';
import type { PlaneLayer, PlaneNetwork } from './planeNetwork.ts';

/** The form that the first version's kernels and geometry read; null if the network has none. */
export function firstVersionNetwork({ layers }: PlaneNetwork): Network | null {
  if (layers.length < 2 || layers.at(-1)!.outputs !== 1) return null;
  let found: Activation | null = null;
  for (const { activation } of layers.slice(0, -1)) {
    if (activation.kind !== 'twoSlope') return null;
    const is = (slope: number) => activation.slopes.every((own) => own === slope);
    const own = is(0) ? 'relu' : is(-1) ? 'abs' : null;
    if (own === null || (found !== null && own !== found)) return null;
    found = own;
  }
  return {
    widths: [2, ...layers.map(({ outputs }) => outputs)],
    activation: found!,
    layers: layers.map(layerOf),
  };
}

function layerOf({ inputs, outputs, weight, bias }: PlaneLayer): Layer {
  return { inputs, outputs, weight: Float32Array.from(weight), bias: Float32Array.from(bias) };
}

/** An affine network as logits. */
export function firstVersionLogits({ layers }: PlaneNetwork): Logits | null {
  if (layers.length > 1) return null;
  const { weight, bias } = layers[0]!;
  return {
    weight: [...bias].map((_, k): Vec2 => [weight[2 * k]!, weight[2 * k + 1]!]),
    bias: [...bias],
  };
}
