import { describe, expect, test } from 'vitest';
import type { DetailedArrangement, PlaneWindow } from '../../../src/geometry/arrangement.ts';
import { enumerateRegions } from '../../../src/geometry/enumerateRegions.ts';
import { cellAt, locate } from '../../../src/geometry/locate.ts';
import { InvalidInputError } from '../../../src/input/invalidInput.ts';
import { regionId } from '../../../src/model/pattern.ts';
import { Mt19937 } from '../../../src/model/random.ts';
import type { Evaluator } from '../../../src/reference/evaluator.ts';
import { evaluatorOf } from '../reference/evaluatorOf.ts';
import { drawn, mlp, shallow } from './networks.ts';

const SHAPES = [
  [2, 20, 1],
  [2, 6, 6, 1],
  [2, 5, 5, 5, 5, 1],
] as const;
const WINDOWS: readonly PlaneWindow[] = [
  { x: [-5, 5], y: [-5, 5] },
  { x: [-1e3, 1e3], y: [-1e3, 1e3] },
  { x: [0.25, 0.2500001], y: [-1.3, -1.2999999] },
];

interface Case {
  readonly name: string;
  readonly evaluator: Evaluator;
  readonly arrangement: DetailedArrangement;
}

function cases(windows: readonly (PlaneWindow | null)[]): Case[] {
  return SHAPES.flatMap((widths) =>
    [0, 1, 2].flatMap((seed) =>
      (['relu', 'abs'] as const).flatMap((activation) =>
        windows.map((window) => ({
          name: `${widths.join('-')} ${activation} seed ${seed} window ${JSON.stringify(window)}`,
          evaluator: evaluatorOf(mlp(widths, seed, activation)),
          arrangement: enumerateRegions(drawn(widths, seed, activation), { window, cells: true }),
        })),
      ),
    ),
  );
}

const IN_WINDOWS = cases(WINDOWS);
const IN_PLANE = cases([null]);
const ALL = [...IN_WINDOWS, ...IN_PLANE];

/** Uniform in [low, high). */
function uniform(generator: Mt19937, [low, high]: readonly [number, number]): number {
  return low + (high - low) * generator.next32() * 2 ** -32;
}

describe('cells of a window', () => {
  test('areas sum to the area of the window', () => {
    for (const { name, arrangement } of IN_WINDOWS) {
      const { x, y } = arrangement.window!;
      const expected = (x[1] - x[0]) * (y[1] - y[0]);
      const sum = arrangement.cells.reduce((total, { area }) => total + area, 0);
      // Each of some hundred areas is right to a few roundings of coordinates relative to the cell,
      // and these sum up; corners are shared, so that nothing is counted twice.
      expect(Math.abs(sum / expected - 1) <= 1e-12, `${name}: ${sum}`).toBe(true);
    }
  });

  test('no two interiors overlap: a random point lies in one polygon only', () => {
    const generator = new Mt19937(1);
    for (const { name, arrangement } of IN_WINDOWS) {
      for (let i = 0; i < 50; i++) {
        const x = uniform(generator, arrangement.window!.x);
        const y = uniform(generator, arrangement.window!.y);
        const holding = arrangement.cells.flatMap((_, cell) =>
          isInside(arrangement, cell, x, y) ? [cell] : [],
        );
        expect(holding, name).toEqual([locate(arrangement, x, y)]);
      }
    }
  });

  test('points of the border lie on it exactly, vertices inside', () => {
    for (const { name, arrangement } of IN_WINDOWS) {
      const { x, y } = arrangement.window!;
      const misplaced = arrangement.points.filter((point) => {
        const onBorder = x.includes(point.x) || y.includes(point.y);
        const inside = point.x >= x[0] && point.x <= x[1] && point.y >= y[0] && point.y <= y[1];
        return !inside || onBorder !== (point.kind === 'border');
      });
      expect(misplaced, name).toEqual([]);
    }
  });
});

