import type { Readout, ReadoutKind, Wins } from '../../model/readouts.ts';
import type { OnnxGraph } from './onnxGraph.ts';

type Of<K extends ReadoutKind> = Extract<Readout, { readonly kind: K }>;

/** Adds a readout of the outputs y, [N, K], to a graph; returns the name of its value, [N, 1]. */
type Nodes<K extends ReadoutKind> = (
  graph: OnnxGraph,
  y: string,
  readout: Of<K>,
  outputs: number,
) => string;

const ALL = { axes: [1], keepdims: 1 };

/** Every readout; where it reads one output or neuron, y is that one. */
const READOUT_NODES: { readonly [K in ReadoutKind]: Nodes<K> } = {
  output: (_, y) => y,
  neuron: (_, y) => y,
  sigmoid: (graph, y) => graph.add('Sigmoid', [y]),
  tanh: (graph, y) => graph.add('Tanh', [y]),
  max: (graph, y) => graph.add('ReduceMax', [y], ALL),
  lse: (graph, y, { lambda }) => logSumExp(graph, y, lambda),
  gap: (graph, y, { lambda }) =>
    logSumExp(graph, graph.add('Sub', [y, graph.add('ReduceMax', [y], ALL)]), lambda),
  softmax: (graph, y, { index, lambda }) => {
    const scaled = graph.add('Mul', [y, graph.constant([lambda])]);
    return column(graph, graph.add('Softmax', [scaled], { axis: 1 }), index);
  },
  argmax: (graph, y, { index, wins }) => {
    const isIndex = graph.add('Equal', [winner(graph, y, wins), graph.integers([index], [1])]);
    return asNumber(graph, isIndex);
  },
  class: (graph, y, { wins }) => asNumber(graph, winner(graph, y, wins)),
  margin: (graph, y, { wins }, outputs) => {
    if (outputs === 1) return graph.add('Sub', [y, y]);
    const isGreatest = wins === 'greatest';
    const options = { axis: 1, largest: Number(isGreatest), sorted: 1 };
    const two = graph.add('TopK', [y, graph.integers([2], [1])], options, ['two', 'indices']);
    const [first, second] = [column(graph, two, 0), column(graph, two, 1)];
    return graph.add('Sub', isGreatest ? [first, second] : [second, first]);
  },
};

/** Adds the readout of y, [N, outputs]. */
export function addReadout(graph: OnnxGraph, y: string, readout: Readout, outputs: number): string {
  const nodes = READOUT_NODES[readout.kind] as Nodes<ReadoutKind>;
  return nodes(graph, y, readout, outputs);
}

function logSumExp(graph: OnnxGraph, y: string, lambda: number): string {
  const rate = graph.constant([lambda]);
  const sum = graph.add('ReduceLogSumExp', [graph.add('Mul', [y, rate])], ALL);
  return graph.add('Div', [sum, rate]);
}

function column(graph: OnnxGraph, y: string, index: number): string {
  return graph.add('Gather', [y, graph.integers([index], [1])], { axis: 1 });
}

/** [N, 1] integers. */
function winner(graph: OnnxGraph, y: string, wins: Wins): string {
  return graph.add(wins === 'greatest' ? 'ArgMax' : 'ArgMin', [y], { axis: 1, keepdims: 1 });
}

function asNumber(graph: OnnxGraph, value: string): string {
  return graph.add('Cast', [value], { to: graph.type === 'float' ? 1 : 11 });
}
