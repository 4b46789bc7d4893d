import type { FullNetwork } from '../../model/networks.ts';
import type { Readout } from '../../model/readouts.ts';
import { layersFor } from '../../model/restrict.ts';
import type { Slice } from '../../model/slice.ts';
import { isFloat32 } from '../numbers.ts';
import { addActivation } from './activationNodes.ts';
import { type FloatType, OnnxGraph } from './onnxGraph.ts';
import { addReadout } from './readoutNodes.ts';

export interface OnnxOptions {
  /** The network on this slice: its input is u, [N, 2]. */
  readonly slice?: Slice | null;
  /** The one number that this reads of the outputs: the output is "value", [N, 1]. */
  readonly readout?: Readout | null;
  /** Texts beside the graph, e.g. the state. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * An ONNX file, opset 17: a chain of Gemm and activations from "x", [N, d], to "y", [N, K]. A slice is the first Gemm;
 * nothing is multiplied out, so all weights and biases are as in the network.
 *
 * The graph computes in float32 if that holds all of them, else in float64. Parameters of activations and readouts are
 * rounded to that type.
 */
export function encodeOnnx(network: FullNetwork, options: OnnxOptions = {}): Uint8Array {
  const { slice = null, readout = null, metadata = {} } = options;
  const layers = layersFor(network, readout);
  const graph = new OnnxGraph(typeFor(network, slice));
  const input = slice ? 'u' : 'x';
  const inputs = slice ? 2 : layers[0]!.inputs;
  let h = slice ? addSlice(graph, input, slice) : input;
  layers.forEach(({ outputs, weight, bias, activation, inputs: width }, i) => {
    const w = graph.constant(weight, [outputs, width], `layers.${i}.weight`);
    const b = graph.constant(bias, [outputs], `layers.${i}.bias`);
    h = addActivation(graph, graph.add('Gemm', [h, w, b], { transB: 1 }), activation);
  });
  const { outputs } = layers.at(-1)!;
  if (readout) h = addReadout(graph, h, readout, outputs);
  const output = graph.add('Identity', [h], {}, [readout ? 'value' : 'y']);
  return graph.finish(
    { name: input, shape: ['N', inputs] },
    { name: output, shape: ['N', readout ? 1 : outputs] },
    metadata,
  );
}

/** x = origin + u₁ axis1 + u₂ axis2 */
function addSlice(graph: OnnxGraph, u: string, { origin, axis1, axis2 }: Slice): string {
  const axes = graph.constant([...axis1, ...axis2], [2, origin.length], 'slice.axes');
  const start = graph.constant(origin, [origin.length], 'slice.origin');
  return graph.add('Gemm', [u, axes, start]);
}

function typeFor({ layers }: FullNetwork, slice: Slice | null): FloatType {
  const lists = [
    ...layers.flatMap(({ weight, bias }) => [weight, bias]),
    ...(slice ? [slice.origin, slice.axis1, slice.axis2] : []),
  ];
  return lists.every(isFloat32) ? 'float' : 'double';
}