describe('each cell', () => {
  test('has the affine map, pattern and id that the reference finds inside it', () => {
    const wrong: string[] = [];
    for (const { name, arrangement, evaluator } of ALL) {
      for (const { interior, map, pattern, regionId: id } of arrangement.cells) {
        const reference = evaluator.affineMap(...interior)!;
        const difference = Math.max(
          Math.abs(map.a[0] - reference.a[0]),
          Math.abs(map.a[1] - reference.a[1]),
          Math.abs(map.b - reference.b),
        );
        const bits = [...pattern.join('')].map((bit) => bit === '1');
        const isEqual =
          evaluator.pattern(...interior)!.join() === pattern.join() &&
          evaluator.regionId(...interior) === id &&
          regionId(bits) === id &&
          // Sums of up to 20 terms below 1, in float64 on both sides.
          difference <= 1e-14;
        if (!isEqual) wrong.push(`${name}: cell at ${interior.join()}, pattern ${pattern.join()}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('is found at its interior point, where its polygon is counterclockwise and convex', () => {
    const wrong: string[] = [];
    for (const { name, arrangement } of ALL) {
      arrangement.cells.forEach(({ interior }, cell) => {
        const found = locate(arrangement, ...interior);
        const isConvex = isInside(arrangement, cell, ...interior);
        if (found !== cell || !isConvex) wrong.push(`${name}: cell ${cell}, found ${found}`);
      });
    }
    expect(wrong).toEqual([]);
  });

  test('shares each side with the neighbour across, whose pattern differs in that neuron', () => {
    const wrong: string[] = [];
    for (const { name, arrangement } of ALL) {
      const { cells, edges } = arrangement;
      cells.forEach((cell, index) => {
        cell.edges.forEach((e, i) => {
          const edge = edges[e];
          const [start, end] = [cell.corners[i], cell.corners[(i + 1) % cell.corners.length]];
          const isLeft = edge.left === index;
          const neighbour = cell.neighbours[i];
          let isRight =
            edge.from === (isLeft ? start : end) &&
            edge.to === (isLeft ? end : start) &&
            neighbour === (isLeft ? edge.right : edge.left);
          if (neighbour >= 0) {
            const own = cell.pattern.join('');
            const other = cells[neighbour].pattern.join('');
            const flips = [...own].flatMap((bit, n) => (bit === other[n] ? [] : [n]));
            isRight &&= flips.length === 1 && flips[0] === edge.neuron;
            isRight &&= edge.flips.join() === flips.join();
            // The positive side lies to the left.
            isRight &&= own[edge.neuron] === (isLeft ? '1' : '0');
          }
          if (!isRight) wrong.push(`${name}: cell ${index}, side ${i}`);
        });
      });
    }
    expect(wrong).toEqual([]);
  });

  test('belongs to a linear region with one affine map', () => {
    const wrong: string[] = [];
    for (const { name, arrangement } of ALL) {
      for (const [key, count] of [
        ['linearRegion', arrangement.linearRegions],
        ['affineFunction', arrangement.affineFunctions],
      ] as const) {
        const first = new Map<number, (typeof arrangement.cells)[number]>();
        for (const cell of arrangement.cells) {
          const { map } = first.get(cell[key]) ?? cell;
          if (!first.has(cell[key])) first.set(cell[key], cell);
          const isEqual =
            Math.abs(map.b - cell.map.b) <= 1e-14 &&
            Math.abs(map.a[0] - cell.map.a[0]) <= 1e-14 &&
            Math.abs(map.a[1] - cell.map.a[1]) <= 1e-14;
          if (!isEqual) wrong.push(`${name}: ${key} ${cell[key]}`);
        }
        expect(first.size, name).toBe(count);
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe('the whole plane', () => {
  test('has infinite cells at the edge and only there', () => {
    const wrong: string[] = [];
    for (const { name, arrangement } of IN_PLANE) {
      const infinite = arrangement.cells.filter(({ area }) => area === Infinity);
      expect(infinite.length, name).toBe(arrangement.unbounded);
      for (const { x, y, kind } of arrangement.points) {
        const isRight =
          kind === 'infinity'
            ? // A unit vector: a square root and a quotient, rounded.
              Math.abs(Math.hypot(x, y) - 1) <= 1e-15
            : // Coordinates are right to 2⁻⁴⁰, the reach to its last digit.
              Math.max(Math.abs(x), Math.abs(y)) <= arrangement.reach! * (1 + 2 ** -40);
        if (!isRight) wrong.push(`${name}: ${kind} at ${x}, ${y}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('agrees with the reference at points from 1e-9 to 1e6 around the origin', () => {
    const generator = new Mt19937(2);
    for (const { name, arrangement, evaluator } of IN_PLANE) {
      for (let i = 0; i < 100; i++) {
        const size = 10 ** uniform(generator, [-9, 6]);
        const point = [
          uniform(generator, [-size, size]),
          uniform(generator, [-size, size]),
        ] as const;
        expect(cellAt(arrangement, ...point)?.pattern, name).toEqual(evaluator.pattern(...point));
      }
    }
  });
});

describe('locate', () => {
  const network = shallow([
    [1, 0, 0],
    [0, 1, 0],
    [1, 1, -1],
  ]);

  test('gives a point on a hinge to the side where the neuron is not positive', () => {
    const arrangement = enumerateRegions(network, { window: null, cells: true });
    expect(cellAt(arrangement, 0, 0)?.pattern).toEqual(['000']);
    expect(cellAt(arrangement, 0, 5)?.pattern).toEqual(['011']);
    expect(cellAt(arrangement, 0.5, 0.5)?.pattern).toEqual(['110']);
    expect(cellAt(arrangement, 2 ** -1000, 2 ** -1000)?.pattern).toEqual(['110']);
    expect(cellAt(arrangement, 1e300, -1e300)?.pattern).toEqual(['100']);
  });

  test('is null outside of the window, and includes the border', () => {
    const arrangement = enumerateRegions(network, {
      window: { x: [-1, 1], y: [-1, 1] },
      cells: true,
    });
    expect(locate(arrangement, 1.0000001, 0)).toBeNull();
    expect(locate(arrangement, 0, -1.5)).toBeNull();
    expect(cellAt(arrangement, 1, 1)?.pattern).toEqual(['111']);
  });

  test('rejects anything but a number', () => {
    const arrangement = enumerateRegions(network, { window: null, cells: true });
    expect(() => locate(arrangement, Number.NaN, 0)).toThrow(InvalidInputError);
    expect(() => locate(arrangement, 0, Infinity)).toThrow(InvalidInputError);
  });
});

/** Whether a point lies to the left of all sides, in plain float64. */
function isInside({ cells, points }: DetailedArrangement, cell: number, x: number, y: number) {
  const corners = cells[cell].corners.map((corner) => points[corner]);
  return corners.every((p, i) => {
    const q = corners[(i + 1) % corners.length];
    if (p.kind === 'infinity' && q.kind === 'infinity') return true;
    const base = p.kind === 'infinity' ? q : p;
    const [dx, dy] =
      p.kind === 'infinity'
        ? [-p.x, -p.y]
        : q.kind === 'infinity'
          ? [q.x, q.y]
          : [q.x - p.x, q.y - p.y];
    return dx * (y - base.y) - dy * (x - base.x) > 0;
  });
}
