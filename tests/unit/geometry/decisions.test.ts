import { describe, expect, test } from 'vitest';
import type { Decision, DetailedDecision, PlaneWindow } from '../../../src/geometry/arrangement.ts';
import { enumerateRegions } from '../../../src/geometry/enumerateRegions.ts';
import type { Activation } from '../../../src/model/activations.ts';
import { networkOf } from '../../../src/model/drawnNetwork.ts';
import type { FullNetwork, NetworkSource } from '../../../src/model/networks.ts';
import { Mt19937 } from '../../../src/model/random.ts';
import type { Wins } from '../../../src/model/readouts.ts';
import { restrict } from '../../../src/model/restrict.ts';
import type { Slice } from '../../../src/model/slice.ts';
import { IS_LONG } from '../isLong.ts';
import { decideExactly } from './decisionOracle.ts';

/** What areas and lengths may be off by, relative to themselves. */
const TOLERANCE = 1e-9;

function expectEqualToOracle(
  network: FullNetwork,
  slice: Slice | null,
  window: PlaneWindow | null,
  wins: Wins,
  name: string,
): Decision {
  const counted = enumerateRegions(restrict(network, slice, null), { window, wins });
  const exact = decideExactly(network, slice, window, wins);
  const { activationRegions, linearRegions, affineFunctions, decision } = counted;
  expect({ activationRegions, linearRegions, affineFunctions }, name).toEqual({
    activationRegions: exact.activationRegions,
    linearRegions: exact.linearRegions,
    affineFunctions: exact.affineFunctions,
  });
  const { classes, regions, boundaryLength } = decision!;
  expect(
    classes.map((own) => own.regions),
    name,
  ).toEqual(exact.regions);
  expect(regions, name).toBe(exact.regions.reduce((sum, count) => sum + count, 0));
  if (window === null) {
    expect([...classes.map(({ area }) => area), boundaryLength]).toEqual([
      ...classes.map(() => null),
      null,
    ]);
    return decision!;
  }
  const pairs = [
    ...classes.map(({ area }, i) => [area!, exact.areas[i]] as const),
    [boundaryLength!, exact.boundaryLength] as const,
  ];
  for (const [measured, expected] of pairs) {
    const isNear = Math.abs(measured - expected) <= TOLERANCE * expected;
    expect(isNear, `${name}: ${measured} instead of ${expected}`).toBe(true);
  }
  return decision!;
}

const ACTIVATIONS: readonly (Activation | readonly Activation[])[] = [
  'relu',
  'abs',
  { kind: 'leakyRelu', slope: 0.1 },
  ['relu', { kind: 'leakyRelu', slope: 0.25 }, 'abs'],
  ['abs', { kind: 'leakyRelu', slope: -0.3 }, 'relu'],
];
const INPUTS = [2, 3, 5, 8, 16, 64];
const HIDDEN = [[5], [4, 3], [3, 3, 3], [6], [2, 5], [4, 4]];

/** A draw by number: every kind occurs with every other sooner or later. */
function draw(index: number) {
  const generator = new Mt19937(index);
  const uniform = (size: number) => (2 * generator.next32() * 2 ** -32 - 1) * size;
  const inputs = INPUTS[index % INPUTS.length];
  const hidden = HIDDEN[Math.floor(index / 3) % HIDDEN.length];
  const outputs = 2 + (index % 4);
  const activation = ACTIVATIONS[index % ACTIVATIONS.length];
  const source: NetworkSource = {
    kind: 'drawn',
    widths: [inputs, ...hidden, outputs],
    activation: Array.isArray(activation) ? activation.slice(0, hidden.length) : activation,
    seed: index,
    outputBias: null,
  };
  const vector = (size: number) => Array.from({ length: inputs }, () => uniform(size));
  const slice =
    inputs === 2 && index % 12 === 0
      ? null
      : { origin: vector(0.5), axis1: vector(1), axis2: vector(1) };
  const [x, y] = [uniform(1), uniform(1)];
  const windows: readonly (PlaneWindow | null)[] = [
    { x: [-3, 3], y: [-2, 4] },
    { x: [-1, 1], y: [-1, 1], center: [x, y], centerLow: [x * 1e-17, 0] },
    null,
    { x: [-20, 20], y: [-20, 20] },
  ];
  const network = amplify(networkOf(source));
  return { network, slice, window: windows[(index % 7) % 4], source };
}

