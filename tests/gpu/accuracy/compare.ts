import { calibrationOf } from '../../../src/kernels/calibration.ts';
import type { Grid } from '../../../src/kernels/grid.ts';
import { NO_DIRECTION } from '../../../src/kernels/shaderConstants.ts';
import { TILE } from '../../../src/kernels/tileNetworks.ts';
import type { Quantity } from '../../../src/model/field.ts';
import { QUANTITIES } from '../../../src/model/quantities.ts';
import type { SamplerContext } from '../../../src/passes/evaluateBands.ts';
import { fieldOf, type Shorthand } from '../../shorthand.ts';
import { fromNumber, subtract, toNumber } from '../../unit/reference/dyadic.ts';
import { expError } from '../builtinErrors.ts';
import { evaluateRaw } from '../fixture.ts';
import type { Window } from './draws.ts';
import { logitSampler } from './exactLogitSample.ts';
import { mlpSampler } from './exactMlpSample.ts';
import { type ExactSample, ROUNDING, SMALLEST } from './exactSample.ts';

/** The most that a quantity is off, over what it may be off, and where; and how many samples were compared. */
export interface Comparison {
  readonly quantity: Quantity;
  readonly ratio: number;
  readonly where: string;
  readonly compared: number;
}

const RELATIVE = 1e-5;

/**
 * What is lost below that: of a shown number, which counts in units of `scale`; of the shares of a smooth field,
 * of which its value is made with a factor up to 1 or 1 / λ, and its gradient with a factor up to λ.
 */
function lossOf(
  field: Shorthand,
  scale: number,
): { readonly value: number; readonly gradient: number } {
  if (field.kind === 'mlp' || field.kind === 'max' || field.kind === 'argmax') {
    return { value: SMALLEST * scale, gradient: SMALLEST * Math.max(1, scale) };
  }
  const lambda = 'lambda' in field ? field.lambda : 1;
  return {
    value: SMALLEST * Math.max(scale, 1, 1 / lambda),
    gradient: SMALLEST * Math.max(1, lambda, scale),
  };
}

/** What a field is at the samples of a window. */
export interface ExactGrid {
  readonly samples: readonly ExactSample[];
  readonly center: ExactSample;
  /** max − min of the value over the samples, the centre and a lattice of 5 × 5 between the corners. */
  readonly range: number;
  /** The largest norm of the gradient at the same points. */
  readonly steepest: number;
}

export function exactGrid(field: Shorthand, { grid, center, point }: Window): ExactGrid {
  const unit = grid.anchor.halfWidth;
  // The largest tiles, those of wide networks.
  const tile = [0.5 * TILE * Math.abs(grid.step[0]), 0.5 * TILE * Math.abs(grid.step[1])] as const;
  const sample =
    field.kind === 'mlp'
      ? mlpSampler(field, center, unit, tile)
      : logitSampler(field, center, unit);
  const samples: ExactSample[] = [];
  for (let row = 0; row < grid.height; row += 1) {
    for (let column = 0; column < grid.width; column += 1)
      samples.push(sample(...point(column, row)));
  }
  const atCenter = sample(...center);
  const lattice = [0, 1, 2, 3, 4].flatMap((i) =>
    [0, 1, 2, 3, 4].map((j) =>
      sample(...point((i / 4) * (grid.width - 1), (j / 4) * (grid.height - 1))),
    ),
  );
  const all = [...samples, ...lattice, atCenter];
  const changes = all.map(({ value }) => toNumber(subtract(value, atCenter.value)));
  return {
    samples,
    center: atCenter,
    range: Math.max(...changes) - Math.min(...changes),
    steepest: Math.max(...all.map(({ gradient }) => Math.hypot(...gradient))),
  };
}

/**
 * Holds what the kernels make of a window, in every quantity, against exact arithmetic.
 * @param exact the field that the kernels should show, in that window; another one must be told from it.
 */
