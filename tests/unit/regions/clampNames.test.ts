import { expect, test } from 'vitest';
import { networkHinges } from '../../../src/drawing/hingeSegments.ts';
import { enumerateRegions } from '../../../src/geometry/enumerateRegions.ts';
import { layerShapes } from '../../../src/kernels/packWide.ts';
import { validateField } from '../../../src/model/fieldValidation.ts';
import { resolve } from '../../../src/model/resolve.ts';
import { readPoint } from '../../../src/reference/pointReading.ts';
import { describeCell } from '../../../src/regions/regionFacts.ts';
import { namesOf } from '../../../src/scales/names.ts';

/** What people read of a network with clamps, which kernels and geometry see as more layers: numbers are those of its own neurons. */

// z₁ = 4x and z₂ = 4y, between −1 and 1, then relu of −(φ(z₁) + φ(z₂) + ½).
const field = validateField({
  network: {
    kind: 'explicit',
    layers: [
      {
        weight: [
          [4, 0],
          [0, 4],
        ],
        bias: [0, 0],
        activation: 'hardtanh',
      },
      { weight: [[-1, -1]], bias: [-0.5], activation: 'relu' },
      { weight: [[1]], bias: [0] },
    ],
  },
});
const { whole, plane, readout } = resolve(field);
const window = { x: [-1, 1], y: [-1, 1] } as const;
const arrangement = enumerateRegions(whole, { window, cells: true });

test('a point has the pre-activations of its network, and one pattern for each of its layers', () => {
  const { preActivations, pattern } = readPoint(field, [0.5, -0.5]);
  expect(preActivations).toEqual([[2, -2], [-0.5]]);
  expect(pattern).toEqual(['20', '0']);
  expect(readPoint(field, [0.1, -0.5]).pattern).toEqual(['10', '1']);
});

test('a region has the pattern of its points, and names its neighbours by their own neurons', () => {
  const cell = arrangement.cells.find(({ pattern }) => pattern.join(' ') === '10 1')!;
  const rows = new Map(describeCell(arrangement, cell, namesOf(field), () => null));
  expect(rows.get('pattern')).toBe('10 1');
  const names = rows.get('neighbours')!.split('across ')[1]!.split(', ').sort();
  expect(names).toEqual(['1.1', '1.2', '2.1']);
});

test('hinges have the colour of their own layer, as lines and as pixels', () => {
  const view = { center: [0, 0], centerLow: [0, 0], halfWidth: 1 } as const;
  const hinges = networkHinges(arrangement, view);
  expect(hinges).toHaveLength(2);
  // Two ends of two clamps; the second layer's hinge bends at them.
  expect(hinges[0]!.length).toBeGreaterThanOrEqual(4);
  expect(hinges[1]!.length).toBeGreaterThanOrEqual(2);
  expect(layerShapes({ plane, readout }).map(({ number }) => number)).toEqual([1, 1, 2, 4]);
});
