import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Field } from '../../../src/model/field.ts';
import { neuronKey } from '../../../src/model/pattern.ts';
import type { Readout } from '../../../src/model/readouts.ts';
import { resolve } from '../../../src/model/resolve.ts';
import { pointOfSlice } from '../../../src/model/slice.ts';
import { createEvaluatorFor } from '../../../src/reference/fieldEvaluator.ts';
import { EPSILON, expectNear } from '../expectNear.ts';
import { networkFields, piecewiseLinearFields, slicePoints } from '../model/networkFields.ts';
import { fromNumber, toNumber } from './dyadic.ts';
import { exactOutputs, exactReadout } from './exactPlane.ts';
import { sizeOf, steepnessOf } from './sizes.ts';

const double = (high: number) => ({ high, low: 0 });

/** Outputs 3 x, y, 1 and y again. */
function affineField(readout: Readout): Field {
  const weight = [
    [3, 0],
    [0, 1],
    [0, 0],
    [0, 1],
  ];
  const layers = [{ weight, bias: [0, 0, 1, 0], activation: 'identity' as const }];
  return { network: { kind: 'explicit', layers }, slice: null, readout };
}

const evaluatorOf = (readout: Readout) => createEvaluatorFor(resolve(affineField(readout)));

describe('readouts of several outputs', () => {
  it('name the first of the greatest or of the least, and how far it is ahead', () => {
    const read = (readout: Readout, x: number, y: number) => evaluatorOf(readout).value(x, y);
    expect(read({ kind: 'class', wins: 'greatest' }, 1, 2)).toBe(0);
    expect(read({ kind: 'class', wins: 'greatest' }, 0, 2)).toBe(1);
    expect(read({ kind: 'class', wins: 'least' }, 1, -2)).toBe(1);
    expect(read({ kind: 'argmax', index: 3, wins: 'least' }, 1, -2)).toBe(0);
    expect(read({ kind: 'margin', wins: 'greatest' }, 1, 2)).toBe(1);
    // Outputs 1 and 3 are the same, so that neither is ahead.
    expect(read({ kind: 'margin', wins: 'least' }, 1, -2)).toBe(0);
    expect(read({ kind: 'margin', wins: 'least' }, -2, 4)).toBe(7);
  });

  it('have the gradient of the winner less the second, and steps have none', () => {
    expect(evaluatorOf({ kind: 'margin', wins: 'greatest' }).gradient(1, 2)).toEqual([3, -1]);
    expect(evaluatorOf({ kind: 'margin', wins: 'least' }).gradient(-2, 4)).toEqual([-3, 0]);
    expect(evaluatorOf({ kind: 'class', wins: 'least' }).gradient(1, 2)).toEqual([0, 0]);
  });

  it('have the margin 0 where there is one output', () => {
    const network = {
      kind: 'explicit',
      layers: [{ weight: [[1, 2]], bias: [3], activation: 'identity' }],
    } as const;
    const readout = { kind: 'margin', wins: 'greatest' } as const;
    const evaluator = createEvaluatorFor(resolve({ network, slice: null, readout }));
    expect([evaluator.value(1, 1), evaluator.gradient(1, 1)]).toEqual([0, [0, 0]]);
  });

  it('are regions of their winner if the network is affine', () => {
    expect(evaluatorOf({ kind: 'class', wins: 'least' }).regionId(1, -2)).toBe(neuronKey(1));
    expect(evaluatorOf({ kind: 'lse', lambda: 1 }).regionId(1, 2)).toBe(neuronKey(0));
    expect(evaluatorOf({ kind: 'output', index: 0 }).regionId(1, 2)).toBe(0);
    expect(evaluatorOf({ kind: 'class', wins: 'least' }).softmax(1, -2)).toEqual([0, 1, 0, 0]);
  });
});

describe('any field', () => {
  it('reads in double-double what exact arithmetic does', () => {
    fc.assert(
      fc.property(piecewiseLinearFields, slicePoints, (field, [x, y]) => {
        const resolved = resolve(field);
        const { plane, readout } = resolved;
        const outputs = exactOutputs(plane.chain, [fromNumber(x), fromNumber(y)]);
        const exact = toNumber(exactReadout(outputs, readout));
        const { value } = createEvaluatorFor(resolved).evaluatePrecisely(double(x), double(y));
        // A few roundings of the readout, of the best output in lse, and of exponents up to 745, beyond which powers are 0.
        const best = readout.kind === 'lse' ? Math.max(...outputs.map(toNumber).map(Math.abs)) : 0;
        const roundings = 'lambda' in readout ? 8 * 745 : 8;
        const tolerance = roundings * EPSILON * (Math.abs(exact) + best) + 1e-110;
        expect(Math.abs(value - exact) <= tolerance, `${value} for ${exact}`).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('without a smooth activation is affine on a region, and its maps say how', () => {
    fc.assert(
      fc.property(networkFields, slicePoints, (field, [x, y]) => {
        const resolved = resolve(field);
        const { plane, whole } = resolved;
        const evaluator = createEvaluatorFor(resolved);
        const { outputs, affineMaps, gradients } = evaluator.outputs(x, y);
        expect(affineMaps === null).toBe(!whole.isPiecewiseLinear);
        expect(evaluator.affineMaps(x, y) === null).toBe(!plane.isPiecewiseLinear);
        expect(evaluator.pattern(x, y) === null).toBe(
          !plane.isPiecewiseLinear || plane.layers.length === 1,
        );
        // Twice the sums of value and map, with up to 64 terms a layer.
        const size = sizeOf(whole, [x, y]) + steepnessOf(whole) * (Math.abs(x) + Math.abs(y));
        const wrong = (affineMaps ?? []).findIndex(({ a, b }, k) => {
          return !(Math.abs(a[0] * x + a[1] * y + b - outputs[k]!) <= 64 * EPSILON * size);
        });
        expect(wrong).toBe(-1);
        expect(affineMaps?.map(({ a }) => a) ?? gradients).toEqual(gradients);
      }),
      { numRuns: 300 },
    );
  });

  it('reports all outputs, in float64 and in double-double', () => {
    fc.assert(
      fc.property(networkFields, slicePoints, (field, [x, y]) => {
        const resolved = resolve(field);
        const { whole, readout } = resolved;
        const evaluator = createEvaluatorFor(resolved);
        const coarse = evaluator.outputs(x, y);
        const fine = evaluator.outputsPrecisely(double(x), double(y));
        const size = 64 * EPSILON * sizeOf(whole, [x, y]);
        const wrong = fine.outputs.findIndex((z, k) => {
          return !(Math.abs(z - coarse.outputs[k]!) <= size);
        });
        expect(wrong).toBe(-1);
        const { outputs, winner, margin, softmax, input } = coarse;
        const wins = 'wins' in readout ? readout.wins : 'greatest';
        const best = wins === 'least' ? Math.min(...outputs) : Math.max(...outputs);
        expect(winner).toBe(outputs.indexOf(best));
        const others = outputs.filter((_, k) => k !== winner).map((z) => Math.abs(z - best));
        expect(margin).toBe(others.length === 0 ? 0 : Math.min(...others));
        // K quotients and K sums of numbers below 1, each rounded.
        const total = softmax.reduce((sum, share) => sum + share, 0);
        expectNear(total, 1, EPSILON * outputs.length);
        expect(input).toEqual(field.slice ? pointOfSlice(field.slice, x, y) : [x, y]);
      }),
      { numRuns: 300 },
    );
  });
});
