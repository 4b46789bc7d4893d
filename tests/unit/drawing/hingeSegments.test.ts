import { expect, test } from 'vitest';
import { logitHinges, networkHinges } from '../../../src/drawing/hingeSegments.ts';
import { enumerateRegions } from '../../../src/geometry/enumerateRegions.ts';
import type { Vec2 } from '../../../src/model/field.ts';
import type { PlaneLayer } from '../../../src/model/planeNetwork.ts';
import { drawPlane, resolveLogits, type Shorthand } from '../../shorthand.ts';

const view = (x: number, y: number, halfWidth: number) =>
  ({ center: [x, y], centerLow: [0, 0], halfWidth }) as const;

/** The larger of two linear functions. */
const maximum = (...weight: [Vec2, Vec2]): Shorthand => ({
  kind: 'max',
  logits: { weight, bias: [0, 0] },
});

const middleOf = ([[x0, y0], [x1, y1]]: readonly [Vec2, Vec2]): Vec2 => [
  (x0 + x1) / 2,
  (y0 + y1) / 2,
];

test('the hinges of a network are where a neuron of their layer is 0', () => {
  const network = drawPlane({
    kind: 'mlp',
    activation: 'relu',
    widths: [2, 5, 4, 1],
    seed: 3,
    outputBias: null,
  });
  const seen = view(0.5, -1, 3);
  const window = { x: [-3, 3], y: [-3, 3], center: seen.center } as const;
  const hinges = networkHinges(enumerateRegions(network, { window, cells: true }), seen);
  expect(hinges).toHaveLength(2);
  for (const [layer, segments] of hinges.entries()) {
    expect(segments.length).toBeGreaterThan(3);
    for (const segment of segments) {
      const [u, v] = middleOf(segment);
      let activations = [seen.center[0] + 3 * u, seen.center[1] + 3 * v];
      let nearest = Number.POSITIVE_INFINITY;
      for (const { weight, bias } of network.layers.slice(0, layer + 1)) {
        const input = activations;
        const inputs = weight.length / bias.length;
        const z = Array.from(bias, (b, i) =>
          input.reduce((sum, h, j) => sum + weight[i * inputs + j]! * h, b),
        );
        nearest = Math.min(...z.map(Math.abs));
        activations = z.map((value) => Math.max(0, value));
      }
      // A few roundings of sums of numbers near 1.
      expect(nearest <= 1e-12).toBe(true);
    }
  }
});

test('the hinges of logits are where the two largest are equal', () => {
  const [layer] = drawPlane({ kind: 'max', logits: { count: 7, seed: 4 } }).layers;
  const logits = resolveLogits({ count: 7, seed: 4 });
  const seen = view(1, 2, 10);
  const segments = logitHinges(layer!, seen, Math.SQRT2);
  expect(segments.length).toBeGreaterThan(3);
  for (const segment of segments) {
    const [u, v] = middleOf(segment);
    const [x, y] = [1 + 10 * u, 2 + 10 * v];
    const sigma = logits.weight.map((a, k) => a[0] * x + a[1] * y + logits.bias[k]!);
    const [first, second] = sigma.sort((a, b) => b - a);
    // A few roundings of sums of numbers near 10.
    expect(first! - second! <= 1e-12).toBe(true);
    for (const [a, b] of segment) expect(Math.hypot(a, b) <= Math.SQRT2 + 1e-12).toBe(true);
  }
});

test('the hinge of a neuron is a chord, also in a view too deep for float64', () => {
  const [logits] = drawPlane(maximum([0, 0], [1, -1])).layers as [PlaneLayer];
  const deep = { center: [0.1, 0.1], centerLow: [1e-18, 0], halfWidth: 1e-17 } as const;
  const [[from, to], ...others] = logitHinges(logits, deep, 1) as [[Vec2, Vec2]];
  expect(others).toEqual([]);
  // x₁ − x₂ = 0 lies a tenth of a half-width from the centre.
  for (const [a, b] of [from, to]) expect(Math.abs(a - b + 0.1) <= 1e-12).toBe(true);
  expect(logitHinges(logits, view(100, 0, 1), 1)).toEqual([]);
  const [flat] = drawPlane(maximum([0, 0], [0, 0])).layers;
  expect(logitHinges(flat!, view(0, 0, 1), 1)).toEqual([]);
});
