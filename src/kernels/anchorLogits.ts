import type { Vec2 } from '../model/field.ts';
import { add, type DoubleDouble, negate, scale, toNumber, ZERO } from '../numeric/doubleDouble.ts';
import type { Anchor } from './anchor.ts';
import { type AnchoredField, HEADER_LENGTH, writeHeader } from './fieldCode.ts';
import { servesSeries } from './lseSeries.ts';
import {
  firstLargest,
  type LogitReadout,
  type PointLogits,
  readPointLogits,
} from './pointLogits.ts';

/** A readout of the family of softmax; λ is 1 for max and argmax. */
export interface GainedReadout extends LogitReadout {
  /** The field is gain · (the softmax family's value) + shift: 2 and −1 make tanh. */
  readonly gain: number;
  readonly shift: number;
}

type Pair = [DoubleDouble, DoubleDouble];

/** If |t| stays below this, the shader uses series that hold up to ½. */
export const SMALL = 0.5;

/** If λ · lse or softmax changes by more over the view, values may be relative to 0: rounding is at most 1e-6 of the change. */
const FLAT = 0.1;

/** Exponents up to this keep e^l and their sum in bounds. */
const HIGHEST = 1;

/**
 * Bounds of the steepness λ · half-width · weight in float32 kernels. Beyond the upper one every exponential except
 * those of ties is 0 or 1 at any sample; below the lower one only the linear term is left.
 */
export const STEEP_MAX = 2 ** 120;
const STEEP_MIN = 2 ** -100;

/** Exponents below this may be moved: e^−100 vanishes beside 1. */
const SPENT = -100;

/** No exponent rises by this much in a view. */
const EXPONENT_MAX = 16 * STEEP_MAX;

/** No logit rises by this much in a view, in units of the half-width and of the largest weight. */
const P_MAX = 1e30;

const PER_LOGIT = 10;
const OWN_HEADER = 13;

/** Parameters for the code in logitFields.ts, in the order in which it reads them, of logits at the anchor. */
export function packAffine(
  readout: GainedReadout,
  logits: PointLogits,
  anchor: Anchor,
): AnchoredField {
  const sizes = logits.gradients.flat().map((along) => Math.abs(toNumber(along)));
  const seen = lookFrom(anchor, logits, readout.lambda, powerOfTwo(Math.max(...sizes)));
  const smooth = readout.kind !== 'max' && readout.kind !== 'argmax';
  const highest = Math.max(...seen.t.map(([tX, tY]) => Math.abs(tX) + Math.abs(tY)));
  const small = smooth && highest * anchor.reach <= SMALL;
  const near = smooth && seen.stretch === 1 && isNear(readout, seen, anchor.reach);
  const field = packSeen(readout, logits, anchor, seen, { small, near, gapFromCenter: small });
  // Small and flat views have formulas with less cancellation.
  if (readout.kind !== 'lse' || small || near) return field;
  return { ...field, servesSeries: servesSeries(seen.logPi, seen.t) };
}

/** What is used of a view's smallness. */
export interface ViewForm {
  /** Whether the series for small exponents serve it. */
  readonly small: boolean;
  /** The parameter `near`. */
  readonly near: boolean;
  /** Whether the gap counts from its value at the centre, and not from 0. */
  readonly gapFromCenter: boolean;
}

