import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Anchor } from '../../../src/kernels/anchor.ts';
import { evaluatePlane, planeTangents } from '../../../src/kernels/anchorPlane.ts';
import type { PlaneNetwork } from '../../../src/model/planeNetwork.ts';
import { resolve } from '../../../src/model/resolve.ts';
import { add, type DoubleDouble, scale, twoSum } from '../../../src/numeric/doubleDouble.ts';
import { drawPlane } from '../../shorthand.ts';
import { evenly, mlpFields } from '../reference/fieldArbitraries.ts';

/** The same by one double-double operation after the other. */
function evaluateByOperations({ layers }: PlaneNetwork, { x, y }: Anchor): DoubleDouble[][] {
  let h: DoubleDouble[] = [x, y];
  return layers.map(({ inputs, outputs, weight, bias, activation }) => {
    const z = Array.from({ length: outputs }, (_, i) =>
      h.reduce((total, input, j) => add(total, scale(input, weight[i * inputs + j]!)), {
        high: bias[i]!,
        low: 0,
      }),
    );
    h = z.map((value, i) => {
      if (activation.kind !== 'twoSlope' || value.high > 0) return value;
      return scale(value, activation.slopes[i]!);
    });
    return z;
  });
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
      const plane = drawPlane(field);
      const anchor = { x, y, halfWidth: 10 ** e, reach: 1 };
      const { hidden, outputs } = evaluatePlane(plane, anchor);
      const expected = evaluateByOperations(plane, anchor);
      const received = [...hidden, outputs];
      for (const part of ['high', 'low'] as const) {
        expect(received.map((layer) => bits(layer[part]))).toEqual(
          expected.map((layer) => bits(layer.map((value) => value[part]))),
        );
      }
    }),
    { seed: 20261127, numRuns: 200 },
  );
});

test('low parts of folded weights count, and tangents are products of the slopes', () => {
  // 1 + 2⁻⁶⁰ is no float64 number: the weight of the plane has a low part.
  const { plane } = resolve({
    network: {
      kind: 'explicit',
      layers: [
        { weight: [[1, 2 ** -60]], bias: [0], activation: { kind: 'leakyRelu', slope: 0.25 } },
        { weight: [[3], [-1]], bias: [1, 0], activation: 'identity' },
      ],
    },
    slice: { origin: [0, 0], axis1: [1, 1], axis2: [0, 1] },
    readout: { kind: 'max' },
  });
  const anchor = { x: { high: -4, low: 0 }, y: { high: 0, low: 0 }, halfWidth: 1, reach: 1 };
  const at = evaluatePlane(plane, anchor);
  expect(at.hidden[0]!.get(0)).toEqual({ high: -4, low: -(2 ** -58) });
  expect(at.outputs.get(1)).toEqual({ high: 1, low: 2 ** -60 });
  const [alongX] = planeTangents(plane, at);
  expect(alongX!.map((layer) => [...layer.high])).toEqual([[1], [0.75, -0.25]]);
});
