import { type ActivatedLayer, activate, differentiate } from './activationLoops.ts';
import { createEngine } from './createEngine.ts';
import { type Engine, strideOf } from './engine.ts';
import { type LayerShape, parameterPlaces } from './layout.ts';
import type { OutputPlaces } from './losses.ts';

/** A layer's places in the heap: its parameters with their gradient, and the arrays [outputs, stride] of the samples in flight. */
interface LayerPlaces extends ActivatedLayer {
  readonly inputs: number;
  readonly outputs: number;
  readonly weight: number;
  readonly bias: number;
  readonly weightGradient: number;
  readonly biasGradient: number;
}

/**
 * A network's layers, forward and backward, for up to `capacity` samples at once. All arrays are made here, so a step makes none.
 *
 * Samples are an array [inputs, stride] in the heap: `input`, or one of the places for `extra` numbers after `extraStart`.
 */
export class Backpropagation {
  readonly heap: Float64Array;
  /** All parameters, as flatParameters orders them; whoever holds this may write them. */
  readonly parameters: Float64Array;
  /** The gradient by them, to which each `backward` adds. */
  readonly gradient: Float64Array;
  /** Room for a batch. */
  readonly input: number;
  readonly extraStart: number;
  readonly #engine: Engine;
  readonly #layers: readonly LayerPlaces[];
  /** A row of ones, and zeros, for biases. */
  readonly #ones: number;
  readonly #zeros: number;

  constructor(shape: readonly LayerShape[], capacity: number, extra = 0) {
    const stride = strideOf(capacity);
    const places = parameterPlaces(shape);
    const count = places.at(-1)!.end;
    const widest = Math.max(...shape.map(({ inputs }) => inputs));
    let end = 2 * count;
    const take = (length: number) => {
      end += length;
      return end - length;
    };
    this.#layers = shape.map(({ inputs, outputs, activation }, i) => {
      const { weight, bias } = places[i]!;
      const z = take(outputs * stride);
      const isLast = i === shape.length - 1;
      return {
        ...{ inputs, outputs, activation, width: outputs, weight, bias },
        ...{ weightGradient: count + weight, biasGradient: count + bias },
        ...{ z, a: isLast ? z : take(outputs * stride), d: take(outputs * stride) },
      };
    });
    this.#ones = take(stride);
    this.#zeros = take(widest);
    this.input = take(shape[0]!.inputs * stride);
    this.extraStart = take(extra);
    this.#engine = createEngine(end);
    this.heap = this.#engine.heap;
    this.heap.fill(1, this.#ones, this.#ones + stride);
    this.parameters = this.heap.subarray(0, count);
    this.gradient = this.heap.subarray(count, 2 * count);
  }

  /** Evaluates the network at `count` samples. @returns where the outputs are, and where their derivatives belong */
  forward(x: number, count: number): OutputPlaces {
    const stride = strideOf(count);
    const layers = this.#layers;
    let from = x;
    for (let i = 0; i < layers.length; i += 1) {
      const layer = layers[i]!;
      const { weight, bias, inputs, outputs, z } = layer;
      this.#engine.affine(weight, inputs, 1, bias, from, z, outputs, inputs, stride);
      if (i < layers.length - 1) activate(this.#engine, layer, stride);
      from = layer.a;
    }
    const { z, d, outputs } = layers.at(-1)!;
    return { heap: this.heap, z, d, outputs, stride, count };
  }

  /** Adds to the gradient that of the samples just evaluated, from the derivatives by their outputs. */
  backward(x: number, count: number): void {
    const stride = strideOf(count);
    this.#clearEmptyPlaces(count, stride);
    for (let i = this.#layers.length - 1; i >= 0; i -= 1) {
      const { weight, weightGradient, biasGradient, inputs, outputs, d } = this.#layers[i]!;
      const before = this.#layers[i - 1];
      this.#engine.accumulate(d, before?.a ?? x, weightGradient, outputs, inputs, stride);
      this.#engine.accumulate(d, this.#ones, biasGradient, outputs, 1, stride);
      if (!before) return;
      this.#engine.affine(weight, 1, inputs, this.#zeros, d, before.d, inputs, outputs, stride);
      differentiate(this.#engine, before, stride);
    }
  }

  /** What lies beyond the samples counts for nothing. */
  #clearEmptyPlaces(count: number, stride: number): void {
    const { d, outputs } = this.#layers.at(-1)!;
    for (let k = 0; k < outputs; k += 1) {
      // At most three, for which a call of `fill` takes longer.
      for (let s = count; s < stride; s += 1) this.heap[d + k * stride + s] = 0;
    }
  }
}
