import { expect, test } from 'vitest';
import type { CurvesPanel, TablePanel } from '../../../src/drawing/vectorPanels.ts';
import { backpropagation, checkGradient } from '../../../src/figures/backpropagation.ts';
import { softmaxOf } from '../../../src/figures/softmaxVectors.ts';
import { networkFor } from '../../../src/model/resolve.ts';

const X = [
  [-1, -1],
  [-1, 1],
  [1, -1],
  [1, 1],
];
const Y = [0, 1, 1, 0];

/** The loss and the gradient by b₂, Σ (softmax − onehot) / N, written out. */
function byHand(hidden: number, seed: number) {
  const { layers } = networkFor({
    ...{ kind: 'drawn', widths: [2, hidden, 2], activation: 'relu', seed, outputBias: null },
  });
  const apply = (layer: number, x: readonly number[]) => {
    const { weight, bias, inputs } = layers[layer]!;
    return Array.from(bias, (b, o) =>
      x.reduce((sum, value, i) => sum + weight[o * inputs + i]! * value, b),
    );
  };
  const shares = X.map((x) =>
    softmaxOf(
      apply(
        1,
        apply(0, x).map((z) => Math.max(0, z)),
      ),
    ),
  );
  return {
    loss: shares.reduce((sum, share, s) => sum - Math.log(share[Y[s]!]!), 0) / 4,
    byBias: [0, 1].map(
      (k) => shares.reduce((sum, share, s) => sum + share[k]! - Number(Y[s] === k), 0) / 4,
    ),
  };
}

test.each([
  [3, 0],
  [16, 7],
  [1, 50],
])('the loss and the gradient of a network with %i hidden neurons and seed %i', (hidden, seed) => {
  const { loss, gradient, differences, errors } = checkGradient(hidden, seed);
  const { loss: expected, byBias } = byHand(hidden, seed);
  // Sums of some ten terms of size 1 in float64.
  expect(Math.abs(loss - expected)).toBeLessThanOrEqual(1e-14);
  byBias.forEach((slope, k) => {
    expect(Math.abs(gradient.at(k - 2)! - slope)).toBeLessThanOrEqual(1e-14);
  });
  // The check's own error: h² / 6 of a third derivative, and 10⁻¹⁶ / h.
  const far = gradient.filter((slope, i) => !(Math.abs(slope - differences[i]!) <= 1e-9));
  expect([...far]).toEqual([]);
  const least = Math.min(...errors.map(([, error]) => error));
  expect(least).toBeLessThanOrEqual(1e-9);
  for (const end of [errors[0]!, errors.at(-1)!]) expect(end[1]).toBeGreaterThan(1e-6);
});

test('every gradient has the shape of what it belongs to', () => {
  const [forward, backward, check, curve] = backpropagation.panels({ hidden: 5, seed: 2 }) as [
    TablePanel,
    TablePanel,
    TablePanel,
    CurvesPanel,
  ];
  expect(forward.rows.map(([, , shape]) => shape)).toEqual([
    ...['4 × 2', '4 × 5', '4 × 5', '4 × 2', 'a number'],
  ]);
  expect(backward.rows.map(([, , shape]) => shape)).toEqual([
    ...['5 × 2', '5', '4 × 5', '4 × 5', '2 × 5', '2', '4 × 2'],
  ]);
  expect(check.rows.map(([name]) => name)).toEqual(['W₁', 'b₁', 'W₂', 'b₂']);
  const inside = curve.curves[0]!.points.filter(
    ([h, error]) => !(h >= curve.x.from && h <= curve.x.to && error <= curve.y.to),
  );
  expect(inside).toEqual([]);
});
