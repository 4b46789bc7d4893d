import { describe, expect, test } from 'vitest';
import type { DetailedArrangement, PlaneWindow } from '../../../src/geometry/arrangement.ts';
import { enumerateRegions } from '../../../src/geometry/enumerateRegions.ts';
import { cellAt, locate } from '../../../src/geometry/locate.ts';
import { InvalidInputError } from '../../../src/input/invalidInput.ts';
import type { Vec2 } from '../../../src/model/field.ts';
import type { PlaneNetwork } from '../../../src/model/planeNetwork.ts';
import { expectEqualToOracle } from './compareWithOracle.ts';
import { add, countExactly, type Fraction, fraction, negate } from './exactRegions.ts';
import { drawn, shallow, written } from './networks.ts';

const SEEN = [1e-6, 1e-9, 1e-12];

/** The nearest float64, by its 64 leading bits. */
function toNumber({ top, bottom }: Fraction): number {
  const size = top < 0n ? -top : top;
  const shift = BigInt(Math.max(0, bottom.toString(2).length - size.toString(2).length + 64));
  const number = Number((size << shift) / bottom) * 2 ** -Number(shift);
  return top < 0n ? -number : number;
}

/** A square around a place, whose centre is the place to 106 bits, moved by a part of the square. */
function squareAround(
  [x, y]: readonly [Fraction, Fraction],
  halfWidth: number,
  moved: Vec2 = [0, 0],
): PlaneWindow {
  const part = (place: Fraction, by: number) => {
    const target = add(place, negate(fraction(by * halfWidth)));
    const high = toNumber(target);
    return [high, toNumber(add(target, negate(fraction(high))))] as const;
  };
  const [[cx, lowX], [cy, lowY]] = [part(x, moved[0]), part(y, moved[1])];
  const side = [-halfWidth, halfWidth] as const;
  return { x: side, y: side, center: [cx, cy], centerLow: [lowX, lowY] };
}

/** Vertices of the whole plane from the innermost to the outermost, some of them. */
function someVertices(network: PlaneNetwork, count: number) {
  const distance = ([x, y]: readonly [Fraction, Fraction]) =>
    Math.max(Math.abs(toNumber(x)), Math.abs(toNumber(y)));
  const sorted = countExactly(network, null).places.toSorted((a, b) => distance(a) - distance(b));
  return Array.from(
    { length: count },
    (_, i) => sorted[Math.floor((i * (sorted.length - 1)) / (count - 1))],
  );
}

/** That each vertex lies within 2⁻⁴⁰ of the half-width of one of the oracle's. */
function expectVertices(
  arrangement: DetailedArrangement,
  network: PlaneNetwork,
  name: string,
): void {
  const { window, points } = arrangement;
  const { center, centerLow, x } = window!;
  const places = countExactly(network, window).places.map((place) =>
    place.map((coordinate, axis) =>
      toNumber(add(coordinate, negate(add(fraction(center![axis]), fraction(centerLow![axis]))))),
    ),
  );
  const vertices = points.filter(({ kind }) => kind === 'vertex');
  expect(vertices.length, name).toBe(places.length);
  for (const vertex of vertices) {
    const distances = places.map(([px, py]) =>
      Math.max(Math.abs(px - vertex.x), Math.abs(py - vertex.y)),
    );
    expect(Math.min(...distances) <= 2 ** -40 * x[1], name).toBe(true);
  }
}

function expectTiles({ cells, window }: DetailedArrangement, name: string): void {
  const { x, y } = window!;
  const sum = cells.reduce((total, { area }) => total + area, 0);
  // As in cells.test.ts: some dozens of areas, each right to a few roundings of offsets.
  const error = Math.abs(sum / ((x[1] - x[0]) * (y[1] - y[0])) - 1);
  expect(error <= 1e-12, `${name}: areas are off by ${error}`).toBe(true);
}

