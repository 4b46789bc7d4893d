import { expect, test } from 'vitest';
import type { Vec2 } from '../../../src/model/field.ts';
import { validateField } from '../../../src/model/fieldValidation.ts';
import { resolve } from '../../../src/model/resolve.ts';
import { createEvaluator } from '../../../src/reference/evaluate.ts';
import { NeuronPass } from '../../../src/reference/neuronPass.ts';
import { traceHinge } from '../../../src/ui/network/hingeTrace.ts';
import { PictureGeometry } from '../../../src/view/pictureGeometry.ts';
import { runToEnd } from '../runToEnd.ts';

const SIZE = { width: 300, height: 200 };
const HALF_WIDTH = 5;
const CENTER = { x: { high: 0, low: 0 }, y: { high: 0, low: 0 } };

function trace(activation: unknown, projection: Parameters<typeof PictureGeometry.of>[0]) {
  const network = { kind: 'drawn', widths: [2, 8, 8, 1], activation, seed: 3 };
  const resolved = resolve(validateField({ network }));
  const geometry = PictureGeometry.of(projection, SIZE);
  const pass = new NeuronPass(resolved, CENTER);
  const neurons = Array.from({ length: 8 }, (_, index) => index);
  return neurons.map((index) => {
    const work = traceHinge(pass, resolved.network, [1, index], geometry, HALF_WIDTH);
    const readout = { kind: 'neuron', layer: 1, index, stage: 'preactivation' };
    const field = validateField({ network, readout });
    return { lines: runToEnd(work), evaluator: createEvaluator(field), geometry };
  });
}

type Traced = ReturnType<typeof trace>[number];

/** Whether a level is crossed within so many pixels of a place of the picture. */
function isCrossed({ evaluator, geometry }: Traced, at: Vec2, level: number, reach: number) {
  const signs = Array.from({ length: 16 }, (_, i) => {
    const angle = (i * Math.PI) / 8;
    const [u1, u2] = geometry.toView(
      at[0] + reach * Math.cos(angle),
      at[1] + reach * Math.sin(angle),
    );
    return evaluator.value(HALF_WIDTH * u1, HALF_WIDTH * u2) > level;
  });
  return new Set(signs).size === 2;
}

test.each([
  ['plane', { kind: 'plane' }],
  ['log-radial', { kind: 'logRadial', decades: 3 }],
] as const)('hinges of a second layer are found to a pixel, %s', (_, projection) => {
  const traced = trace('relu', projection);
  expect(traced.filter(({ lines }) => lines.length > 0).length).toBeGreaterThanOrEqual(4);
  const wrong = traced.flatMap((one) => one.lines.flat().filter((at) => !isCrossed(one, at, 0, 1)));
  expect(wrong).toEqual([]);
});

test('wherever a pre-activation changes its sign from pixel to pixel, a hinge is near', () => {
  for (const { lines, evaluator, geometry } of trace('relu', { kind: 'plane' })) {
    const points = lines.flat();
    const signAt = (x: number, y: number) => {
      const [u1, u2] = geometry.toView(x, y);
      return evaluator.value(HALF_WIDTH * u1, HALF_WIDTH * u2) > 0;
    };
    for (let y = 0.5; y < SIZE.height; y += 7) {
      for (let x = 0.5; x + 1 < SIZE.width; x += 1) {
        if (signAt(x, y) === signAt(x + 1, y)) continue;
        const nearest = Math.min(...points.map(([px, py]) => Math.hypot(px - x, py - y)));
        expect(nearest <= 3).toBe(true);
      }
    }
  }
});

test('a clamp has a hinge at each end, a smooth activation has none', () => {
  // Where the first layer's clamps make kinks, a line is off by a cell at most, which has 2 pixels.
  const clamp = { kind: 'hardtanh', min: -0.25, max: 0.5 };
  for (const one of trace(clamp, { kind: 'plane' })) {
    const wrong = one.lines
      .flat()
      .filter((at) => ![-0.25, 0.5].some((level) => isCrossed(one, at, level, 2)));
    expect(wrong).toEqual([]);
  }
  for (const { lines } of trace('tanh', { kind: 'plane' })) expect(lines).toEqual([]);
});
