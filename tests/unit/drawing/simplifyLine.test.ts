import fc from 'fast-check';
import { expect, test } from 'vitest';
import { simplifyLine } from '../../../src/drawing/simplifyLine.ts';
import type { Vec2 } from '../../../src/model/field.ts';

const distance = ([x, y]: Vec2, [ax, ay]: Vec2, [bx, by]: Vec2): number => {
  // The nearest of many points of the segment: an upper bound.
  const shares = Array.from({ length: 1001 }, (_, i) => i / 1000);
  return Math.min(...shares.map((t) => Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay))));
};

test('a straight line keeps its ends, a corner stays', () => {
  const straight = Array.from({ length: 9 }, (_, i): Vec2 => [i, 2 * i]);
  expect(simplifyLine(straight, 0.01)).toEqual([straight[0], straight[8]]);
  const bent: Vec2[] = [...straight, [9, 0]];
  expect(simplifyLine(bent, 0.01)).toEqual([straight[0], straight[8], [9, 0]]);
});

test('a closed line stays closed', () => {
  const circle = Array.from({ length: 361 }, (_, degree): Vec2 => {
    const angle = ((degree % 360) * Math.PI) / 180;
    return [100 * Math.cos(angle), 100 * Math.sin(angle)];
  });
  const simple = simplifyLine(circle, 0.1);
  expect(simple[0]).toEqual(simple.at(-1));
  // A chord of 5.1° has that sagitta, and halving spans comes to at most twice as many.
  expect(simple.length).toBeGreaterThan(60);
  expect(simple.length).toBeLessThan(150);
});

test('no point is further away than the tolerance', () => {
  const place = fc.integer({ min: 0, max: 20 });
  const line = fc.array(fc.tuple(place, place), { minLength: 2, maxLength: 12 });
  fc.assert(
    fc.property(line, (points) => {
      const simple = simplifyLine(points, 1);
      for (const point of points) {
        const nearest = Math.min(
          ...simple.slice(1).map((to, i) => distance(point, simple[i]!, to)),
        );
        // The measure overestimates by at most half a step of the longest segment.
        expect(nearest <= 1 + 0.015).toBe(true);
      }
    }),
  );
});