describe('a window around a vertex, counted from a centre in double-double', () => {
  const networks: readonly (readonly [string, PlaneNetwork])[] = [
    ['2-20-1', drawn([2, 20, 1], 0)],
    ['2-20-1 abs', drawn([2, 20, 1], 3, 'abs')],
    ['2-5-5-5-5-1', drawn([2, 5, 5, 5, 5, 1], 0)],
    ['2-4-4-1 abs', drawn([2, 4, 4, 1], 1, 'abs')],
  ];
  test.each(networks)(
    '%s: all counts, patterns and vertices are the oracle’s',
    (name, network) => {
      for (const vertex of someVertices(network, 4)) {
        for (const halfWidth of SEEN) {
          for (const moved of [
            [0, 0],
            [0.75, -0.375],
            [1.5, 0.25],
          ] as const) {
            const window = squareAround(vertex, halfWidth, moved);
            const label = `${name}, ${JSON.stringify(window)}`;
            const arrangement = expectEqualToOracle(network, window, label);
            expect(arrangement.certified, label).toBe(true);
            // Around a vertex there are cells on all sides; a window beside it does not hold it.
            if (moved[0] < 1) expect(arrangement.activationRegions, label).toBeGreaterThan(2);
            expectVertices(arrangement, network, label);
            expectTiles(arrangement, label);
          }
        }
      }
    },
    60_000,
  );

  test('without its low part the centre of a float64 misses the vertex', () => {
    const network = drawn([2, 5, 5, 5, 5, 1], 0);
    const lowOf = (vertex: readonly [Fraction, Fraction]) =>
      Math.max(...squareAround(vertex, 1).centerLow!.map(Math.abs));
    const [vertex] = someVertices(network, 50).toSorted((a, b) => lowOf(b) - lowOf(a));
    // So deep that what float64 leaves out of the centre is more than the window.
    const window = squareAround(vertex, lowOf(vertex) / 2);
    expect(window.x[1]).toBeGreaterThan(1e-14);
    const count = ({ center, x, y, centerLow }: PlaneWindow) =>
      enumerateRegions(network, { window: { x, y, center, centerLow } }).vertices;
    expect(count(window)).toBe(1);
    expect(count({ ...window, centerLow: [0, 0] })).toBe(0);
    expectEqualToOracle(network, { ...window, centerLow: [0, 0] }, 'float64 centre');
  });
});

describe('coincidences in a deep window', () => {
  /** Hinges through (1000.5, −737.25), a place and biases that are exact in float32. */
  const through = [
    [1, 0, -1000.5],
    [0, 1, 737.25],
    [1, 1, -263.25],
    [2, -1, -2738.25],
    [-0.5, -0.5, 131.625],
  ] as const;
  const star = shallow(through);
  const place = [fraction(1000.5), fraction(-737.25)] as const;

  test.each(SEEN)('hinges through one point and upon each other, half-width %s', (halfWidth) => {
    const around = squareAround(place, halfWidth, [0.25, 0.5]);
    const counts = expectEqualToOracle(star, around, 'star');
    expect(counts).toMatchObject({ activationRegions: 8, vertices: 1, generic: false });
    expectTiles(counts, 'star');
    // The hinges upon the window's border, and through its corner.
    const onBorder = expectEqualToOracle(star, squareAround(place, halfWidth, [-1, 0]), 'border');
    expect(onBorder.vertices).toBe(0);
    expectEqualToOracle(star, squareAround(place, halfWidth, [1, 1]), 'corner');
  });

  test('three hinges through one point whose values at the centre are all rounded', () => {
    // The third is the sum of the other two; the point is a quotient, and no float64.
    for (let i = 1; i <= 20; i++) {
      const one = [3 / 1024, (2 * i + 1) / 1024, 11 - 2 * i] as const;
      const other = [-(i + 1) / 512, 5 / 1024, i - 5] as const;
      const sum = one.map((value, axis) => value + other[axis]) as [number, number, number];
      const pencil = shallow([one, other, sum]);
      const [vertex] = countExactly(pencil, null).places;
      for (const halfWidth of SEEN) {
        const window = squareAround(vertex, halfWidth, [0.25, 0.125]);
        const counts = expectEqualToOracle(pencil, window, `pencil ${i}, ${halfWidth}`);
        expect(counts).toMatchObject({ activationRegions: 6, vertices: 1, generic: false });
      }
    }
  });

  test('a neuron that is 0 on half of the window, and a dead one', () => {
    const network = written([
      [...through, [0, 0, -1]],
      [
        [1, 0, 0, 0, 0, 3, 0],
        [0, 1, 0, 0, 0, 1, -(2 ** -44)],
        [-1, -1, -1, -1, -1, 1, 0],
      ],
      [[1, 2, 3, 0.5]],
    ]);
    for (const halfWidth of SEEN) {
      const window = squareAround(place, halfWidth, [0.125, 0]);
      expectTiles(expectEqualToOracle(network, window, `dead, ${halfWidth}`), 'dead');
    }
  });
});

