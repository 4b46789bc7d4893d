import { type Activation, type ActivationKind, kindOfActivation } from '../../model/activations.ts';
import type { OnnxGraph } from './onnxGraph.ts';

type Of<K extends ActivationKind> = Extract<Activation, { readonly kind: K } | K>;

/** Adds φ(z) to a graph; returns its name. */
type Nodes<K extends ActivationKind> = (graph: OnnxGraph, z: string, activation: Of<K>) => string;

const single = (operation: string) => (graph: OnnxGraph, z: string) => graph.add(operation, [z]);

/**
 * Every activation in operators of opset 17. Those that have none there, GELU and SiLU, are composed as PyTorch's exporter
 * does. In float64, ONNX Runtime has no ELU and softplus, which are composed, and no Erf, which is taken in float32; and z · Sigmoid(z)
 * it would fuse into an operation that it does not have either.
 */
const ACTIVATION_NODES: { readonly [K in ActivationKind]: Nodes<K> } = {
  identity: (_, z) => z,
  relu: single('Relu'),
  abs: single('Abs'),
  leakyRelu: (graph, z, { slope }) =>
    // The attribute is a float32, the input of PRelu is not.
    graph.type === 'float'
      ? graph.add('LeakyRelu', [z], { alpha: { float: slope } })
      : graph.add('PRelu', [z, graph.constant([slope], [1])]),
  prelu: (graph, z, { slopes }) => graph.add('PRelu', [z, graph.constant(slopes, [slopes.length])]),
  hardtanh: (graph, z, { min, max }) => clip(graph, z, min, max),
  relu6: (graph, z) => clip(graph, z, 0, 6),
  tanh: single('Tanh'),
  sigmoid: single('Sigmoid'),
  sine: single('Sin'),
  silu: (graph, z) => {
    if (graph.type === 'float') return graph.add('Mul', [z, graph.add('Sigmoid', [z])]);
    const sum = graph.add('Add', [graph.add('Exp', [graph.add('Neg', [z])]), graph.constant([1])]);
    return graph.add('Div', [z, sum]);
  },
  gelu: (graph, z) => {
    const scaled = graph.add('Div', [z, graph.constant([Math.SQRT2])]);
    return half(graph, z, erf(graph, scaled));
  },
  geluTanh: (graph, z) => {
    const cubic = graph.add('Mul', [
      graph.add('Mul', [graph.add('Mul', [z, z]), z]),
      graph.constant([0.044715]),
    ]);
    const rate = graph.constant([Math.sqrt(2 / Math.PI)]);
    return half(
      graph,
      z,
      graph.add('Tanh', [graph.add('Mul', [graph.add('Add', [z, cubic]), rate])]),
    );
  },
  elu: (graph, z, { alpha }) => {
    if (graph.type === 'float') return graph.add('Elu', [z], { alpha: { float: alpha } });
    const below = graph.add('Exp', [graph.add('Min', [z, graph.constant([0])])]);
    const shifted = graph.add('Sub', [below, graph.constant([1])]);
    const scaled = graph.add('Mul', [shifted, graph.constant([alpha])]);
    return graph.add('Add', [graph.add('Relu', [z]), scaled]);
  },
  softplus: (graph, z) => {
    if (graph.type === 'float') return graph.add('Softplus', [z]);
    // log(1 + e^z) = max(z, 0) + log(1 + e^−|z|), which does not overflow.
    const small = graph.add('Exp', [graph.add('Neg', [graph.add('Abs', [z])])]);
    const log = graph.add('Log', [graph.add('Add', [small, graph.constant([1])])]);
    return graph.add('Add', [graph.add('Relu', [z]), log]);
  },
};

/** Adds what follows a layer. @param z name of the pre-activations, [N, neurons]. */
export function addActivation(graph: OnnxGraph, z: string, activation: Activation): string {
  const nodes = ACTIVATION_NODES[kindOfActivation(activation)] as Nodes<ActivationKind>;
  return nodes(graph, z, activation);
}

function clip(graph: OnnxGraph, z: string, min: number, max: number): string {
  return graph.add('Clip', [z, graph.constant([min]), graph.constant([max])]);
}

/** z · (1 + s) · ½ */
function half(graph: OnnxGraph, z: string, s: string): string {
  const sum = graph.add('Add', [s, graph.constant([1])]);
  return graph.add('Mul', [graph.add('Mul', [z, sum]), graph.constant([0.5])]);
}

const [FLOAT, DOUBLE] = [1, 11];

function erf(graph: OnnxGraph, t: string): string {
  if (graph.type === 'float') return graph.add('Erf', [t]);
  const short = graph.add('Cast', [t], { to: FLOAT });
  return graph.add('Cast', [graph.add('Erf', [short])], { to: DOUBLE });
}
