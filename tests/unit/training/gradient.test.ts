import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ACTIVATION_KINDS, DEFAULT_ACTIVATIONS } from '../../../src/model/activations.ts';
import { Backpropagation } from '../../../src/training/backpropagation.ts';
import { parameterPlaces } from '../../../src/training/layout.ts';
import { LOSS_KINDS, LOSSES } from '../../../src/training/losses.ts';

const SAMPLES = 5;
const STRIDE = 8;

/** Numbers between −1 and 1 that look random, from a seed. */
const numbers = (seed: number, count: number) =>
  Float64Array.from({ length: count }, (_, i) => Math.sin(12.9898 * (i + 1) + 78.233 * seed));

test('gradients by all parameters are central differences of the loss', () => {
  const cases = fc.record({
    hidden: fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 3 }),
    inputs: fc.integer({ min: 1, max: 5 }),
    outputs: fc.integer({ min: 1, max: 5 }),
    kind: fc.constantFrom(...ACTIVATION_KINDS),
    loss: fc.constantFrom(...LOSS_KINDS),
    seed: fc.integer({ min: 0, max: 1e6 }),
  });
  fc.assert(
    fc.property(cases, ({ hidden, inputs, outputs, kind, loss: lossKind, seed }) => {
      const widths = [inputs, ...hidden, outputs];
      const activation = DEFAULT_ACTIVATIONS[kind];
      const shape = widths.slice(1).map((width, i) => ({
        inputs: widths[i]!,
        outputs: width,
        activation: i < hidden.length ? activation : ('identity' as const),
      }));
      const loss = LOSSES[lossKind];
      const layers = new Backpropagation(shape, SAMPLES);
      layers.parameters.set(numbers(seed, parameterPlaces(shape).at(-1)!.end));
      numbers(seed + 1, inputs * STRIDE).forEach((x, i) => {
        // Empty places hold zeros.
        layers.heap[layers.input + i] = i % STRIDE < SAMPLES ? x : 0;
      });
      const targets = {
        labels: Int32Array.from({ length: SAMPLES }, (_, i) => (i * 7 + seed) % outputs),
        values: numbers(seed + 2, outputs * STRIDE).map(Math.abs),
      };
      const evaluate = () => loss.evaluate(layers.forward(layers.input, SAMPLES), targets, 1);
      evaluate();
      layers.backward(layers.input, SAMPLES);
      const gradient = Array.from(layers.gradient);
      const wrong = gradient.flatMap((slope, i) => {
        const at = layers.parameters[i]!;
        const differences = [1e-4, 1e-6].map((step) => {
          layers.parameters[i] = at + step;
          const above = evaluate();
          layers.parameters[i] = at - step;
          const below = evaluate();
          layers.parameters[i] = at;
          return (above - below) / (2 * step);
        });
        // The difference of cubic terms, and of rounding; a kink may lie within the larger step.
        const error = Math.min(...differences.map((difference) => Math.abs(difference - slope)));
        return error <= 1e-5 * Math.max(1, Math.abs(slope)) ? [] : [i];
      });
      expect(wrong).toEqual([]);
    }),
    { numRuns: 300, seed: 12 },
  );
});

test('a gradient adds to the one before', () => {
  const shape = [{ inputs: 1, outputs: 1, activation: 'identity' as const }];
  const layers = new Backpropagation(shape, 1);
  layers.parameters.set([2, 1]);
  layers.heap[layers.input] = 3;
  const targets = { labels: Int32Array.of(0), values: Float64Array.of(5) };
  for (let i = 1; i <= 2; i += 1) {
    // (2 · 3 + 1 − 5)², whose derivatives are 2 · 2 · 3 and 2 · 2.
    const outputs = layers.forward(layers.input, 1);
    expect(LOSSES.meanSquaredError.evaluate(outputs, targets, 1)).toBe(4);
    layers.backward(layers.input, 1);
    expect(Array.from(layers.gradient)).toEqual([12 * i, 4 * i]);
  }
});

test('losses stay finite, and exact, for large outputs', () => {
  const heap = Float64Array.of(1000, -1000, 0, 0);
  const places = { heap, z: 0, d: 2, outputs: 2, stride: 1, count: 1 };
  const values = Float64Array.of(0, 0);
  const wrong = { labels: Int32Array.of(1), values };
  expect(LOSSES.crossEntropy.evaluate(places, wrong, 1)).toBe(2000);
  expect(Array.from(heap.subarray(2))).toEqual([1, -1]);
  expect(LOSSES.binaryCrossEntropy.evaluate(places, wrong, 1)).toBe(1000);
  expect(Array.from(heap.subarray(2))).toEqual([1, 0]);
});
