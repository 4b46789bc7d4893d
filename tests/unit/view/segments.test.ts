import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Vec2 } from '../../../src/model/field.ts';
import { PLANE, type Projection, toPicture, toView } from '../../../src/view/projection.ts';
import { traceSegment } from '../../../src/view/segments.ts';

const SIX: Projection = { kind: 'logRadial', decades: 6 };
/** Half a pixel of a picture of 800. */
const TOLERANCE = 0.5 / 400;

function distanceToPolyline(point: Vec2, line: readonly Vec2[]): number {
  const distances = line.slice(1).map((end, i) => {
    const start = line[i]!;
    const [dx, dy] = [end[0] - start[0], end[1] - start[1]];
    const [px, py] = [point[0] - start[0], point[1] - start[1]];
    const square = dx * dx + dy * dy;
    const t = square === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / square));
    return Math.hypot(px - t * dx, py - t * dy);
  });
  return Math.min(...distances);
}

/** Places on the segment, close together in the picture near the centre as well as far from it. */
function placesOn(from: Vec2, to: Vec2): Vec2[] {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dy);
  const foot = -(from[0] * dx + from[1] * dy) / length;
  const positions = [0, length];
  for (let power = -9; power <= 4; power += 0.01) {
    positions.push(foot - 10 ** power, foot + 10 ** power);
  }
  return positions
    .filter((position) => position >= 0 && position <= length)
    .map(
      (position): Vec2 => [from[0] + (position / length) * dx, from[1] + (position / length) * dy],
    );
}

/** View coordinates all over a picture of six decades. */
const arbitraryEnd = fc
  .tuple(
    fc.double({ min: 0.02, max: 1.6, noNaN: true }),
    fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }),
  )
  .map(([rho, angle]) => toView(SIX, [rho * Math.cos(angle), rho * Math.sin(angle)]));

describe('traceSegment', () => {
  it('is the segment itself in the plane', () => {
    expect(traceSegment(PLANE, [1, 2], [3, -4], TOLERANCE)).toEqual([
      [1, 2],
      [3, -4],
    ]);
  });

  it('stays within the tolerance of the curve, and the curve within it of the polyline', () => {
    fc.assert(
      fc.property(arbitraryEnd, arbitraryEnd, (from, to) => {
        fc.pre(Math.hypot(to[0] - from[0], to[1] - from[1]) > 0);
        const line = traceSegment(SIX, from, to, TOLERANCE);
        expect(line.at(0)).toEqual(toPicture(SIX, from));
        expect(line.at(-1)).toEqual(toPicture(SIX, to));
        for (const place of placesOn(from, to)) {
          const error = distanceToPolyline(toPicture(SIX, place), line);
          // A curve may bend away a little between the places that were looked at.
          expect(error <= 1.5 * TOLERANCE, `${place} is ${error} away`).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('goes through the middle where a line passes within the innermost distance', () => {
    const through = traceSegment(SIX, [-3, 0], [2, 0], TOLERANCE);
    expect(through).toEqual([toPicture(SIX, [-3, 0]), [0, 0], toPicture(SIX, [2, 0])]);
    const past = traceSegment(SIX, [-3, 1e-7], [2, 1e-7], TOLERANCE);
    expect(past.some(([x, y]) => x === 0 && y === 0)).toBe(true);
    const around = traceSegment(SIX, [-3, 1e-4], [2, 1e-4], TOLERANCE);
    expect(Math.min(...around.map((w) => Math.hypot(...w)))).toBeGreaterThan(0.3);
  });

  it('is short where nothing bends', () => {
    expect(traceSegment(SIX, [1, 1], [1, 1], TOLERANCE)).toHaveLength(2);
    expect(traceSegment(SIX, [0.1, 0.1], [1, 1], TOLERANCE)).toHaveLength(2);
    expect(traceSegment(SIX, [1, 0], [1.0001, 0.0001], TOLERANCE).length).toBeLessThanOrEqual(3);
    // Half a turn about the centre, to half a pixel.
    const half = traceSegment(SIX, [1, -1e3], [1, 1e3], TOLERANCE);
    expect(half.length).toBeGreaterThan(10);
    expect(half.length).toBeLessThan(80);
  });
});
