import { describe, expect, it } from 'vitest';
import { BOUNDARY_LAYER } from '../../../src/kernels/shaderConstants.ts';
import { squareOf } from '../../../src/model/rectangle.ts';
import {
  type CpuSamples,
  cpuGrid,
  cpuStatistics,
  takeCpuSamples,
} from '../../../src/picture/cpuSamples.ts';
import { createEvaluator } from '../../../src/reference/evaluate.ts';
import { referenceGrid } from '../../../src/reference/grid.ts';
import { DEFAULT_STATE } from '../../../src/state/defaults.ts';
import { applyPatch } from '../../../src/state/patch.ts';
import { expectNear } from '../expectNear.ts';
import { runToEnd } from '../runToEnd.ts';

/** Samples of a picture of this size, without its pauses. */
function take(patch: object, side: number, width = 1, height = 1): CpuSamples {
  const state = applyPatch(DEFAULT_STATE, patch);
  return runToEnd(
    takeCpuSamples(state, createEvaluator(state.field), cpuGrid(width, height, side)),
  );
}

describe('the samples of a square picture', () => {
  it.each(['value', 'partial1', 'gradientNorm', 'region'] as const)(
    'are those of np.linspace over the square: %s',
    (quantity) => {
      const { values } = take({ quantity }, 9);
      const { field, view } = DEFAULT_STATE;
      const grid = { field, quantity, width: 9, height: 9 };
      const [x, y] = [
        [-5, 5],
        [-5, 5],
      ] as const;
      expect(view.halfWidth).toBe(5);
      expect(values).toEqual(referenceGrid({ ...grid, x, y }));
    },
  );

  it.each(['npGradientRows', 'npGradientColumns'] as const)('are np.gradient: %s', (quantity) => {
    const { values } = take({ quantity }, 500);
    const { field } = DEFAULT_STATE;
    const side = { x: [-5, 5], y: [-5, 5], width: 500, height: 500 } as const;
    const expected = referenceGrid({ field, quantity, ...side });
    const worst = values.reduce(
      (most, value, i) => Math.max(most, Math.abs(value - expected[i]!)),
      0,
    );
    // Coordinates may differ from np.linspace's by a rounding.
    expectNear(worst, 0, 1e-13);
  });

  it('keep the digits of a deep view far from the origin', () => {
    const logits = {
      weight: [
        [1, 0],
        [-1, 0],
      ],
      bias: [-1000.5, 1000.5],
    };
    const view = { center: [1000.5, 0], halfWidth: 1e-11 };
    const { values } = take({ field: { kind: 'softmax', lambda: 1e6, logits }, view }, 5);
    const state = applyPatch(DEFAULT_STATE, {
      field: { kind: 'softmax', lambda: 1e6, logits },
      view,
    });
    const expected = referenceGrid({
      field: state.field,
      quantity: 'value',
      ...squareOf(state.view),
      width: 5,
      height: 5,
    });
    expect(new Set(expected.subarray(0, 5)).size).toBe(5);
    expect(values).toEqual(expected);
  });

  it('have no direction where the gradient is 0', () => {
    const { values } = take({ field: { kind: 'argmax' }, quantity: 'gradientDirection' }, 3);
    expect([...values].every(Number.isNaN)).toBe(true);
  });

  it('mark hinges with the layer that bends', () => {
    const one = take({ field: { widths: [2, 1, 1], seed: 0 }, hinges: true }, 33);
    expect(new Set(one.lines)).toEqual(new Set([0, 1]));
    const two = take({ field: { widths: [2, 8, 8, 1], seed: 0 }, hinges: true }, 65);
    expect(new Set(two.lines)).toEqual(new Set([0, 1, 2]));
    const argmax = take({ field: { kind: 'argmax' }, hinges: true }, 5);
    // The diagonal: right of it and above it the other logit is the largest.
    expect([...argmax.lines!].filter(Boolean).length).toBeGreaterThanOrEqual(5);
    expect(take({}, 3).lines).toBeNull();
  });

  it('mark where another class begins, over any quantity of the network', () => {
    const network = { kind: 'identity' };
    const boundary = take({ field: { network, readout: { kind: 'output' } }, boundaries: true }, 5);
    // The diagonal of the square, from its lower left.
    const marked = [...boundary.lines!].map((line, i) => (line === 0 ? -1 : i));
    expect(marked.filter((i) => i >= 0)).toEqual(expect.arrayContaining([0, 6, 12, 18]));
    expect(new Set(boundary.lines)).toEqual(new Set([0, BOUNDARY_LAYER]));
    expect(take({ boundaries: true }, 3).lines).toBeNull();
  });
});

describe('a picture that is not square', () => {
  it.each([
    [3, 2, 5, { columns: 7, rows: 5, side: 5, left: 1, bottom: 0 }],
    [1, 2, 5, { columns: 5, rows: 9, side: 5, left: 0, bottom: 2 }],
    [10, 9, 2, { columns: 4, rows: 2, side: 2, left: 1, bottom: 0 }],
  ])('of %i × %i has samples around the square', (width, height, side, grid) => {
    expect(cpuGrid(width, height, side)).toEqual(grid);
  });

  it('has the statistics of its square', () => {
    const square = cpuStatistics(take({}, 17), null);
    expect(cpuStatistics(take({}, 17, 5, 3), null)).toEqual(square);
    const values = [...take({}, 17).values];
    expect(square.least).toBe(Math.min(...values));
    expect(square.greatest).toBe(Math.max(...values));
    expectNear(square.mean, values.reduce((sum, value) => sum + value) / values.length, 1e-15);
  });

  it('has np.gradient in the square only', () => {
    const { values, grid } = take({ quantity: 'npGradientRows' }, 5, 2, 1);
    expect(grid.left).toBe(2);
    expect([...values.subarray(0, 9)].map(Number.isNaN)).toEqual(
      [2, 5, 2].flatMap((count, i) => Array<boolean>(count).fill(i !== 1)),
    );
  });
});

it('a log-radial picture is sampled by distance', () => {
  const projection = { kind: 'logRadial', decades: 4 };
  const { values } = take({ field: { kind: 'max' }, projection, view: { halfWidth: 1 } }, 5);
  // Along the middle row: radius 1, ½, 0, ½, 1, so distances 1 and 10⁻².
  const middle = [...values.subarray(10, 15)];
  for (const [i, expected] of [0, 0, 0, 0.01, 1].entries()) {
    expectNear(middle[i]!, expected, 1e-15);
  }
});
