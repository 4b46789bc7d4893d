import type { Network } from '../model/field.ts';
import type { DoubleDouble } from '../numeric/doubleDouble.ts';
import { type Anchor, evaluateAtAnchor, foldedSign } from './anchorMlp.ts';

/** One layer in the form for the shaders of wide networks; see `struct Layer` in common/layer.wgsl. */
export interface LayerShape {
  readonly inputs: number;
  readonly blocks: number;
  readonly firstWeight: number;
  readonly firstBlock: number;
  readonly firstNeuron: number;
  readonly number: number;
}

/** Floats of `struct Block`: shift, floor and sign of four neurons. */
const BLOCK_FLOATS = 12;

const padToFour = (count: number) => 4 * Math.ceil(count / 4);

/** The places of each layer's weights and neurons in their buffers. */
export function layerShapes(network: Network): LayerShape[] {
  let firstWeight = 0;
  let firstBlock = 0;
  let firstNeuron = 0;
  return network.layers.map((layer, index) => {
    const inputs = padToFour(layer.inputs);
    const blocks = Math.ceil(layer.outputs / 4);
    const shape = { inputs, blocks, firstWeight, firstBlock, firstNeuron, number: index + 1 };
    firstWeight += inputs * blocks;
    firstBlock += blocks;
    firstNeuron += layer.outputs;
    return shape;
  });
}

/** Weights as [inputs, blocks] of four neurons' weights each, padded with zeros. */
export function packWeights(network: Network): Float32Array<ArrayBuffer> {
  const shapes = layerShapes(network);
  const total = shapes.reduce((count, shape) => count + shape.inputs * shape.blocks, 0);
  const packed = new Float32Array(4 * total);
  network.layers.forEach((layer, index) => {
    const { blocks, firstWeight } = shapes[index];
    for (let i = 0; i < layer.outputs; i += 1) {
      for (let j = 0; j < layer.inputs; j += 1) {
        const at = 4 * (firstWeight + j * blocks + (i >> 2)) + (i & 3);
        packed[at] = layer.weight[i * layer.inputs + j];
      }
    }
  });
  return packed;
}

/** Shift, floor and sign of the hidden neurons at an anchor, and the value there. */
export function packNeurons(
  network: Network,
  anchor: Anchor,
): { neurons: Float32Array<ArrayBuffer>; value: DoubleDouble } {
  const { value, relative } = evaluateAtAnchor(network, anchor);
  const shapes = layerShapes(network);
  const last = shapes[shapes.length - 1];
  const neurons = new Float32Array(BLOCK_FLOATS * (last.firstBlock + last.blocks));
  relative.forEach((p, index) => {
    p.forEach((height, i) => {
      const at = BLOCK_FLOATS * (shapes[index].firstBlock + (i >> 2)) + (i & 3);
      neurons[at] = network.activation === 'relu' ? Math.min(height, 0) : 0;
      neurons[at + 4] = network.activation === 'relu' ? -Math.max(height, 0) : -Math.abs(height);
      neurons[at + 8] = foldedSign(network, height);
    });
  });
  // The output layer has no activation; it only needs a sign.
  neurons[BLOCK_FLOATS * last.firstBlock + 8] = 1;
  return { neurons, value };
}