export async function compareAll(
  context: SamplerContext,
  field: Shorthand,
  window: Window,
  exact: ExactGrid = exactGrid(field, window),
): Promise<Comparison[]> {
  const comparisons: Comparison[] = [];
  const evaluated = fieldOf(field);
  for (const quantity of QUANTITIES) {
    const { anchored, shown, bits } = await evaluateRaw(context, evaluated, window.grid, quantity);
    const { offset, scale } = calibrationOf(anchored, quantity, window.grid);
    const judge = createJudge(quantity, {
      field,
      exact,
      grid: window.grid,
      offset: offset.high,
      scale,
      ownRounding: anchored.small ? 0 : roundingFromZero(field),
    });
    let worst: Comparison = { quantity, ratio: 0, where: '', compared: 0 };
    if (quantity === 'value')
      worst = { ...worst, ...judgeOffset(field, exact.center, offset.high) };
    let compared = 0;
    for (let i = 0; i < shown.length; i += 1) {
      const verdict = judge(i, quantity === 'region' ? bits[i]! : shown[i]!);
      if (verdict === null) continue;
      compared += 1;
      const ratio = verdict.error === 0 ? 0 : verdict.error / verdict.allowed;
      if (ratio <= worst.ratio || Number.isNaN(worst.ratio)) continue;
      const at = `column ${i % window.grid.width}, row ${Math.floor(i / window.grid.width)}`;
      const where = `${at}: shown ${shown[i]}, off by ${verdict.error}, allowed ${verdict.allowed}`;
      worst = { ...worst, ratio, where };
    }
    comparisons.push({ ...worst, compared });
  }
  return comparisons;
}

/** The `ownRounding` of a field that is counted from 0: a share is an exponential. */
function roundingFromZero({ kind }: Shorthand): number {
  if (kind === 'gap') return 4 * ROUNDING;
  return kind === 'softmax' ? expError(0) : 0;
}

/** The value at the centre, from which kernels count, to a few roundings of float64; 0 needs none. */
function judgeOffset(field: Shorthand, center: ExactSample, offset: number) {
  if (offset === 0) return { ratio: 0 };
  const error = Math.abs(toNumber(subtract(fromNumber(offset), center.value)));
  // What is added up: two terms of lse, of which one is up to log 16 / λ, and 2 sigmoid − 1.
  const terms = field.kind === 'lse' ? 3 / field.lambda : field.kind === 'tanh' ? 1 : 0;
  // Exponents up to 700 make of their own rounding 1e-13. The exact value itself is known to 1e-115.
  const isExponential = ['gap', 'softmax', 'sigmoid'].includes(field.kind);
  const size = Math.abs(toNumber(center.value)) + terms;
  const allowed = (isExponential ? 1e-12 : 2 ** -50) * size + 1e-100;
  return { ratio: error / allowed, where: `offset: off by ${error}, allowed ${allowed}` };
}

interface Verdict {
  readonly error: number;
  readonly allowed: number;
}

/** Judges sample i, of which the kernel showed a number; null where a sample is not compared. */
type Judge = (i: number, shown: number) => Verdict | null;

interface Case {
  readonly field: Shorthand;
  readonly exact: ExactGrid;
  readonly grid: Grid;
  /** value = offset + scale · shown */
  readonly offset: number;
  readonly scale: number;
  /** What float32 rounds of a value that the kernel counts from 0 and not from the centre, relative to it and its slack. */
  readonly ownRounding: number;
}

function createJudge(quantity: Quantity, given: Case): Judge {
  const { samples } = given.exact;
  switch (quantity) {
    case 'value':
      return valueJudge(given);
    case 'partial1':
      return gradientJudge(given, ({ gradient }) => gradient[0]);
    case 'partial2':
      return gradientJudge(given, ({ gradient }) => gradient[1]);
    case 'gradientNorm':
      return gradientJudge(given, ({ gradient }) => Math.hypot(...gradient));
    case 'gradientDirection':
      return directionJudge(given);
    case 'npGradientRows':
      return differenceJudge(given, 'rows');
    case 'npGradientColumns':
      return differenceJudge(given, 'columns');
    case 'region':
      return (i, shown) =>
        samples[i]!.away
          ? { error: shown === samples[i]!.region ? 0 : Infinity, allowed: 1 }
          : null;
  }
}

