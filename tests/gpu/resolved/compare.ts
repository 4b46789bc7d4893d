import { calibrationOf } from '../../../src/kernels/calibration.ts';
import type { Output } from '../../../src/kernels/composeEvaluate.ts';
import type { StoredNumbers } from '../../../src/kernels/fieldCode.ts';
import type { Grid } from '../../../src/kernels/grid.ts';
import type { PreparedField } from '../../../src/kernels/prepareField.ts';
import { BOUNDARY_LAYER } from '../../../src/kernels/shaderConstants.ts';
import type { Quantity } from '../../../src/model/field.ts';
import type { ResolvedField } from '../../../src/model/resolve.ts';
import { toNumber } from '../../../src/numeric/doubleDouble.ts';
import type { SamplerContext } from '../../../src/passes/evaluateBands.ts';
import { ROUNDING } from '../accuracy/exactSample.ts';
import { expError } from '../builtinErrors.ts';
import { evaluatePrepared } from '../fixture.ts';
import { type Sample, samplesOf } from './sample.ts';

export type Compared = Quantity | 'hinge' | 'boundary';

const RELATIVE = 1e-5;
/** Products of a few factors below 1e-38 are lost in float32. */
const SMALLEST = 1e-36;

/** What a sample shows and should show; null where it is not compared. */
interface Verdict {
  readonly received: number;
  readonly expected: number;
  readonly allowed: number;
}

interface Case {
  readonly resolved: ResolvedField;
  readonly grid: Grid;
  readonly samples: readonly Sample[];
  readonly anchored: StoredNumbers;
  readonly shown: Float32Array;
  readonly bits: Uint32Array;
}

/** Holds what the kernels make of a grid against the reference. @returns what is wrong, and the share of samples compared */
export async function compareField(
  context: SamplerContext,
  resolved: ResolvedField,
  prepared: PreparedField,
  grid: Grid,
  outputs: readonly Compared[],
): Promise<{ readonly failures: string[]; readonly compared: number }> {
  const samples = samplesOf(resolved, grid);
  const failures: string[] = [];
  let compared = 0;
  for (const output of outputs) {
    const raw = await evaluatePrepared(context, prepared, grid, output satisfies Output);
    const judge = judges[output]({ ...raw, resolved, grid, samples });
    let [most, worst] = [1, ''];
    samples.forEach((_, i) => {
      const verdict = judge(i);
      if (verdict === null) return;
      compared += 1;
      const { received, expected, allowed } = verdict;
      const ratio = received === expected ? 0 : Math.abs(received - expected) / allowed;
      if (ratio <= most) return;
      most = ratio;
      worst = `${output}, sample ${i} of ${grid.width} × ${grid.height}: received ${received}, expected ${expected} ± ${allowed}`;
    });
    if (worst !== '') failures.push(worst);
  }
  return { failures, compared: compared / (samples.length * outputs.length) };
}

const judges: Record<Compared, (given: Case) => (i: number) => Verdict | null> = {
  value: valueJudge,
  partial1: (given) => gradientJudge(given, 0),
  partial2: (given) => gradientJudge(given, 1),
  gradientNorm: normJudge,
  gradientDirection: directionJudge,
  npGradientRows: (given) => differenceJudge(given, 'rows'),
  npGradientColumns: (given) => differenceJudge(given, 'columns'),
  region:
    ({ samples, bits }) =>
    (i) =>
      samples[i]!.away
        ? { received: bits[i]!, expected: samples[i]!.region >>> 0, allowed: 0 }
        : null,
  hinge: hingeJudge,
  boundary: boundaryJudge,
};

const isDiscrete = ({ readout }: ResolvedField) =>
  readout.kind === 'argmax' || readout.kind === 'class';

const countsFromZero = ({ resolved, anchored }: Case) =>
  anchored.offset.high === 0 && (isDiscrete(resolved) || resolved.readout.kind === 'gap');

/**
 * What float32 rounds of a value itself, not of its change: of a gap that counts from 0, and of a share of softmax, which is an
 * exponential; only in small views its change is computed without it. The share of tanh is (1 + tanh) / 2, and counts twice.
 */
function ownRounding(given: Case): (value: number) => number {
  const { kind } = given.resolved.readout;
  if (kind === 'gap' && countsFromZero(given)) return (value) => 4 * ROUNDING * Math.abs(value);
  const isShare = kind === 'softmax' || kind === 'sigmoid' || kind === 'tanh';
  if (!isShare || given.anchored.small) return () => 0;
  return (value) => expError(0) * (kind === 'tanh' ? 1 + value : value);
}

function rangeOf(samples: readonly Sample[]): number {
  const changes = [0, ...samples.map(({ change }) => change)];
  return Math.max(...changes) - Math.min(...changes);
}

function valueJudge(given: Case) {
  const { resolved, samples, anchored, shown } = given;
  const range = rangeOf(samples);
  const fromZero = countsFromZero(given);
  const own = ownRounding(given);
  return (i: number) => {
    const sample = samples[i]!;
    const { value, change, away } = sample;
    if (isDiscrete(resolved) && !away) return null;
    const slack = sample.valueSlack(sample.error);
    return {
      received: anchored.scale * shown[i]!,
      expected: fromZero ? value : change,
      allowed:
        RELATIVE * range + slack + own(value + slack) + SMALLEST * Math.max(1, anchored.scale),
    };
  };
}