/** The parameters and the calibration for logits, or outputs of a network, as they are seen from the anchor. */
export function packSeen(
  field: GainedReadout,
  logits: PointLogits,
  anchor: Anchor,
  seen: Outlook,
  { small, near, gapFromCenter }: ViewForm,
): AnchoredField {
  const { lambda, gain, component, kind } = field;
  const s = anchor.halfWidth;
  const { a, top, below, unit, steepness, steep, stretch, pi, logPi, mean, t } = seen;

  const precise = readPointLogits(field, logits);
  // If the view is not small, the shader stores the gradient itself.
  const base = precise.gradient.map((along) => (small ? scale(along, gain) : ZERO)) as Pair;
  const gradientUnit = kind === 'softmax' ? powerOfTwo(lambda * unit) : unit;
  const valueUnit = valueUnitOf(field, kind === 'gap' ? gapFromCenter : small, gradientUnit, s);
  const perUnit = (lambda * unit) / gradientUnit;
  const outer = small ? (gain * perUnit) / steep : gain / (s * valueUnit);
  const inverse = kind === 'gap' && !gapFromCenter ? 1 / (lambda * s * valueUnit) : 1 / steep;

  const parameters = new Float32Array(HEADER_LENGTH + OWN_HEADER + PER_LOGIT * a.length);
  const [b1, b2] = base.map((along) => toNumber(along) / gradientUnit);
  writeHeader(parameters, [b1, b2], small);
  const unitA = alongBase(a, kind === 'softmax' ? component : null, [b1, b2]);
  parameters.set(
    [
      inverse,
      // Only softmax uses it.
      kind === 'softmax' ? outer : 0,
      gain * perUnit * Math.min(1, steepness / steep),
      component,
      ...mean,
      ...a[top],
      unitA[top],
      near ? 1 : 0,
      stretch,
      steep,
      Math.min(STEEP_MAX, unit / valueUnit),
    ],
    HEADER_LENGTH,
  );
  const p = below.map((d) => (d === 0 ? 0 : Math.max(-P_MAX, d / s / unit)));
  a.forEach((own, k) => {
    const pair = [0, 1].map((axis) => (t[k][axis] + t[component][axis]) / stretch);
    const slopes = t[k].map((along) => along / stretch);
    const at = HEADER_LENGTH + OWN_HEADER + PER_LOGIT * k;
    parameters.set([...own, ...slopes, ...pair, pi[k], logPi[k] / stretch, p[k], unitA[k]], at);
  });
  // Likewise the gap.
  const countsFrom0 = kind === 'argmax' || (kind === 'gap' && !gapFromCenter);
  const own = add(scale(precise.value, gain), { high: field.shift, low: 0 });
  return {
    parameters,
    offset: countsFrom0 ? ZERO : own,
    scale: kind === 'argmax' ? 1 : s * valueUnit,
    baseGradient: base,
    gradientScale: gradientUnit,
    small,
  };
}

/** The logits at the anchor, in units that float32 holds. */
export interface Outlook {
  /** A power of two, the unit of the weights, which are then at most 1. */
  readonly unit: number;
  readonly a: readonly Vec2[];
  /** The first of the largest logits, and the others minus that one, in the plane's own units. */
  readonly top: number;
  readonly below: readonly number[];
  /** λ · half-width · unit, the slope of exponents by a logit; and the same, clamped to its bounds. */
  readonly steepness: number;
  readonly steep: number;
  /** A power of two, the shaders' unit of exponents. 1 unless a log-radial picture reaches far. */
  readonly stretch: number;
  /** softmax at the anchor, and its logarithm. */
  readonly pi: readonly number[];
  readonly logPi: readonly number[];
  /** Σ π a. */
  readonly mean: Vec2;
  /** steep (a − mean). */
  readonly t: readonly Vec2[];
}

/**
 * @param unit a power of two that no change of a logit exceeds within a half-width
 * @param steepMax the upper bound of the steepness
 */
