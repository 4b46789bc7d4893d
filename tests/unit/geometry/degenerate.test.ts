import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { enumerateRegions } from '../../../src/geometry/enumerateRegions.ts';
import type { NetworkLayer } from '../../../src/model/networks.ts';
import type { PlaneLayer } from '../../../src/model/planeNetwork.ts';
import { restrict } from '../../../src/model/restrict.ts';
import type { Activation } from '../../shorthand.ts';
import { IS_LONG } from '../isLong.ts';
import { expectEqualToOracle } from './compareWithOracle.ts';
import { drawn, shallow, written } from './networks.ts';

const PLANE = { window: null } as const;
const SQUARE = { x: [-1, 1], y: [-1, 1] } as const;

/** A layer in float64; without an activation the last one, or one that another follows at once. */
function layer(
  weight: readonly (readonly number[])[],
  bias: readonly number[],
  activation: NetworkLayer['activation'] = 'identity',
): NetworkLayer {
  return {
    inputs: weight[0].length,
    outputs: weight.length,
    weight: Float64Array.from(weight.flat()),
    bias: Float64Array.from(bias),
    activation,
  };
}

describe('networks that are not in general position', () => {
  test('n hinges through one point make 2n regions and one vertex', () => {
    const star = shallow([
      [1, 0, 0],
      [0, 1, 0],
      [1, 1, 0],
      [1, -1, 0],
      [2, 1, 0],
    ]);
    const counts = expectEqualToOracle(star, null, 'star');
    expect(counts).toMatchObject({ activationRegions: 10, vertices: 1, reach: 0, generic: false });
    expectEqualToOracle(star, SQUARE, 'star in a square');
  });

  test('hinges that lie on each other stay one line in a slice whose numbers are not round', () => {
    // All numbers are float32, so that the oracle gets the products unrounded. Rounded to float32 again, the two lines are
    // different ones, and enclose a third region.
    const slice = {
      origin: [0.1, 0.2].map(Math.fround),
      axis1: [1, 0.3].map(Math.fround),
      axis2: [0.25, 1],
    };
    for (const [a, b] of [
      [
        [1, 1],
        [-1, -1],
      ],
      [
        [1, 1],
        [3, 3],
      ],
      [
        [1, 2],
        [3, 6],
      ],
    ] as const) {
      const hidden = { inputs: 2, outputs: 2, weight: Float32Array.of(...a, ...b) };
      const output = { inputs: 2, outputs: 1, weight: Float32Array.of(2, -1) };
      const layers = [
        { ...hidden, bias: new Float32Array(2), activation: 'relu' },
        { ...output, bias: new Float32Array(1), activation: 'identity' },
      ] as const;
      const name = `${a} and ${b}`;
      const plane = restrict({ layers }, slice, null);
      expect(expectEqualToOracle(plane, SQUARE, name).activationRegions, name).toBe(2);
    }
  });

  test('n parallel hinges make n + 1 regions without a vertex', () => {
    const stripes = shallow([
      [1, 2, 0],
      [1, 2, 1],
      [-2, -4, 3],
      [0.5, 1, -7],
    ]);
    const counts = expectEqualToOracle(stripes, null, 'stripes');
    expect(counts).toMatchObject({
      activationRegions: 5,
      unbounded: 5,
      vertices: 0,
      reach: null,
      generic: false,
    });
    expectEqualToOracle(stripes, SQUARE, 'stripes in a square');
  });

  test('stripes that others cross', () => {
    const grid = shallow([
      [1, 0, 0],
      [1, 0, 1],
      [-1, 0, 2],
      [0, 1, 0],
      [0, 2, 3],
    ]);
    const counts = expectEqualToOracle(grid, null, 'grid');
    expect(counts).toMatchObject({ activationRegions: 12, vertices: 6, generic: false });
  });

  test('duplicate neurons count once, whichever their sign and scale', () => {
    const hinges = [
      [1, 2, 3],
      [1, 2, 3],
      [-2, -4, -6],
      [3, -1, 1],
    ] as const;
    const counts = expectEqualToOracle(shallow(hinges), null, 'duplicates');
    expect(counts).toMatchObject({ activationRegions: 4, vertices: 1, generic: false });
    const across = counts.edges.filter(({ flips }) => flips.length === 3);
    expect(across.length).toBe(2);
  });

  test('dead neurons and zero weights split nothing', () => {
    const dead = written([
      [
        [0, 0, 1],
        [0, 0, -1],
        [0, 0, 0],
        [1, 0, 0.5],
        [0, 1, 0.5],
      ],
      [
        [0, 0, 0, 0, 0, 0],
        [1, 1, 1, 0, 0, -1],
        [0, 0, 0, 1, -1, 0],
      ],
      [[1, 2, 3, 0]],
    ]);
    for (const window of [null, SQUARE]) expectEqualToOracle(dead, window, 'dead');
    expect(enumerateRegions(dead, PLANE).generic).toBe(false);
  });

  test('a network without any hinge is one region, the whole plane', () => {
    const constant = written([[[0, 0, 1]], [[2, 1]]]);
    const counts = expectEqualToOracle(constant, null, 'constant');
    expect(counts).toMatchObject({ activationRegions: 1, unbounded: 1, vertices: 0, reach: null });
    expect(counts.cells[0].corners.length).toBe(4);
    expectEqualToOracle(constant, SQUARE, 'constant in a square');
  });

  test('hinges along the border and through the corners of the window', () => {
    const onBorder = shallow([
      [1, 0, 1],
      [1, 0, -1],
      [1, 1, 0],
      [1, -1, 0],
      [0, 1, 0],
    ]);
    const counts = expectEqualToOracle(onBorder, SQUARE, 'border');
    expect(counts).toMatchObject({ activationRegions: 6, vertices: 1, generic: false });
  });

  test('two layers of stripes behind one neuron', () => {
    const narrow = written([
      [[1, 2, 0]],
      [
        [1, -1],
        [1, -2],
        [-1, 3],
      ],
      [[1, 1, 1, 0]],
    ]);
    for (const window of [null, SQUARE]) expectEqualToOracle(narrow, window, 'narrow');
  });

  test('weights that cancel make neighbours one linear region', () => {
    // relu(x) − relu(−x) = x: the hinge is there, the bend is not.
    const identity = written([
      [
        [1, 0, 0],
        [-1, 0, 0],
        [0, 1, 0],
      ],
      [[1, -1, 0.1, 0]],
    ]);
    const counts = expectEqualToOracle(identity, null, 'identity');
    expect(counts).toMatchObject({ activationRegions: 4, linearRegions: 2, affineFunctions: 2 });
  });

  test('weights of 1e-38 and 1e38, where float64 products underflow and overflow', () => {
    for (const size of [1e-38, 1e-45, 1e38]) {
      const layer = [
        [size, 0, size],
        [0, size, -size],
        [size, size, size / 2],
      ];
      const next = layer.map((row) => [...row, size / 4]);
      const network = written([layer, next, next, next, [[size, size, size, 0]]]);
      expectEqualToOracle(network, null, `size ${size}`);
    }
  });

  test('weights of 1e-162, of which float64 has no product', () => {
    // A power of two changes nothing else: hinges, areas and classes are those of the same network with size 1.
    const network = (size: number) => {
      const scaled = (values: number[], factor: number) => values.map((v) => 0.7 * v * factor);
      const layers = [
        layer([scaled([1, 3], size), scaled([-3, 4], size)], scaled([3, 0], size), 'abs'),
        layer([scaled([-4, -1], 1), scaled([-4, -3], 1)], scaled([1, -3], size), 'relu'),
        layer([scaled([-2, -2], 1), scaled([0, 3], 1)], scaled([4, -2], size)),
      ];
      return restrict({ layers }, null, null);
    };
    for (const window of [null, { x: [-2, 2], y: [-2, 2] } as const]) {
      const [small, usual] = [2 ** -538, 1].map((size) => {
        const found = enumerateRegions(network(size), { window, cells: true });
        const { activationRegions, linearRegions, vertices, reach, decision } = found;
        const classes = decision?.classes.map(({ regions }) => regions);
        return {
          counts: { activationRegions, linearRegions, vertices, reach, classes },
          areas: found.cells.map(({ area }) => area),
          decided: decision?.classes.map(({ area }) => area ?? 0) ?? [],
          places: found.points.flatMap(({ x, y }) => [x, y]),
        };
      });
      expect(small.counts).toEqual({ ...usual.counts, activationRegions: 8, linearRegions: 5 });
      for (const key of ['areas', 'decided', 'places'] as const) {
        small[key].forEach((value, i) => {
          expect(value, `${key} ${i}`).toBeCloseTo(usual[key][i], 9);
        });
      }
    }
  });

  test('a clamp with an end so far away that float64 loses the other one', () => {
    // max(x, 1) + 2, over x in [0, 3].
    const clamp = { kind: 'hardtanh', min: 1, max: 1e30 } as const;
    const network = restrict(
      { layers: [layer([[1, 0]], [0], clamp), layer([[1]], [2])] },
      null,
      null,
    );
    for (const center of [undefined, [1e15, 0] as const]) {
      const window = { x: [0, 3], y: [0, 1], ...(center ? { center } : {}) } as const;
      const { cells } = enumerateRegions(network, { window, cells: true });
      const maps = cells.map(({ map }) => [...map.a, map.b, map.atCenter]);
      const rising = center
        ? [[1, 0, 2, 1e15 + 2]]
        : [
            [1, 0, 2, 2],
            [0, 0, 3, 3],
          ];
      expect(maps.sort()).toEqual(rising.sort());
    }
  });

  describe('numbers beyond float64', () => {
    test('in the product of layers without an activation', () => {
      const [first, last] = [layer([[1e200, 0]], [0]), layer([[1e200]], [0], 'relu')];
      const layers = [first, last, layer([[1]], [3])];
      const network = restrict({ layers }, null, null);
      for (const center of [[0, 0] as const, [1e30, 1] as const]) {
        const counts = enumerateRegions(network, { window: { ...SQUARE, center } });
        expect(counts.linearRegions).toBe(center[0] === 0 ? 2 : 1);
      }
      expect(enumerateRegions(network, PLANE)).toMatchObject({ linearRegions: 2, unbounded: 2 });
    });

    test('in the values at the centre of a window', () => {
      const layers = [layer([[1e300, 0]], [0], 'relu'), layer([[1]], [0])];
      const network = restrict({ layers }, null, null);
      const window = { ...SQUARE, center: [1e15, 0] as const };
      expect(enumerateRegions(network, { window }).linearRegions).toBe(1);
    });

    test('in a sum whose result is not: relu(x) + 0 · relu(y)', () => {
      const up = [0, 1];
      const hinges = layer([[1, 0], up, up, up, up], [0, 0, 0, 0, 0], 'relu');
      const [more, less] = [1.5e308, -1.5e308];
      const layers = [hinges, layer([[1, more, more, less, less]], [2])];
      const found = enumerateRegions(restrict({ layers }, null, null), { ...PLANE, cells: true });
      expect(found).toMatchObject({ activationRegions: 4, linearRegions: 2, affineFunctions: 2 });
      const gradients = found.cells.map(({ map }) => map.a.join());
      expect(gradients.sort()).toEqual(['0,0', '0,0', '1,0', '1,0']);
      expect(found.cells.every(({ map }) => map.b === 2 && map.atCenter === 2)).toBe(true);
    });
  });

  test('hinges that coincide but for the order of summation', () => {
    // Layer 1 has its three neurons thrice, and layer 2 weighs them alike in three orders: equal
    // functions, which float64 sums round differently.
    for (let seed = 0; seed < 10; seed++) {
      const [first, second, last] = drawn([2, 3, 4, 1], seed).layers;
      const rows = (layer: PlaneLayer) =>
        Array.from({ length: layer.outputs }, (_, o) => [
          ...layer.weight.subarray(o * layer.inputs, (o + 1) * layer.inputs),
          layer.bias[o],
        ]);
      const hinges = rows(first);
      const orders = [
        [0, 1, 2],
        [2, 0, 1],
        [1, 2, 0],
      ];
      const repeated = written([
        orders.flatMap((order) => order.map((i) => hinges[i])),
        rows(second).flatMap(([a, b, c, bias]) =>
          orders.map((order, copy) => {
            const row = new Array<number>(10).fill(0);
            order.forEach((i, place) => {
              row[3 * copy + place] = [a, b, c][i];
            });
            row[9] = bias;
            return row;
          }),
        ),
        [
          [
            ...rows(last)[0]
              .slice(0, 4)
              .flatMap((w) => [w, w / 2, w / 4]),
            last.bias[0],
          ],
        ],
      ]);
      const counts = expectEqualToOracle(repeated, null, `seed ${seed}`);
      const single = enumerateRegions(drawn([2, 3, 4, 1], seed), PLANE);
      expect(counts.activationRegions).toBe(single.activationRegions);
      expect(counts.exactDecisions).toBeGreaterThan(0);
    }
  });

  test('three hinges that miss one point by the last bit of float32 weights', () => {
    // 1/3 and its neighbours in float32, so that the three lines almost meet.
    const third = Math.fround(1 / 3);
    for (const offset of [-(2 ** -26), -(2 ** -27), 0, 2 ** -26]) {
      const near = shallow([
        [third, 1, -third],
        [1, third, -third],
        [1, 1, Math.fround(-0.5 + offset)],
      ]);
      expectEqualToOracle(near, null, `offset ${offset}`);
    }
  });
});

describe('integer weights, where coincidences abound', () => {
  const integer = fc.integer({ min: -2, max: 2 });
  const layer = (inputs: number, outputs: number) =>
    fc.array(fc.array(integer, { minLength: inputs + 1, maxLength: inputs + 1 }), {
      minLength: outputs,
      maxLength: outputs,
    });
  const network = fc
    .array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 })
    .chain((hidden) => {
      const widths = [2, ...hidden, 1];
      return fc.tuple(
        fc.tuple(...hidden.map((n, i) => layer(widths[i], n)), layer(hidden[hidden.length - 1], 1)),
        fc.constantFrom<Activation>('relu', 'abs'),
      );
    })
    .map(([layers, activation]) => written(layers, activation));

  for (const window of [null, { x: [-2, 1] as const, y: [-1, 3] as const }]) {
    test(`equal to exact enumeration, ${window ? 'in a window' : 'whole plane'}`, () => {
      fc.assert(
        fc.property(network, (sample) => {
          expectEqualToOracle(sample, window, '');
        }),
        { numRuns: IS_LONG ? 3000 : 150 },
      );
    }, 3_600_000);
  }
});
