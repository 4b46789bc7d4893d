import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { crc32 } from '../../../src/formats/crc32.ts';
import { initialNetwork } from '../../../src/training/initialization.ts';
import { readRecipe } from '../../../src/training/readRecipe.ts';
import type { DrawnRecipe, Initialization, LossKind } from '../../../src/training/recipe.ts';
import { runOf } from './recipes.ts';

/** What tests/reference/training/make_training.py has computed with PyTorch in float64. */
interface Reference {
  readonly x: readonly (readonly number[])[];
  readonly labels: readonly number[];
  readonly targets: readonly (readonly number[])[];
  readonly every: number;
  readonly steps: number;
  readonly runs: readonly {
    readonly widths: readonly number[];
    readonly activation: unknown;
    readonly seed: number;
    readonly loss: LossKind;
    readonly optimizer: { readonly kind: string };
    readonly schedule?: { readonly kind: string };
    readonly penalty?: unknown;
    readonly batch?: unknown;
    readonly losses: readonly number[];
    readonly parameters: readonly number[];
  }[];
}

function read<T>(name: string): T {
  const path = new URL(`../../reference/training/${name}`, import.meta.url);
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}

const reference = read<Reference>('training.json');

/** What 300 steps may make of float64's rounding. */
const TOLERANCE = 1e-9;

/** Relative to the expected number, but for numbers that are 0 up to rounding. */
function errorOf(received: number, expected: number): number {
  return Math.abs(received - expected) / Math.max(Math.abs(expected), 1e-6);
}

test.each(reference.runs.map((run) => [describeRun(run), run] as const))(
  'the same losses and parameters as PyTorch: %s',
  (_, { widths, activation, seed, losses, parameters, ...rest }) => {
    const y = rest.loss === 'meanSquaredError' ? reference.targets : reference.labels;
    const run = runOf(
      readRecipe({
        ...rest,
        data: { kind: 'points', x: reference.x, y },
        network: { kind: 'drawn', widths, activation, seed },
      }),
    );
    expect(run.goTo(reference.steps)).toBe(reference.steps);
    const errors = [
      ...losses.map((loss, i) => errorOf(run.losses[i * reference.every]!, loss)),
      ...parameters.map((parameter, i) => errorOf(run.parameters[i]!, parameter)),
    ];
    expect(run.parameters.length).toBe(parameters.length);
    expect(errors.filter((error) => !(error <= TOLERANCE))).toEqual([]);
  },
);

function describeRun(run: Reference['runs'][number]): string {
  const { loss, activation, optimizer, schedule, penalty, batch } = run;
  const parts = [loss, activation, optimizer, schedule, penalty, batch];
  return parts.map((part) => (part === undefined ? '' : JSON.stringify(part))).join(' ');
}

interface Drawn {
  readonly initialization: Initialization;
  readonly widths: readonly number[];
  readonly seed: number;
  readonly weights: readonly { readonly first: readonly number[]; readonly crc32: number }[];
}

test.each(
  read<{ readonly drawn: readonly Drawn[] }>('initialization.json').drawn.map(
    (drawn) => [`${drawn.initialization} ${drawn.widths.join('-')}`, drawn] as const,
  ),
)('the first weights, bit for bit: %s', (_, { initialization, widths, seed, weights }) => {
  const { layers } = initialNetwork(drawnRecipe({ initialization, widths, seed }));
  const received = layers.map(({ weight }) => ({
    first: Array.from(weight.subarray(0, 3)),
    crc32: crc32(new Uint8Array(weight.buffer, weight.byteOffset, weight.byteLength)),
  }));
  expect(received).toEqual(weights);
  expect(layers.every(({ bias }) => bias.every((b) => b === 0))).toBe(true);
});

test('zeros are zeros, but for the output biases that are given', () => {
  const { layers } = initialNetwork(
    drawnRecipe({ initialization: 'zeros', widths: [2, 3, 1], seed: 0 }, 0.5),
  );
  expect(layers.map(({ weight }) => Array.from(weight))).toEqual([
    [0, 0, 0, 0, 0, 0],
    [0, 0, 0],
  ]);
  expect(layers.map(({ bias }) => Array.from(bias))).toEqual([[0, 0, 0], [0.5]]);
});

function drawnRecipe(
  drawn: Pick<Drawn, 'initialization' | 'widths' | 'seed'>,
  outputBias: number | null = null,
): DrawnRecipe {
  return { kind: 'drawn', activation: 'relu', outputBias, ...drawn };
}
