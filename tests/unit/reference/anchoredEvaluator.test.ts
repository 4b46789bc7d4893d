import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PlaneReadout, type ResolvedField, resolve } from '../../../src/model/resolve.ts';
import { anchoredEvaluator } from '../../../src/reference/anchoredEvaluator.ts';
import { createEvaluatorFor } from '../../../src/reference/fieldEvaluator.ts';
import { EPSILON } from '../expectNear.ts';
import { networkFields, piecewiseLinearFields, slicePoints } from '../model/networkFields.ts';
import { add, type Dyadic, fromNumber, subtract, toNumber } from './dyadic.ts';
import { exactOutputs, exactReadout } from './exactPlane.ts';
import { reachOf, sizeOf, steepnessOf } from './sizes.ts';

type Pair = readonly [number, number];

const units = fc.double({ min: -1, max: 1, noNaN: true });
const directions = fc.tuple(units, units);
const halfWidths = fc.integer({ min: -15, max: 2 }).map((e) => 10 ** e);

function about(resolved: ResolvedField, [x, y]: Pair) {
  return anchoredEvaluator(resolved, { x: { high: x, low: 0 }, y: { high: y, low: 0 } });
}

/** How much the readout can change over a change of its outputs, times the roundings that its exponents magnify. */
function magnification(readout: PlaneReadout, before: readonly Dyadic[], after: readonly Dyadic[]) {
  if (readout.kind === 'argmax' || readout.kind === 'class') return 0;
  if (readout.kind !== 'softmax') return 2;
  const [share, shareAfter] = [before, after].map((z) => toNumber(exactReadout(z, readout)));
  // e^x is off by x roundings of itself, and 0 below e^−745.
  return readout.lambda * Math.max(share!, shareAfter!) * 745;
}

/** The exact arithmetic of exponentials cuts off what lies below. */
const CUT = 1e-110;

describe('changes from a centre', () => {
  it('equal those of exact arithmetic in views of any size', () => {
    fc.assert(
      fc.property(
        piecewiseLinearFields,
        slicePoints,
        directions,
        halfWidths,
        (field, center, direction, halfWidth) => {
          const resolved = resolve(field);
          const { plane, readout } = resolved;
          const d = [direction[0] * halfWidth, direction[1] * halfWidth] as const;
          const point = center.map((c, axis) => add(fromNumber(c), fromNumber(d[axis]!)));
          const before = exactOutputs(plane.chain, center.map(fromNumber));
          const after = exactOutputs(plane.chain, point);
          const expected = toNumber(
            subtract(exactReadout(after, readout), exactReadout(before, readout)),
          );
          const change = about(resolved, center).change(...d);
          // Sums of up to 8 rounded terms in up to 5 layers, and a few roundings of the readout.
          const reach = 16 * EPSILON * reachOf(plane, d);
          const tolerance = reach * magnification(readout, before, after) + CUT;
          expect(Math.abs(change - expected) <= tolerance, `${change} for ${expected}`).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('are the differences of values and gradients where float64 can distinguish them', () => {
    fc.assert(
      fc.property(networkFields, slicePoints, slicePoints, (field, center, point) => {
        const resolved = resolve(field);
        const { plane, readout } = resolved;
        const evaluator = createEvaluatorFor(resolved);
        // Multiples of 2⁻²¹ up to 4, so that these are exact.
        const d = [point[0] - center[0], point[1] - center[1]] as const;
        const anchored = about(resolved, center);
        const lambda = 'lambda' in readout ? readout.lambda : 2;
        // lse and gap are up to log(K)/λ larger than the outputs.
        const size = Math.max(sizeOf(plane, center), sizeOf(plane, point)) + Math.log(5) / lambda;
        const rounding = 64 * EPSILON * size;
        const isShare = readout.kind === 'softmax';
        const value = evaluator.value(...point) - evaluator.value(...center);
        expect(Math.abs(anchored.change(...d) - value) <= rounding * (isShare ? lambda : 4)).toBe(
          true,
        );
        // Slopes of softmax by rounded exponents; those of activations change by less than 4 of what the pre-activation does.
        const soft = rounding * (lambda + 4) * (isShare ? lambda : 1);
        const tolerance = soft * steepnessOf(plane) * plane.layers.length * size;
        const [before, after] = [evaluator.gradient(...center), evaluator.gradient(...point)];
        for (const axis of [0, 1] as const) {
          const near = (received: number, expected: number) =>
            expect(Math.abs(received - expected) <= tolerance, `${received}, ${expected}`).toBe(
              true,
            );
          near(anchored.gradient[axis], before[axis]);
          near(anchored.gradientAt(...d)[axis], after[axis]);
          near(anchored.gradientChange(...d)[axis], after[axis] - before[axis]);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('of the gradient are the curvature of the changes of the value', () => {
    const tame = networkFields.filter(
      ({ readout }) => !('lambda' in readout && readout.lambda > 10),
    );
    let curved = 0;
    fc.assert(
      fc.property(tame, slicePoints, fc.nat(628), (field, [x, y], angle) => {
        const resolved = resolve(field);
        // Off the round numbers at which pre-activations are 0.
        const anchored = about(resolved, [x + 0.1234567, y - 0.7654321]);
        const d = [1e-8 * Math.cos(angle / 100), 1e-8 * Math.sin(angle / 100)] as const;
        const along = ([g1, g2]: Pair) => g1 * d[0] + g2 * d[1];
        const change = anchored.gradientChange(...d);
        const expected = along(anchored.gradient) + along(change) / 2;
        // The next term is 1e-8 times as large, with derivatives of up to 10 (λ a)³.
        const steepness = 11 * (1 + steepnessOf(resolved.plane));
        const rounding = 64 * EPSILON * 1e-8 * steepness;
        const tolerance = 1e-7 * (1e-8 * steepness) ** 2 + rounding;
        const error = Math.abs(anchored.change(...d) - expected);
        expect(error <= tolerance, `${error} beyond ${tolerance}`).toBe(true);
        if (Math.abs(along(change)) > 30 * tolerance) curved += 1;
      }),
      { numRuns: 500 },
    );
    expect(curved).toBeGreaterThan(20);
  });
});
