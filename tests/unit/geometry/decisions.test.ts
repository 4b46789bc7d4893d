import { describe, expect, test } from 'vitest';
import type { Decision, PlaneWindow } from '../../../src/geometry/arrangement.ts';
import { enumerateRegions } from '../../../src/geometry/enumerateRegions.ts';
import type { Activation } from '../../../src/model/activations.ts';
import { networkOf } from '../../../src/model/drawnNetwork.ts';
import type { FullNetwork, NetworkSource } from '../../../src/model/networks.ts';
import { Mt19937 } from '../../../src/model/random.ts';
import type { Wins } from '../../../src/model/readouts.ts';
import { restrict } from '../../../src/model/restrict.ts';
import type { Slice } from '../../../src/model/slice.ts';
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
  const count = process.env.RELUSCOPE_LONG === '1' ? 3000 : 200;
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
