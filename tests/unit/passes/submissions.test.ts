import { afterAll, describe, expect, test, vi } from 'vitest';
import { Turns } from '../../../src/gpu/turns.ts';
import type { Output } from '../../../src/kernels/composeEvaluate.ts';
import { type Grid, pictureGrid } from '../../../src/kernels/grid.ts';
import { prepareField } from '../../../src/kernels/prepareField.ts';
import { MAX_HIDDEN_LAYERS } from '../../../src/model/networks.ts';
import { resolve } from '../../../src/model/resolve.ts';
import { createFieldEvaluator } from '../../../src/passes/createFieldEvaluator.ts';
import { evaluateBands } from '../../../src/passes/evaluateBands.ts';
import type { FieldEvaluator } from '../../../src/passes/fieldEvaluator.ts';
import { AtOnce, InStints, type RowsAhead, type Schedule } from '../../../src/picture/schedule.ts';
import { fieldOf, type ShortNetwork } from '../../shorthand.ts';
import { fakeContext, HARDWARE, SOFTWARE } from '../gpu/fakeContext.ts';

afterAll(() => vi.unstubAllGlobals());

const PROFILES = [
  ['software', SOFTWARE],
  ['hardware', HARDWARE],
] as const;
const OUTPUTS: Output[] = ['value', 'gradientNorm', 'npGradientRows', 'region', 'hinge'];
const VIEW = { center: [0, 0], centerLow: [0, 0], halfWidth: 3 } as const;

const drawn = (hidden: number, width: number) => resolve(fieldOf(network(hidden, width)));

function network(hidden: number, width: number): ShortNetwork {
  const widths = [2, ...new Array<number>(hidden).fill(width), 1];
  return { kind: 'mlp', widths, activation: 'relu', seed: 0, outputBias: null };
}

/** Samples that a piece has at most. */
function samplesOfPiece(evaluator: FieldEvaluator, grid: Grid, output: Output): number {
  const rows = evaluator.rowsTogether(grid, output);
  if (evaluator.pieces(grid, output, 1) === 1) return grid.width;
  // A strip of a tile of 32 × 32 samples, or a group of four.
  return rows === 1 ? 4 : 32 * 8;
}

/** The samples of the largest stint of the first two bands of a picture. */
function largestStint(
  evaluator: FieldEvaluator,
  grid: Grid,
  output: Output,
  cost: number,
  schedule: Schedule,
): number {
  const most = evaluator.maxRows(grid, output);
  const piece = samplesOfPiece(evaluator, grid, output);
  let largest = 0;
  for (let band = 0, row = 0; band < 2 && row < grid.height; band += 1) {
    const ahead: RowsAhead = {
      work: 'work',
      width: grid.width,
      tileRows: evaluator.rowsTogether(grid, output),
      cost,
      left: grid.height - row,
      most,
      unit: 1,
      pieces: (rows) => evaluator.pieces(grid, output, rows),
    };
    const rows = schedule.rowsNext(ahead);
    const of = ahead.pieces(rows);
    for (let from = 0; from < of; ) {
      const pieces = schedule.piecesNext({ ahead, rows, from, of });
      const samples = of === 1 ? rows * grid.width : pieces * piece;
      largest = Math.max(largest, Math.min(samples, rows * grid.width));
      from += pieces;
    }
    row += rows;
  }
  return largest;
}

const SIZES: [number, number][] = [
  [8192, 8192],
  [8192, 32],
  [1024, 704],
  [64, 8192],
];
const SHAPES = [1, 2, 3, 8, MAX_HIDDEN_LAYERS].flatMap((hidden) =>
  [20, 64, 128, 256].map((width) => [hidden, width] as const),
);
/** Nearly as many weights as a network may have. */
const LARGEST = [2, 1094] as const;

describe.each(PROFILES)('on %s', (_, profile) => {
  test.each([...SHAPES, LARGEST])(
    'no submission of %s layers of %s neurons exceeds the bound',
    (...shape) => {
      const { context } = fakeContext(profile);
      const prepared = prepareField(drawn(...shape));
      const evaluator = createFieldEvaluator(context, prepared);
      for (const [width, height] of SIZES) {
        const grid = pictureGrid(VIEW, width, height, 1);
        for (const output of OUTPUTS) {
          // The pace was learnt where a sample cost nothing.
          context.pace.record('work', 1e15, 1);
          const device = { ...context, turns: new Turns() };
          for (const schedule of [new InStints(device), new AtOnce(device)]) {
            const samples = largestStint(evaluator, grid, output, prepared.cost, schedule);
            expect(samples * prepared.cost).toBeLessThanOrEqual(profile.mostAtOnce);
            expect(samples).toBeGreaterThan(0);
          }
        }
      }
    },
  );

  test('a first stint of the largest network is a strip of a tile', () => {
    const { context } = fakeContext(profile);
    const prepared = prepareField(drawn(...LARGEST));
    const evaluator = createFieldEvaluator(context, prepared);
    const grid = pictureGrid(VIEW, 1024, 704, 1);
    const schedule = new InStints({ ...context, turns: new Turns() });
    const samples = largestStint(evaluator, grid, 'value', prepared.cost, schedule);
    expect(samples).toBe(32 * 8);
  });

  test('bands apart from a picture obey it too, and every strip is evaluated once', async () => {
    const { context, fake } = fakeContext(profile);
    const prepared = prepareField(drawn(...LARGEST));
    const grid = pictureGrid(VIEW, 256, 160, 1);
    const firstRows: number[] = [];
    const strips: string[] = [];
    let largest = 0;
    fake.onSubmit = (dispatches) => {
      const [batches] = [...fake.live].filter(({ label }) => label === 'EvaluateCulled.batches');
      let taken = 0;
      for (const { offsets } of dispatches.filter((each) => each.entryPoint === 'evaluatePlain')) {
        const [first, , from, to] = new Uint32Array(batches.bytes.buffer, offsets[0], 4);
        for (let strip = from; strip < to; strip += 1) {
          strips.push(`band ${firstRows.length}, strip ${4 * first + strip}`);
        }
        taken += to - from;
      }
      largest = Math.max(largest, taken);
    };
    await evaluateBands(context, prepared, grid, 'value', {
      encode: () => undefined,
      finish: async ({ firstRow }) => void firstRows.push(firstRow),
    });
    // Eight tiles a row, of which there are five.
    expect(strips.length).toBe(8 * 5 * 4);
    expect(new Set(strips).size).toBe(strips.length);
    expect(largest * 32 * 8 * prepared.cost).toBeLessThanOrEqual(profile.mostAtOnce);
    expect(fake.live.size).toBe(0);
  });
});
