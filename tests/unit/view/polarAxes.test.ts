import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { polarAxes } from '../../../src/view/polarAxes.ts';
import {
  cornerRadius,
  DECADES_MAX,
  DECADES_MIN,
  lengthAt,
  radiusAt,
} from '../../../src/view/projection.ts';
import type { View } from '../../../src/view/view.ts';
import { EPSILON, expectNear } from '../expectNear.ts';

function viewOf(halfWidth: number): View {
  return { center: [3, 4], centerLow: [0, 0], halfWidth };
}

/** 0.001 for 10⁻³, 20 for 20. */
function numberOf(label: string): number {
  const digits = '⁰¹²³⁴⁵⁶⁷⁸⁹';
  const [mantissa, power] = label.match(/^(?:(.*)×)?10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)$/)?.slice(1) ?? [label, '⁰'];
  const exponent = [...power!].map((sign) => (sign === '⁻' ? '-' : digits.indexOf(sign))).join('');
  return Number(`${mantissa ?? 1}e${exponent}`);
}

describe('polarAxes', () => {
  it('has a ring at each power of ten', () => {
    const { center, rings } = polarAxes(viewOf(1), 6, 600, 600);
    expect(center).toEqual([300, 300]);
    expect(rings.map(({ label }) => label)).toEqual([
      '10⁻⁵',
      '10⁻⁴',
      '10⁻³',
      '10⁻²',
      '10⁻¹',
      '1',
      '10',
      '10²',
    ]);
    rings.forEach(({ radius }, i) => {
      // Radii below 500, from a logarithm that is rounded.
      expectNear(radius, 50 * (i + 1), 500 * 2 * EPSILON);
    });
  });

  it('has a ring where the picture shows its distance', () => {
    const decades = 4;
    const { rings } = polarAxes(viewOf(5), decades, 800, 500);
    for (const { radius, label } of rings) {
      const distance = 5 * lengthAt({ kind: 'logRadial', decades }, radius / 250);
      const expected = numberOf(label);
      expect(Math.abs(distance / expected - 1) <= 1e-12, label).toBe(true);
    }
    expect(rings.length).toBeGreaterThanOrEqual(5);
  });

  it('omits decades if there is no room, and marks 2 and 5 if there is much', () => {
    const narrow = polarAxes(viewOf(1), 12, 300, 300).rings.map(({ label }) => label);
    expect(narrow).toEqual(['10⁻⁹', '10⁻⁶', '10⁻³', '1', '10³']);
    const wide = polarAxes(viewOf(1), 1, 400, 400).rings.map(({ label }) => label);
    expect(wide).toEqual(['2×10⁻¹', '5×10⁻¹', '1', '2']);
  });

  it('never crowds rings or labels, and keeps them in the picture', () => {
    const decades = fc.double({ min: DECADES_MIN, max: DECADES_MAX, noNaN: true });
    const power = fc.double({ min: -12, max: 9, noNaN: true });
    const side = fc.integer({ min: 200, max: 2000 });
    fc.assert(
      fc.property(decades, power, side, side, (count, exponent, width, height) => {
        const { rings, spokes } = polarAxes(viewOf(10 ** exponent), count, width, height);
        const unit = Math.min(width, height) / 2;
        rings.forEach(({ radius, labelAt }, i) => {
          expect(radius - (rings[i - 1]?.radius ?? 0)).toBeGreaterThanOrEqual(16);
          expect(radius).toBeLessThan(cornerRadius(width, height) * unit);
          if (labelAt === null) return;
          expect(labelAt[0] >= width / 2 && labelAt[0] <= width - 22).toBe(true);
          expect(labelAt[1] >= 10 && labelAt[1] <= height / 2).toBe(true);
          const distance = Math.hypot(labelAt[0] - width / 2, labelAt[1] - height / 2);
          expect(Math.abs(distance - radius) <= 1e-9 * radius).toBe(true);
        });
        expect(spokes).toHaveLength(8);
      }),
    );
  });

  it('agrees with the projection at the half-width', () => {
    expect(radiusAt({ kind: 'logRadial', decades: 5 }, 1)).toBe(1);
    const { rings } = polarAxes(viewOf(100), 5, 640, 640);
    expectNear(rings.find(({ label }) => label === '10²')!.radius, 320, 320 * 2 * EPSILON);
  });
});
