import {
  type Activation,
  type ActivationKind,
  kindOfActivation,
  traitsOf,
} from '../model/activations.ts';
import { sigmoid } from '../numeric/special.ts';
import type { Engine } from './engine.ts';

/** A layer of activations, as positions of arrays [width, stride] in a heap. */
export interface ActivatedLayer {
  readonly activation: Activation;
  readonly width: number;
  /** Pre-activations. */
  readonly z: number;
  /** Activations. */
  readonly a: number;
  /** The loss's derivatives by the activations, and then by the pre-activations. */
  readonly d: number;
}

interface Loops {
  /** a = φ(z) */
  forward(heap: Float64Array, z: number, a: number, count: number): void;
  /** d = d · φ′(z), from a = φ(z) */
  backward(heap: Float64Array, a: number, d: number, count: number): void;
}

/** Activations whose derivative is a function of their value. Others, but for ReLU, go through the table of all (model/activations.ts). */
const FAST: { readonly [K in ActivationKind]?: Loops } = {
  tanh: {
    forward(heap, z, a, count) {
      for (let i = 0; i < count; i += 1) heap[a + i] = Math.tanh(heap[z + i]!);
    },
    backward(heap, a, d, count) {
      for (let i = 0; i < count; i += 1) heap[d + i]! *= 1 - heap[a + i]! * heap[a + i]!;
    },
  },
  sigmoid: {
    forward(heap, z, a, count) {
      for (let i = 0; i < count; i += 1) heap[a + i] = sigmoid(heap[z + i]!);
    },
    backward(heap, a, d, count) {
      for (let i = 0; i < count; i += 1) heap[d + i]! *= heap[a + i]! * (1 - heap[a + i]!);
    },
  },
};

/** The layer's activations from its pre-activations. */
export function activate(engine: Engine, layer: ActivatedLayer, stride: number): void {
  const { heap } = engine;
  const { activation, width, z, a } = layer;
  if (activation === 'relu') {
    engine.rectify(z, a, width * stride);
    return;
  }
  const fast = FAST[kindOfActivation(activation)];
  if (fast) {
    fast.forward(heap, z, a, width * stride);
    return;
  }
  const traits = traitsOf(activation);
  for (let neuron = 0; neuron < width; neuron += 1) {
    for (let i = neuron * stride; i < (neuron + 1) * stride; i += 1) {
      heap[a + i] = traits.value(heap[z + i]!, activation, neuron);
    }
  }
}

/** The derivatives by the pre-activations, in the place of those by the activations. */
export function differentiate(engine: Engine, layer: ActivatedLayer, stride: number): void {
  const { heap } = engine;
  const { activation, width, z, a, d } = layer;
  if (activation === 'relu') {
    engine.closeGates(z, d, width * stride);
    return;
  }
  const fast = FAST[kindOfActivation(activation)];
  if (fast) {
    fast.backward(heap, a, d, width * stride);
    return;
  }
  const traits = traitsOf(activation);
  for (let neuron = 0; neuron < width; neuron += 1) {
    for (let i = neuron * stride; i < (neuron + 1) * stride; i += 1) {
      heap[d + i]! *= traits.derivative(heap[z + i]!, activation, neuron);
    }
  }
}
