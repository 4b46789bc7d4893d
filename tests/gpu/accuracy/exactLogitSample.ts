import type { Vec2 } from '../../../src/model/field.ts';
import { neuronKey } from '../../../src/model/pattern.ts';
import type { Logits } from '../../shorthand.ts';
import {
  resolveLogits,
  type Shorthand,
  type ShortNetwork,
  type ShortNeuron,
} from '../../shorthand.ts';
import {
  add,
  type Dyadic,
  fromNumber,
  multiply,
  quotientToNumber,
  subtract,
  toNumber,
} from '../../unit/reference/dyadic.ts';
import { exactValue } from '../../unit/reference/exactField.ts';
import { type ExactSample, type ExactSampler, ROUNDING, SMALLEST } from './exactSample.ts';

/** What an operation of double-double rounds at most, relative to its result. */
const DOUBLE_ROUNDING = 2 ** -104;

/** A field whose value is the share of one logit. */
type ShortShare = ShortNeuron | Extract<Shorthand, { readonly kind: 'softmax' }>;

/** A smooth field as what it is made of: gain · (function of λ σ) + shift. */
function logitsOf(field: Exclude<Shorthand, ShortNetwork>): { logits: Logits; lambda: number } {
  if ('weight' in field) {
    const logits = { weight: [[0, 0] as const, field.weight], bias: [0, field.bias] };
    return { logits, lambda: field.kind === 'tanh' ? 2 : 1 };
  }
  return { logits: resolveLogits(field.logits), lambda: 'lambda' in field ? field.lambda : 1 };
}

/** @param halfWidth the grid's unit of length, in which kernels round */
export function logitSampler(
  field: Exclude<Shorthand, ShortNetwork>,
  center: readonly [Dyadic, Dyadic],
  halfWidth: number,
): ExactSampler {
  const { logits, lambda } = logitsOf(field);
  const spread = [0, 1].map((axis) => {
    const along = logits.weight.map((a) => a[axis]!);
    return Math.max(...along) - Math.min(...along);
  });
  const unit = fromNumber(halfWidth);
  const ofAnchor = anchorRounding(logits, center);
  return (x, y) => {
    const sigma = logits.weight.map((a, k) =>
      add(
        add(multiply(fromNumber(a[0]), x), multiply(fromNumber(a[1]), y)),
        fromNumber(logits.bias[k]!),
      ),
    );
    const top = firstLargest(sigma);
    const below = sigma.map((s) => toNumber(subtract(s, sigma[top]!)));
    const u = [subtract(x, center[0]), subtract(y, center[1])].map((d) =>
      Math.abs(quotientToNumber(d, unit)),
    );
    // What the exponents λ (σ_j − σ_k) are off when positions and products round.
    const reach = halfWidth * (spread[0]! * u[0]! + spread[1]! * u[1]!);
    const tau = lambda * (6 * ROUNDING * reach + ofAnchor);
    const shared = {
      value: exactValue(field, x, y),
      region: regionOf(field, top),
      away: isAwayFromTies(logits, top, below, u, halfWidth, ofAnchor),
    };
    return { ...shared, ...derive(field, logits, lambda, below, top, tau) };
  };
}

/** What double-double, in which the CPU evaluates logits at the anchor, rounds of a difference of two: both have two products and two sums. */
function anchorRounding({ weight, bias }: Logits, center: readonly [Dyadic, Dyadic]): number {
  const [x, y] = center.map((c) => Math.abs(toNumber(c))) as [number, number];
  const sizes = weight.map((a, k) => Math.abs(a[0]) * x + Math.abs(a[1]) * y + Math.abs(bias[k]!));
  return 2 * 4 * DOUBLE_ROUNDING * Math.max(...sizes);
}

/**
 * Whether the largest logit leads by more than logits and positions round, and than float32 holds in units of the half-width and the
 * largest weight (1 if all are 0); equal rows stay equal.
 */
function isAwayFromTies(
  logits: Logits,
  top: number,
  below: readonly number[],
  u: readonly number[],
  halfWidth: number,
  ofAnchor: number,
): boolean {
  const largest = logits.weight[top]!;
  const steepest = Math.max(...logits.weight.flat().map(Math.abs)) || 1;
  const least = ofAnchor + SMALLEST * halfWidth * steepest;
  return logits.weight.every((a, k) => {
    if (k === top || sameRow(logits, k, top)) return true;
    const size = [0, 1].reduce(
      (sum, axis) => sum + (Math.abs(a[axis]!) + Math.abs(largest[axis]!)) * u[axis]!,
      0,
    );
    return -below[k]! > 12 * ROUNDING * halfWidth * size + least;
  });
}

