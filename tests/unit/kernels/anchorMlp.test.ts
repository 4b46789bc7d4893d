import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Anchor, evaluateAtAnchor } from '../../../src/kernels/anchorMlp.ts';
import type { Network } from '../../../src/model/field.ts';
import {
  add,
  type DoubleDouble,
  negate,
  scale,
  toNumber,
  twoSum,
  ZERO,
} from '../../../src/numeric/doubleDouble.ts';
import { drawNetwork, type ShortNetwork } from '../../shorthand.ts';
import { evenly, mlpFields } from '../reference/fieldArbitraries.ts';

/** The same by one double-double operation after the other. */
function evaluateByOperations(network: Network, anchor: Anchor) {
  let h: DoubleDouble[] = [anchor.x, anchor.y];
  const relative: number[][] = [];
  for (const [index, { inputs, outputs, weight, bias }] of network.layers.entries()) {
    const z = Array.from({ length: outputs }, (_, i) =>
      h.reduce((total, input, j) => add(total, scale(input, weight[i * inputs + j]!)), {
        high: bias[i]!,
        low: 0,
      }),
    );
    const isLast = index === network.layers.length - 1;
    if (!isLast) relative.push(z.map((value) => toNumber(value) / anchor.halfWidth));
    h = z.map((value) => {
      if (isLast || value.high >= 0) return value;
      return network.activation === 'relu' ? ZERO : negate(value);
    });
  }
  return { value: h[0]!, relative };
}

/** −0 is as good as 0. */
function bits(values: Iterable<number>): number[] {
  return Array.from(values, (value) => value + 0);
}

test('a network at the anchor equals double-double operations to the last bit', () => {
  const coordinate = fc
    .tuple(evenly(-1, 1), evenly(-6, 12), evenly(-1, 1))
    .map(([share, e, low]) => twoSum(share * 10 ** e, low * 2 ** -54 * share * 10 ** e));
  fc.assert(
    fc.property(mlpFields, coordinate, coordinate, evenly(-12, 9), (field, x, y, e) => {
      const network = drawNetwork(field);
      const anchor = { x, y, halfWidth: 10 ** e, reach: 1 };
      const { value, relative } = evaluateAtAnchor(network, anchor);
      const expected = evaluateByOperations(network, anchor);
      expect(bits([value.high, value.low])).toEqual(
        bits([expected.value.high, expected.value.low]),
      );
      expect(relative.map(bits)).toEqual(expected.relative.map(bits));
    }),
    { seed: 20261127, numRuns: 200 },
  );
});

test('pre-activations stay in float32 in the deepest view far away', () => {
  const widths = [2, 256, 256, 1];
  const field: ShortNetwork = {
    kind: 'mlp',
    widths,
    activation: 'relu',
    seed: 0,
    outputBias: 3.4e38,
  };
  const far = { high: 1e30, low: 0 };
  const anchor = { x: far, y: far, halfWidth: 1e-12, reach: 1 };
  const { relative } = evaluateAtAnchor(drawNetwork(field), anchor);
  const all = relative.flatMap((layer) => [...layer]);
  expect(all.every((p) => Number.isFinite(Math.fround(p)))).toBe(true);
});