/** Networks as drawn are so flat that the biases of the outputs decide nearly everywhere. */
function amplify({ layers }: FullNetwork): FullNetwork {
  return {
    layers: layers.map((layer, i) => ({
      ...layer,
      weight: layer.weight.map((w) => 4 * w),
      bias: layer.bias.map((b) => (i === layers.length - 1 ? b / 4 : b)),
    })),
  };
}

describe('decision regions are those of exact arithmetic', () => {
  const count = IS_LONG ? 3000 : 200;
  test(`of ${count} random networks on random slices`, () => {
    let [regions, most] = [0, 0];
    for (let index = 0; index < count; index++) {
      const { network, slice, window, source } = draw(index);
      const wins = index % 2 === 0 ? 'greatest' : 'least';
      const name = `draw ${index}, ${JSON.stringify(source)}, ${wins}, ${JSON.stringify(window)}`;
      const decision = expectEqualToOracle(network, slice, window, wins, name);
      regions += decision.regions;
      most = Math.max(most, decision.regions);
    }
    expect(regions).toBeGreaterThan(2 * count);
    expect(most).toBeGreaterThan(12);
  });
});

/** Rows of weights, each followed by its bias. */
function explicit(
  ...layers: readonly (readonly [rows: readonly (readonly number[])[], activation: Activation])[]
): FullNetwork {
  return networkOf({
    kind: 'explicit',
    layers: layers.map(([rows, activation]) => ({
      weight: rows.map((row) => row.slice(0, -1)),
      bias: rows.map((row) => row[row.length - 1]),
      activation,
    })),
  });
}

const SQUARE: PlaneWindow = { x: [-1, 1], y: [-1, 1] };

/** The decision in the square, held against the oracle there and in the whole plane. */
function decideInSquare(network: FullNetwork, wins: Wins = 'greatest'): DetailedDecision {
  expectEqualToOracle(network, null, null, wins, 'plane');
  expectEqualToOracle(network, null, SQUARE, wins, 'square');
  const plane = restrict(network, null, null);
  return enumerateRegions(plane, { window: SQUARE, wins, cells: true }).decision!;
}

/** The class on the upper side of the first line between classes, which rises or falls from left to right. */
function classAbove({ boundary, points }: Pick<DetailedDecision, 'boundary' | 'points'>): number {
  const [{ from, to, left, right }] = boundary;
  return points[from].x < points[to].x ? left : right;
}