function valueJudge({ field, exact, offset, scale, ownRounding }: Case): Judge {
  const origin = offset === 0 ? fromNumber(0) : exact.center.value;
  return (i, shown) => {
    const { value, valueSlack, away } = exact.samples[i]!;
    if (field.kind === 'argmax' && !away) return null;
    const error = Math.abs(scale * shown - toNumber(subtract(value, origin)));
    const slack = valueSlack + ownRounding * (Math.abs(toNumber(value)) + valueSlack);
    return { error, allowed: RELATIVE * exact.range + slack + lossOf(field, scale).value };
  };
}

function gradientJudge(given: Case, of: (sample: ExactSample) => number): Judge {
  const { exact, offset, scale } = given;
  return (i, shown) => {
    const sample = exact.samples[i]!;
    if (!sample.away) return null;
    const error = Math.abs(offset + scale * shown - of(sample));
    return { error, allowed: gradientAllowed(given, sample) };
  };
}

function gradientAllowed({ field, exact, scale }: Case, { gradientSlack }: ExactSample): number {
  return RELATIVE * exact.steepest + gradientSlack + lossOf(field, scale).gradient;
}

function directionJudge(given: Case): Judge {
  const { exact } = given;
  return (i, shown) => {
    const sample = exact.samples[i]!;
    if (!sample.away) return null;
    const norm = Math.hypot(...sample.gradient);
    // A gradient that may be off by as much as its own length has no direction.
    const angle = Math.asin(Math.min(1, gradientAllowed(given, sample) / norm));
    if (norm > 0 && !(angle < 0.5)) return null;
    if (norm === 0) return { error: shown === NO_DIRECTION ? 0 : Infinity, allowed: 1 };
    const turn = Math.abs(shown - Math.atan2(sample.gradient[1], sample.gradient[0]));
    return { error: Math.min(turn, Math.abs(2 * Math.PI - turn)), allowed: angle + 1e-6 };
  };
}

/** np.gradient, from exact differences of neighbours. */
function differenceJudge(
  { field, exact, grid, offset, scale, ownRounding }: Case,
  along: 'rows' | 'columns',
): Judge {
  const { samples } = exact;
  const ends = (i: number, stride: number, length: number): [number, number] => {
    const position = Math.floor(i / stride) % length;
    return [position === 0 ? i : i - stride, position === length - 1 ? i : i + stride];
  };
  const slope = (i: number, stride: number, length: number) => {
    const [before, after] = ends(i, stride, length);
    const change = toNumber(subtract(samples[after]!.value, samples[before]!.value));
    return (change * stride) / (after - before);
  };
  const sides: Record<'rows' | 'columns', [number, number]> = {
    rows: [grid.width, grid.height],
    columns: [1, grid.width],
  };
  const largest = samples.reduce(
    (most, _, i) => Math.max(most, Math.hypot(slope(i, ...sides.rows), slope(i, ...sides.columns))),
    0,
  );
  return (i, shown) => {
    const [before, after] = ends(i, ...sides[along]).map((j) => samples[j]!) as [
      ExactSample,
      ExactSample,
    ];
    if (field.kind === 'argmax' && !(before.away && after.away)) return null;
    const error = Math.abs(offset + scale * shown - slope(i, ...sides[along]));
    const slack = [before, after].reduce(
      (sum, { value, valueSlack }) =>
        sum + valueSlack + ownRounding * (Math.abs(toNumber(value)) + valueSlack),
      0,
    );
    return { error, allowed: RELATIVE * largest + slack + lossOf(field, scale).value };
  };
}
