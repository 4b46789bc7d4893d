import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pictureGrid } from '../../src/kernels/grid.ts';
import type { Quantity } from '../../src/model/field.ts';
import { QUANTITIES } from '../../src/model/quantities.ts';
import type { View } from '../../src/view/view.ts';
import { fieldOf, type Shorthand } from '../shorthand.ts';
import { createExactFieldDelta } from '../unit/reference/exactField.ts';
import { evaluateRaw, type GpuFixture, openGpu } from './fixture.ts';

let gpu: GpuFixture;
beforeAll(async () => {
  gpu = await openGpu();
});
afterAll(() => gpu.finish());

const SIZE = 9;
const CENTER = { center: [0.3, 0.2999], centerLow: [0, 0] } as const;
const logits = { count: 4, seed: 2 };

const FIELDS: [string, Shorthand][] = [1e-3, 1, 100, 1e6].flatMap(
  (lambda): [string, Shorthand][] => [
    [`lse, λ ${lambda}`, { kind: 'lse', lambda, logits: null }],
    [`lse of 4 logits, λ ${lambda}`, { kind: 'lse', lambda, logits }],
    [`softmax, λ ${lambda}`, { kind: 'softmax', lambda, component: 1, logits: null }],
    [`softmax of 4 logits, λ ${lambda}`, { kind: 'softmax', lambda, component: 2, logits }],
  ],
);
FIELDS.push(['max', { kind: 'max', logits }]);
FIELDS.push(['sigmoid', { kind: 'sigmoid', weight: [1, -1], bias: 0 }]);
FIELDS.push(['tanh', { kind: 'tanh', weight: [3, 0.5], bias: -0.25 }]);

const HALF_WIDTHS = [1e3, 1, 1e-3, 1e-6, 1e-9, 1e-12];

/** The picture's samples as view coordinates. */
function samplePoints(): [number, number][] {
  const at = (i: number) => (2 * i + 1) / SIZE - 1;
  return Array.from({ length: SIZE * SIZE }, (_, i) => [at(i % SIZE), at(Math.floor(i / SIZE))]);
}

describe('the change of value from the centre, against 115 digits', () => {
  for (const [name, field] of FIELDS) {
    test.each(HALF_WIDTHS)(`${name} at half-width %s`, async (halfWidth) => {
      const view: View = { ...CENTER, halfWidth };
      const grid = pictureGrid(view, SIZE, SIZE, 1);
      const { shown, anchored } = await evaluateRaw(gpu.context, fieldOf(field), grid, 'value');
      const changes = shown.map((stored) => (stored * anchored.scale) / halfWidth);
      const exact = createExactFieldDelta(field, view);
      const expected = samplePoints().map((u) => exact(u));
      const spread = Math.max(...expected) - Math.min(...expected);
      // Coordinates round at 6e-8 of the view, which a steep λ turns into as much of the exponent.
      const steepness = 'lambda' in field ? field.lambda * halfWidth : halfWidth;
      const relative = 3e-6 + 4e-7 * Math.min(steepness, 1e6);
      // Below 1e-38 float32 has no normal numbers: products of a few factors end a little before.
      const tolerance = Math.max(relative * spread, 1e-36);
      expected.forEach((value, i) => {
        const error = Math.abs(changes[i] - value);
        expect(error <= tolerance, `sample ${i}: received ${changes[i]}, expected ${value}`).toBe(
          true,
        );
      });
    });
  }
});

describe('no noise in a deep view', () => {
  // All that varies smoothly is quadratic there, up to less than float32 resolves: third differences
  // show noise and nothing else. A rounding error counts in them eightfold. The norm of lse's gradient
  // is near its least here, where the changes of the two components all but cancel; a colour map
  // resolves 4e-3.
  const tolerance = { default: 1e-5, gradientNorm: 2e-3 };
  // Directions turn at once where a gradient is 0, and regions jump.
  const quantities = QUANTITIES.filter((name) => name !== 'gradientDirection' && name !== 'region');
  const gentle = FIELDS.filter(
    ([, field]) => !('lambda' in field) || [1, 100].includes(field.lambda),
  );
  const smooth = gentle.filter(([, field]) => field.kind !== 'max');
  const cases = smooth.flatMap(([name, field]) =>
    quantities.map((quantity) => [quantity, name, field] as const),
  );

  async function expectSmooth(field: Shorthand, view: View, quantity: Quantity): Promise<void> {
    const grid = pictureGrid(view, 33, 33, 1);
    const { shown } = await evaluateRaw(gpu.context, fieldOf(field), grid, quantity);
    const spread = Math.max(...shown) - Math.min(...shown);
    expect(spread > 0).toBe(true);
    const most = quantity === 'gradientNorm' ? tolerance.gradientNorm : tolerance.default;
    for (let row = 1; row < 32; row += 1) {
      for (let column = 2; column < 30; column += 1) {
        const [a, b, c, d] = shown.subarray(row * 33 + column - 1, row * 33 + column + 3);
        const noise = Math.abs(a - 3 * b + 3 * c - d) / spread;
        expect(noise <= most, `row ${row}, column ${column}: ${noise}`).toBe(true);
      }
    }
  }

  test.each(cases)('%s of %s at 1e-9', async (quantity, _name, field) => {
    await expectSmooth(field, { ...CENTER, halfWidth: 1e-9 }, quantity);
  });

  const middle: [string, Shorthand][] = [
    ['a sigmoid where it has no curvature', { kind: 'sigmoid', weight: [1, -1], bias: 0 }],
    ['lse where its gradient is shortest', { kind: 'lse', lambda: 1, logits: null }],
  ];
  test.each(
    middle.flatMap(([name, field]) =>
      quantities.map((quantity) => [quantity, name, field] as const),
    ),
  )('%s of %s', async (quantity, _name, field) => {
    await expectSmooth(field, { center: [0, 0], centerLow: [0, 0], halfWidth: 1e-9 }, quantity);
  });
});