describe('decision regions by hand', () => {
  test('of an affine map: the identity is split along the diagonal', () => {
    const identity = networkOf({ kind: 'identity' });
    const { classes, boundaryLength, boundary, points, pieces } = decideInSquare(identity);
    expect(classes).toEqual([
      { index: 0, regions: 1, area: 2 },
      { index: 1, regions: 1, area: 2 },
    ]);
    expect(boundaryLength).toBe(Math.hypot(2, 2));
    expect(boundary.length).toBe(1);
    expect(classAbove({ boundary, points })).toBe(1);
    expect(classAbove(decideInSquare(identity, 'least'))).toBe(0);
    expect(pieces.map((piece) => [piece.class, piece.region, piece.cell, piece.area])).toEqual([
      [0, 0, 0, 2],
      [1, 1, 0, 2],
    ]);
  });

  test('ties go to the first: equal outputs, and outputs that are equal on half of the plane', () => {
    const equal = explicit([
      [
        [1, 2, 3],
        [1, 2, 3],
        [1, 2, 3],
      ],
      'identity',
    ]);
    for (const wins of ['greatest', 'least'] as const) {
      const { classes, regions, boundaryLength } = decideInSquare(equal, wins);
      expect(regions).toBe(1);
      expect(classes.map(({ area }) => area)).toEqual([4, 0, 0]);
      expect(boundaryLength).toBe(0);
    }
    // 0 and relu(x): equal for x ≤ 0.
    const half = explicit(
      [[[1, 0, 0]], 'relu'],
      [
        [
          [0, 0],
          [1, 0],
        ],
        'identity',
      ],
    );
    expect(decideInSquare(half).classes.map(({ area }) => area)).toEqual([2, 2]);
    expect(decideInSquare(half, 'least').classes.map(({ area }) => area)).toEqual([4, 0]);
    // Exactly equal, though float64 sums them in another order: 0.1 x + 0.2 x + 0.3 x.
    const sums = explicit(
      [
        [
          [0.1, 0, 0],
          [0.2, 0, 0],
          [0.3, 0, 0],
        ],
        { kind: 'leakyRelu', slope: 0.7 },
      ],
      [
        [
          [1, 1, 1, 0],
          [1, 1, 1, 0],
          [0, 1, 1, 0],
        ],
        'identity',
      ],
    );
    expect(decideInSquare(sums).classes.map(({ regions }) => regions)).toEqual([1, 0, 1]);
  });

  test('a class that only touches has no region', () => {
    // |x|, 0 and −|x|: the second is greatest nowhere, and least nowhere.
    const touching = explicit(
      [[[1, 0, 0]], 'abs'],
      [
        [
          [1, 0],
          [0, 0],
          [-1, 0],
        ],
        'identity',
      ],
    );
    const { regions, classes } = decideInSquare(touching);
    expect(regions).toBe(1);
    expect(classes.map(({ area }) => area)).toEqual([4, 0, 0]);
    expect(decideInSquare(touching, 'least').classes.map(({ area }) => area)).toEqual([0, 0, 4]);
    // Three classes that meet in one point, and one of them only there.
    const point = explicit([
      [
        [1, 0, 0],
        [-1, 0, 0],
        [0, 0, 0],
      ],
      'identity',
    ]);
    expect(decideInSquare(point).classes.map((own) => own.regions)).toEqual([1, 1, 0]);
  });

  test('regions that meet only in a point are not connected', () => {
    // x · y changes its sign like |x + y| − |x − y|: class 0 in two opposite quadrants, class 1 in the others.
    const saddle = explicit(
      [
        [
          [1, 1, 0],
          [1, -1, 0],
        ],
        'abs',
      ],
      [
        [
          [1, -1, 0],
          [0, 0, 0],
        ],
        'identity',
      ],
    );
    const { regions, classes, boundaryLength } = decideInSquare(saddle);
    expect(regions).toBe(4);
    expect(classes.map((own) => [own.regions, own.area])).toEqual([
      [2, 2],
      [2, 2],
    ]);
    expect(boundaryLength).toBe(4);
  });

  test('cells whose patterns differ in one neuron need not touch', () => {
    // Left of −1/8 and right of 5/8 the second layer is off. The patterns 10 0 and 11 0 there differ in one neuron.
    const stripes = explicit(
      [
        [
          [1, 0, 0.25],
          [1, 0, -0.25],
        ],
        'relu',
      ],
      [[[1, -2, -0.125]], 'relu'],
      [
        [
          [0, 0.05],
          [1, 0],
        ],
        'identity',
      ],
    );
    const { classes } = decideInSquare(stripes);
    expect(classes.map((own) => own.regions)).toEqual([2, 1]);
  });

  test('clamps and slopes of single neurons', () => {
    const hardtanh: Activation = { kind: 'hardtanh', min: -0.3, max: 0.45 };
    const clamped = explicit(
      [
        [
          [1, 0.5, 0.1],
          [-0.25, 1, 0],
        ],
        hardtanh,
      ],
      [
        [
          [1, 1, 0],
          [1, -1, 0.1],
          [-1, 0.5, 0.2],
        ],
        'relu6',
      ],
      [
        [
          [1, 0, 0, 0],
          [0, 1, 0, 0],
          [0, 0, 1, -0.125],
        ],
        'identity',
      ],
    );
    for (const wins of ['greatest', 'least'] as const) decideInSquare(clamped, wins);
    const prelu: Activation = { kind: 'prelu', slopes: [0.1, 1, -2, 0] };
    const sloped = explicit(
      [
        [
          [1, 0.5, 0.1],
          [-0.25, 1, 0],
          [0.5, 0.75, -0.2],
          [1, -1, 0],
        ],
        prelu,
      ],
      [
        [
          [1, 1, 0, 0.3, 0],
          [1, -1, 0.5, 0, 0.1],
          [-1, 0.5, 0.1, 0.2, 0],
        ],
        'identity',
      ],
    );
    const { pieces } = decideInSquare(sloped);
    expect(pieces.length).toBeGreaterThan(5);
    // The second neuron's slope is 1 on both sides: a bit in the pattern, and no kink.
    const counts = enumerateRegions(restrict(sloped, null, null), { window: null });
    expect(counts.linearRegions).toBeLessThan(counts.activationRegions);
  });

  test('a slice whose second axis is 0 makes stripes', () => {
    const network = networkOf({ ...draw(0).source, widths: [1, 6, 3] } as NetworkSource);
    const slice = { origin: [0.3], axis1: [1], axis2: [0] };
    for (const window of [SQUARE, null]) {
      expectEqualToOracle(network, slice, window, 'greatest', 'stripes');
    }
  });
});