describe('coordinates relative to the centre', () => {
  const network = drawn([2, 5, 5, 5, 5, 1], 3);
  const [, vertex] = someVertices(network, 3);

  test('a window with a centre is the window with the sides added, where these are exact', () => {
    const center = [1000, -737.5] as const;
    const moved = enumerateRegions(network, {
      window: { x: [-8, 4], y: [-2, 16], center },
      cells: true,
    });
    const plain = enumerateRegions(network, { window: { x: [992, 1004], y: [-739.5, -721.5] } });
    for (const key of ['activationRegions', 'linearRegions', 'vertices', 'reach'] as const) {
      expect(moved[key]).toBe(plain[key]);
    }
    const { x, y } = moved.points[0];
    expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThanOrEqual(16);
  });

  test('the affine map of offsets continues over the edges between cells', () => {
    const { cells, edges, points } = enumerateRegions(network, {
      window: squareAround(vertex, 1e-9),
      cells: true,
    });
    expect(cells.length).toBeGreaterThan(2);
    for (const { from, left, right } of edges) {
      if (left < 0 || right < 0) continue;
      const { x, y } = points[from];
      const [one, other] = [cells[left].map, cells[right].map].map(
        ({ a, atCenter }) => a[0] * x + a[1] * y + atCenter,
      );
      // Values of size 1 in float64: a few roundings.
      expect(Math.abs(one - other) <= 1e-15).toBe(true);
    }
    for (const { map } of cells) {
      const place = vertex.map(toNumber);
      const inPlane = map.a[0] * place[0] + map.a[1] * place[1] + map.b;
      // a · c is of size |c|, about 10, in float64.
      expect(Math.abs(inPlane - map.atCenter) <= 1e-13).toBe(true);
    }
  });

  test('locate finds each cell at its interior, by offsets', () => {
    const arrangement = enumerateRegions(network, {
      window: squareAround(vertex, 1e-12),
      cells: true,
    });
    arrangement.cells.forEach(({ interior }, cell) => {
      expect(locate(arrangement, ...interior)).toBe(cell);
    });
    expect(locate(arrangement, 2e-12, 0)).toBeNull();
    // In the very vertex nothing is decided by float64; all signs are those of integers.
    const star = enumerateRegions(
      shallow([
        [1, 0, -1000.5],
        [0, 1, 737.25],
      ]),
      {
        window: { x: [-1, 1], y: [-1, 1], center: [1000.5, -737.25] },
        cells: true,
      },
    );
    expect(cellAt(star, 0, 0)?.pattern).toEqual(['00']);
    expect(cellAt(star, 2 ** -1000, 2 ** -1000)?.pattern).toEqual(['11']);
  });

  test('a centre must be two finite numbers', () => {
    const window = { x: [-1, 1], y: [-1, 1] } as const;
    for (const center of [
      [Number.NaN, 0],
      [0, Infinity],
      [1e31, 0],
    ] as const) {
      for (const part of ['center', 'centerLow'] as const) {
        const act = () => enumerateRegions(network, { window: { ...window, [part]: center } });
        expect(act).toThrow(InvalidInputError);
        expect(act).toThrow(`window.${part}`);
      }
    }
  });
});
