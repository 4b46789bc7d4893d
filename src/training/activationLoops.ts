import {
  type Activation,
  type ActivationKind,
  kindOfActivation,
  traitsOf,
} from '../model/activations.ts';
import { sigmoid } from '../numeric/special.ts';

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
  /** d = d · φ′(z) */
  backward(heap: Float64Array, z: number, a: number, d: number, count: number): void;
}

/** The activations that most networks have; others go through the table of all (model/activations.ts). */
const FAST: { readonly [K in ActivationKind]?: Loops } = {
  relu: {
    forward(heap, z, a, count) {
      for (let i = 0; i < count; i += 1) heap[a + i] = Math.max(heap[z + i]!, 0);
    },
    backward(heap, z, _, d, count) {
      for (let i = 0; i < count; i += 1) heap[d + i] = heap[z + i]! > 0 ? heap[d + i]! : 0;
    },
  },
  tanh: {
    forward(heap, z, a, count) {
      for (let i = 0; i < count; i += 1) heap[a + i] = Math.tanh(heap[z + i]!);
    },
    backward(heap, _, a, d, count) {
      for (let i = 0; i < count; i += 1) heap[d + i]! *= 1 - heap[a + i]! * heap[a + i]!;
    },
  },
  sigmoid: {
    forward(heap, z, a, count) {
      for (let i = 0; i < count; i += 1) heap[a + i] = sigmoid(heap[z + i]!);
    },
    backward(heap, _, a, d, count) {
      for (let i = 0; i < count; i += 1) heap[d + i]! *= heap[a + i]! * (1 - heap[a + i]!);
    },
  },
};

/** The layer's activations from its pre-activations. */
export function activate(heap: Float64Array, layer: ActivatedLayer, stride: number): void {
  const { activation, width, z, a } = layer;
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
export function differentiate(heap: Float64Array, layer: ActivatedLayer, stride: number): void {
  const { activation, width, z, a, d } = layer;
  const fast = FAST[kindOfActivation(activation)];
  if (fast) {
    fast.backward(heap, z, a, d, width * stride);
    return;
  }
  const traits = traitsOf(activation);
  for (let neuron = 0; neuron < width; neuron += 1) {
    for (let i = neuron * stride; i < (neuron + 1) * stride; i += 1) {
      heap[d + i]! *= traits.derivative(heap[z + i]!, activation, neuron);
    }
  }
}