describe('deep windows', () => {
  test.each([1e-6, 1e-9, 1e-12])('around corners of decision regions, half-width %s', (half) => {
    for (const index of [1, 4, 8, 20, 36, 61]) {
      const { network, slice } = draw(index);
      const plane = restrict(network, slice, null);
      const wide = { x: [-3, 3], y: [-3, 3] } as const;
      const { points, boundary } = enumerateRegions(plane, { window: wide, cells: true }).decision!;
      for (const { from } of boundary.slice(0, 3)) {
        const center = [points[from].x, points[from].y] as const;
        const window = { x: [-half, half], y: [-half, half], center } as const;
        const decision = expectEqualToOracle(network, slice, window, 'greatest', `${index}`);
        expect(decision.regions).toBeGreaterThan(1);
      }
    }
  });
});

test('areas and lengths are right where float64 coordinates are not enough', () => {
  // The least class is a sliver between two lines that are nearly parallel.
  const slope = 2 ** -40;
  const sliver = explicit([
    [
      [0, 0, 0],
      [slope, 1, -slope],
      [0, -1, 0],
    ],
    'identity',
  ]);
  expectEqualToOracle(sliver, null, SQUARE, 'greatest', 'sliver');
  const far: PlaneWindow = { ...SQUARE, center: [1000.1, -(2 ** -31)] };
  expectEqualToOracle(sliver, null, far, 'greatest', 'sliver far out');
});

test('of one output there is no decision, of 256 outputs one like any other', () => {
  const one = networkOf({ ...draw(1).source, widths: [3, 4, 1] } as NetworkSource);
  const slice = { origin: [0, 0, 0], axis1: [1, 0, 0], axis2: [0, 1, 0] };
  const options = { window: SQUARE, cells: true } as const;
  const single = enumerateRegions(restrict(one, slice, null), options);
  expect(single.decision).toBeNull();
  expect(single.cells.every(({ classes }) => classes.length === 0)).toBe(true);
  const many = networkOf({ ...draw(1).source, widths: [3, 4, 256] } as NetworkSource);
  const { decision, cells } = enumerateRegions(restrict(many, slice, null), options);
  const total = decision!.classes.reduce((sum, { area }) => sum + area!, 0);
  // The classes tile the square; each area is right to 1e-9.
  expect(Math.abs(total - 4) <= 4e-9).toBe(true);
  for (const [i, cell] of cells.entries()) {
    const own = decision!.pieces.filter((piece) => piece.cell === i);
    expect(cell.classes).toEqual(
      [...new Set(own.map((piece) => piece.class))].sort((a, b) => a - b),
    );
    const area = own.reduce((sum, piece) => sum + piece.area, 0);
    expect(Math.abs(area - cell.area) <= 1e-9 * cell.area).toBe(true);
  }
});