export function lookFrom(
  anchor: Anchor,
  { values, gradients }: PointLogits,
  lambda: number,
  unit: number,
  steepMax = STEEP_MAX,
): Outlook {
  const a = gradients.map(([x, y]): Vec2 => [toNumber(x) / unit, toNumber(y) / unit]);
  const top = firstLargest(values);
  const below = values.map((value) => toNumber(add(value, negate(values[top]))));
  const steepness = lambda * anchor.halfWidth * unit;
  const steep = Math.min(steepMax, Math.max(STEEP_MIN, steepness));
  const stretch = Math.max(1, powerOfTwo((steep / STEEP_MAX) * anchor.reach));
  const exponents = below.map((d) => {
    const own = lambda * d;
    // Less steep exponents keep their ties in place, except for what matters at the anchor itself.
    const moved =
      steepness > steep ? Math.min(own * (steep / steepness), Math.max(own, SPENT)) : own;
    return Math.max(moved, -EXPONENT_MAX * stretch);
  });
  const rest = exponents.reduce((total, e, k) => (k === top ? total : total + Math.exp(e)), 0);
  const logPi = exponents.map((e) => e - Math.log1p(rest));
  const pi = logPi.map(Math.exp);
  const along = (axis: 0 | 1) => a.reduce((total, own, k) => total + pi[k] * own[axis], 0);
  const t = a.map((own): Vec2 => {
    const [x, y] = differenceFromMean(a, pi, own);
    return [steep * x, steep * y];
  });
  return {
    ...{ unit, a, top, below, steepness, steep, stretch, pi, logPi, t },
    mean: [along(0), along(1)],
  };
}

/** A power of two in whose units the shown part of a value, apart from the half-width, has about the size 1. */
function valueUnitOf(
  { kind, lambda }: LogitReadout,
  fromCenter: boolean,
  gradientUnit: number,
  halfWidth: number,
): number {
  // A smooth field changes by its gradient in a small view, and in others by up to its own range.
  if (fromCenter || kind === 'lse' || kind === 'max') return gradientUnit;
  return powerOfTwo(1 / ((kind === 'gap' ? lambda : 1) * halfWidth));
}

/** The smallest power of two that is not below a number; 1 for 0. */
export function powerOfTwo(size: number): number {
  return size > 0 ? 2 ** Math.ceil(Math.log2(size)) : 1;
}

/**
 * The component of a_k − a_0 (or of a_j − a_k if softmax shows component j) along the gradient at the
 * anchor: in float64, so that what vanishes there vanishes in the shader, however it rounds its products.
 */
function alongBase(a: readonly Vec2[], component: number | null, [b1, b2]: Vec2): number[] {
  const length = Math.hypot(b1, b2) || 1;
  const [from, sign] = component === null ? [a[0], 1] : [a[component], -1];
  return a.map(([x, y]) => {
    const [d1, d2] = [sign * (x - from[0]), sign * (y - from[1])];
    return d1 * (b1 / length) + d2 * (b2 / length) + 0;
  });
}

/**
 * Whether the form in logitsNear.ts serves the view: the shown quantity changes little up to its corners (λ · lse, which
 * is convex, so it is largest there; or the component of softmax), and no logit outweighs all others.
 */
function isNear(
  { kind, component }: LogitReadout,
  { mean, logPi, t, steep }: Outlook,
  reach: number,
): boolean {
  const highest = logPi.map((log, k) => log + reach * (Math.abs(t[k][0]) + Math.abs(t[k][1])));
  if (Math.max(...highest) > HIGHEST) return false;
  const changes = [-reach, reach].flatMap((x) =>
    [-reach, reach].map((y) => {
      const exponents = logPi.map((log, k) => log + (t[k][0] * x + t[k][1] * y));
      const most = Math.max(...exponents);
      const total = exponents.reduce((sum, exponent) => sum + Math.exp(exponent - most), 0);
      const logTotal = most + Math.log(total);
      return kind === 'softmax'
        ? Math.exp(exponents[component] - logTotal) - Math.exp(logPi[component])
        : steep * (mean[0] * x + mean[1] * y) + logTotal;
    }),
  );
  return changes.every((change) => Math.abs(change) < FLAT);
}

/** a − Σ π_k a_k, as a sum of differences: where π is nearly 1 for one k, its own difference is tiny. */
function differenceFromMean(weight: readonly Vec2[], pi: readonly number[], a: Vec2): Vec2 {
  const along = (axis: 0 | 1) =>
    weight.reduce((total, other, k) => total + pi[k] * (a[axis] - other[axis]), 0);
  return [along(0), along(1)];
}