/** In small views the gradient's change counts, to 1e-5 of its own largest size; otherwise the gradient. */
function gradientJudge(given: Case, axis: 0 | 1) {
  const { samples, anchored, shown } = given;
  const allowed = gradientAllowance(given);
  return (i: number) => {
    const sample = samples[i]!;
    if (!sample.away) return null;
    return {
      received: anchored.gradientScale * shown[i]!,
      expected: changeOrGradient(anchored, sample)[axis],
      allowed: allowed(sample),
    };
  };
}

const changeOrGradient = ({ small }: StoredNumbers, sample: Sample) =>
  small ? sample.gradientChange : sample.gradient;

function gradientAllowance({ samples, anchored }: Case): (sample: Sample) => number {
  const lengths = samples.map((sample) => Math.hypot(...changeOrGradient(anchored, sample)));
  const steepest = Math.max(...lengths);
  return ({ gradientSlack, condition }) => {
    // Where gradients of outputs are nearly equal, their float32 weights hold less of the change.
    const ofWeights = anchored.small ? 8 * ROUNDING * condition * steepest : 0;
    const smallest = SMALLEST * Math.max(1, anchored.gradientScale);
    return RELATIVE * steepest + gradientSlack + ofWeights + smallest;
  };
}

function normJudge(given: Case) {
  const { samples, anchored, shown } = given;
  const allowed = gradientAllowance(given);
  const base = anchored.baseGradient.map(({ high }) => high);
  return (i: number) => {
    const sample = samples[i]!;
    if (!sample.away) return null;
    const length = Math.hypot(...sample.gradient);
    // |g + d| − |g| = (2 g·d + d²) / (|g + d| + |g|), in which nothing cancels.
    const [d1, d2] = sample.gradientChange;
    const grown = 2 * (base[0]! * d1 + base[1]! * d2) + d1 ** 2 + d2 ** 2;
    return {
      received: anchored.gradientScale * shown[i]!,
      expected: anchored.small ? grown / (length + Math.hypot(...base) || 1) : length,
      allowed: 2 * allowed(sample),
    };
  };
}

function directionJudge(given: Case) {
  const { samples, anchored, shown } = given;
  const allowed = gradientAllowance(given);
  return (i: number) => {
    const sample = samples[i]!;
    const length = Math.hypot(...sample.gradient);
    // Of a gradient that is relative to another one, the rounding of that counts.
    const error = allowed(sample) + (anchored.small ? RELATIVE * length : 0);
    // A gradient that may be off by as much as its own length has no direction.
    if (!sample.away || !(error < 0.4 * length)) return null;
    const turn = shown[i]! - Math.atan2(sample.gradient[1], sample.gradient[0]);
    const received = turn - 2 * Math.PI * Math.round(turn / (2 * Math.PI));
    return { received, expected: 0, allowed: Math.asin(error / length) + 1e-6 };
  };
}

function differenceJudge(given: Case, along: 'rows' | 'columns') {
  const { resolved, samples, anchored, grid, shown } = given;
  const output = along === 'rows' ? 'npGradientRows' : 'npGradientColumns';
  const { offset, scale } = calibrationOf(anchored, output, grid);
  const own = ownRounding(given);
  const range = rangeOf(samples);
  return (i: number) => {
    const [column, row] = [i % grid.width, Math.floor(i / grid.width)];
    const [place, count] = along === 'rows' ? [row, grid.height] : [column, grid.width];
    const [from, to] = [Math.max(0, place - 1), Math.min(count - 1, place + 1)];
    const ends = [from, to].map((end) =>
      along === 'rows' ? samples[end * grid.width + column]! : samples[row * grid.width + end]!,
    );
    if (isDiscrete(resolved) && !ends.every(({ away }) => away)) return null;
    // Exponents at the end are those at the start and their steps: they have the rounding of both.
    const error = ends[0]!.stepError + ends[1]!.stepError;
    const slacks = ends.map((end) => {
      const slack = end.valueSlack(error);
      return slack + own(end.value + slack);
    });
    // The reference subtracts outputs in float64.
    const slack = slacks[0]! + slacks[1]! + 2 ** -26 * error;
    return {
      received: toNumber(offset) + scale * shown[i]!,
      expected: (ends[1]!.change - ends[0]!.change) / (to - from),
      allowed: RELATIVE * range + slack + SMALLEST * Math.max(1, scale),
    };
  };
}

function hingeJudge({ samples, bits }: Case) {
  return (i: number) => {
    const { hinge, away } = samples[i]!;
    if (!away) return null;
    const layer = bits[i]! & 0xff;
    const isKnown = hinge.coverage <= hinge.slack + 1 / 255 || hinge.layers.includes(layer);
    return {
      received: isKnown ? (bits[i]! >>> 8) / 255 : Number.NaN,
      expected: hinge.coverage,
      allowed: 1 / 255 + hinge.slack + RELATIVE,
    };
  };
}

/** Coverages are eighths of a byte's steps, and lines are as far off as outputs are. */
function boundaryJudge({ samples, bits }: Case) {
  return (i: number) => {
    const { boundary, away } = samples[i]!;
    if (boundary === null || !away) return null;
    const layer = bits[i]! & 0xff;
    return {
      received: layer === BOUNDARY_LAYER ? (bits[i]! >>> 8) / 255 : Number.NaN,
      expected: boundary.coverage,
      allowed: 1 / 255 + boundary.slack + RELATIVE,
    };
  };
}
