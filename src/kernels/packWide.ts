import type { PlaneNetwork } from '../model/planeNetwork.ts';
import type { PlaneReadout } from '../model/resolve.ts';
import { type OutputsReadout, outputsReadout } from './outputsReadout.ts';

/** A network and the readout of its outputs, as `WideField` has them. */
export interface WideNetwork {
  readonly plane: PlaneNetwork;
  readonly readout: PlaneReadout;
}

/** One layer in the form for the shaders of wide networks; see `struct Layer` in common/layer.wgsl. */
export interface LayerShape {
  readonly inputs: number;
  readonly blocks: number;
  readonly firstWeight: number;
  readonly firstBlock: number;
  readonly firstNeuron: number;
  /** That of its hinges: 1, 2, … for the network's own hidden layers; of the output layer the number of all. */
  readonly number: number;
}

const padToFour = (count: number) => 4 * Math.ceil(count / 4);

/** How the outputs are read; null if there is one, which is shown. */
export function readoutOf({ plane, readout }: WideNetwork): OutputsReadout | null {
  return outputsReadout(readout, plane.layers.at(-1)!.outputs);
}

/** The places of each layer's weights and neurons in their buffers. */
export function layerShapes(network: WideNetwork): LayerShape[] {
  const { layers, isPiecewiseLinear } = network.plane;
  const rows = readoutOf(network)?.rows ?? 1;
  let firstWeight = 0;
  // The first block of a network with a smooth layer describes the view.
  let firstBlock = isPiecewiseLinear ? 0 : 1;
  let firstNeuron = 0;
  return layers.map((layer, index) => {
    const inputs = padToFour(layer.inputs);
    const blocks = Math.ceil((index === layers.length - 1 ? rows : layer.outputs) / 4);
    const number = index === layers.length - 1 ? layers.length : layer.hiddenLayer + 1;
    const shape = { inputs, blocks, firstWeight, firstBlock, firstNeuron, number };
    firstWeight += inputs * blocks;
    firstBlock += blocks;
    firstNeuron += layer.outputs;
    return shape;
  });
}

/**
 * Weights as [inputs, blocks] of four neurons' weights each, padded with zeros. Those of several outputs
 * depend on the anchor (packRows).
 */
export function packWeights(network: WideNetwork): Float32Array<ArrayBuffer> {
  const shapes = layerShapes(network);
  const last = shapes.at(-1)!;
  const packed = new Float32Array(4 * (last.firstWeight + last.inputs * last.blocks));
  const { layers } = network.plane;
  const ownLayers = readoutOf(network) ? layers.slice(0, -1) : layers;
  ownLayers.forEach((layer, index) => {
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

/**
 * The weights of the rows of the output layer, as packWeights has those of a layer.
 * @param rows of what is linear in the outputs: here of their weights by a neuron
 */
export function packRows(
  network: WideNetwork,
  rows: (ofOutputs: readonly number[]) => number[],
): Float32Array<ArrayBuffer> {
  const { inputs: padded, blocks } = layerShapes(network).at(-1)!;
  const { inputs, outputs, weight, weightLow } = network.plane.layers.at(-1)!;
  const packed = new Float32Array(4 * padded * blocks);
  for (let j = 0; j < inputs; j += 1) {
    const column = (of: Float64Array) =>
      Array.from({ length: outputs }, (_, k) => of[k * inputs + j]);
    const low = weightLow ? rows(column(weightLow)) : null;
    rows(column(weight)).forEach((value, row) => {
      packed[4 * (j * blocks + (row >> 2)) + (row & 3)] = value + (low?.[row] ?? 0);
    });
  }
  return packed;
}