type Derived = Pick<ExactSample, 'gradient' | 'valueSlack' | 'gradientSlack'>;

/** Gradient and slacks from the logits less the largest. */
function derive(
  field: Exclude<Shorthand, ShortNetwork>,
  { weight }: Logits,
  lambda: number,
  below: readonly number[],
  top: number,
  tau: number,
): Derived {
  if (field.kind === 'max') return { gradient: weight[top]!, valueSlack: 0, gradientSlack: 0 };
  if (field.kind === 'argmax') return { gradient: [0, 0], valueSlack: 0, gradientSlack: 0 };
  const exponents = below.map((d) => lambda * d);
  const others = exponents.reduce((sum, d, k) => (k === top ? sum : sum + Math.exp(d)), 0);
  const y = exponents.map((d) => Math.exp(d) / (1 + others));
  const slack = y.map((_, k) => shareSlack(exponents, k, tau));
  if ('component' in field || 'weight' in field) {
    return deriveShare(field, weight, lambda, y, slack);
  }
  const fromTop = meanFrom(weight[top]!, weight, y);
  const mean: Vec2 = [weight[top]![0] + fromTop[0], weight[top]![1] + fromTop[1]];
  const gradientSlack = weight.reduce((sum, a, k) => sum + slack[k]! * distance(a, mean), 0);
  if (field.kind === 'lse') return { gradient: mean, valueSlack: 0, gradientSlack };
  const raised = exponents.reduce(
    (sum, d, k) => (k === top ? sum : sum + Math.exp(Math.min(0, d + tau))),
    0,
  );
  // Near a tie another one may come out as the largest: then all differences, its own apart, are up to tau less.
  const lowered = others * Math.exp(-tau);
  const valueSlack =
    Math.max(Math.log1p(raised) - Math.log1p(others), Math.log1p(others) - Math.log1p(lowered)) /
    lambda;
  return { gradient: fromTop, valueSlack, gradientSlack };
}

/** Softmax and neurons: the gradient is λ Σ_k y_j y_k (a_j − a_k). */
function deriveShare(
  field: ShortShare,
  weight: readonly Vec2[],
  lambda: number,
  y: readonly number[],
  slack: readonly number[],
): Derived {
  const j = field.kind === 'softmax' ? field.component : 1;
  const gain = field.kind === 'tanh' ? 2 : 1;
  const slope = -gain * lambda * y[j]!;
  const [d1, d2] = meanFrom(weight[j]!, weight, y);
  const gradientSlack = weight.reduce((sum, a, k) => {
    const ofProduct = y[j]! * slack[k]! + y[k]! * slack[j]! + slack[j]! * slack[k]!;
    return sum + gain * lambda * ofProduct * distance(a, weight[j]!);
  }, 0);
  return { gradient: [slope * d1, slope * d2], valueSlack: gain * slack[j]!, gradientSlack };
}

/** Σ y_k a_k − origin, as a sum of differences. */
function meanFrom(origin: Vec2, weight: readonly Vec2[], y: readonly number[]): Vec2 {
  const along = (axis: 0 | 1) =>
    weight.reduce((sum, a, k) => sum + y[k]! * (a[axis] - origin[axis]), 0);
  return [along(0), along(1)];
}

function distance(a: Vec2, b: Vec2): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}

/** How far the k-th share of Σ exp(exponents) moves when its log-odds move by up to tau. */
export function shareSlack(exponents: readonly number[], k: number, tau: number): number {
  const others = exponents.filter((_, i) => i !== k).map((d) => d - exponents[k]!);
  const most = Math.max(...others);
  const odds = -most - Math.log(others.reduce((sum, r) => sum + Math.exp(r - most), 0));
  return Math.max(logisticStep(odds + tau, odds), logisticStep(odds, odds - tau));
}

/** σ(a) − σ(b) for a ≥ b, without cancellation where both are near 1. */
function logisticStep(a: number, b: number): number {
  const logistic = (z: number) => 1 / (1 + Math.exp(-z));
  if (a - b > 1) return logistic(a) - logistic(b);
  return Math.expm1(a - b) * logistic(b) * logistic(-a);
}

function regionOf(field: Exclude<Shorthand, ShortNetwork>, top: number): number {
  if ('weight' in field) return top === 0 ? 0 : neuronKey(0) >>> 0;
  return neuronKey(top) >>> 0;
}

function sameRow({ weight, bias }: Logits, j: number, k: number): boolean {
  return weight[j]![0] === weight[k]![0] && weight[j]![1] === weight[k]![1] && bias[j] === bias[k];
}

function firstLargest(values: readonly Dyadic[]): number {
  return values.reduce(
    (best, value, k) => (subtract(value, values[best]!).mantissa > 0n ? k : best),
    0,
  );
}
