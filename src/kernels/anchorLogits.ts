import type { Logits, Vec2 } from '../model/field.ts';
import { readLogitsPrecisely } from '../model/preciseLogits.ts';
import { add, type DoubleDouble, negate, scale, toNumber, ZERO } from '../numeric/doubleDouble.ts';
import type { Anchor } from './anchorMlp.ts';
import { type AnchoredField, HEADER_LENGTH, writeHeader } from './fieldCode.ts';
import type { LogitFieldKind } from './logitFields.ts';
import { servesSeries } from './lseSeries.ts';

export interface LogitFieldParameters {
  readonly kind: LogitFieldKind;
  readonly logits: Logits;
  /** 1 for max and argmax, which do not use it. */
  readonly lambda: number;
  /** The component shown by softmax and argmax; 0 for the others. */
  readonly component: number;
  /** The field is gain · (the softmax family's value) + shift: 2 and −1 make tanh. */
  readonly gain: number;
  readonly shift: number;
}

/** Where |t| stays below this, the shader uses series that hold up to ½. */
const SMALL = 0.5;

/** Views over which λ · lse or softmax changes by more may count from 0: rounding is 1e-6 of it at most. */
const FLAT = 0.1;

/** Exponents up to this keep e^l and their sum in bounds. */
const HIGHEST = 1;

type Pair = [DoubleDouble, DoubleDouble];

const PER_LOGIT = 10;
const OWN_HEADER = 10;

/** Parameters for the code in logitFields.ts, in the order in which it reads them. */
export function packLogits(field: LogitFieldParameters, anchor: Anchor): AnchoredField {
  const { logits, lambda, gain } = field;
  const count = logits.bias.length;
  const s = anchor.halfWidth;
  const values = logits.weight.map((a, k) => affineAt(a, logits.bias[k], anchor));
  const top = firstLargest(values);
  const below = values.map((value) => toNumber(add(value, negate(values[top]))));
  const rest = below.reduce((total, d, k) => (k === top ? total : total + Math.exp(lambda * d)), 0);
  const logPi = below.map((d) => lambda * d - Math.log1p(rest));
  const pi = logPi.map(Math.exp);
  const mean = [0, 1].map((axis) =>
    logits.weight.reduce((total, a, k) => total + pi[k] * a[axis], 0),
  );
  const offMean = logits.weight.map((a) => differenceFromMean(logits.weight, pi, a));
  const t = offMean.map((difference) => difference.map((along) => lambda * s * along));
  const linear = field.kind === 'max' || field.kind === 'argmax';
  const small = !linear && t.every(([tX, tY]) => Math.abs(tX) + Math.abs(tY) <= SMALL);

  const precise = readLogitsPrecisely(field, anchor.x, anchor.y);
  // Where the view is not small the shader gives the gradient itself.
  const base = precise.gradient.map((along) => (small ? scale(along, gain) : ZERO)) as Pair;
  const parameters = new Float32Array(HEADER_LENGTH + OWN_HEADER + PER_LOGIT * count);
  writeHeader(parameters, base.map(toNumber) as [number, number], small);
  const a = logits.weight;
  parameters.set([1 / (lambda * s), gain / s, gain * lambda, field.component], HEADER_LENGTH);
  const unitA = alongBase(field, base);
  parameters.set([mean[0], mean[1], a[top][0], a[top][1], unitA[top]], HEADER_LENGTH + 4);
  const near = isNear(field, mean, logPi, t, s);
  parameters.set([near ? 1 : 0], HEADER_LENGTH + 9);
  for (let k = 0; k < count; k += 1) {
    const at = HEADER_LENGTH + OWN_HEADER + PER_LOGIT * k;
    const pair = [0, 1].map((axis) => t[k][axis] + t[field.component][axis]);
    parameters.set([...a[k], ...t[k], ...pair, pi[k], logPi[k], below[k] / s, unitA[k]], at);
  }
  // Likewise the gap.
  const countsFrom0 = field.kind === 'argmax' || (field.kind === 'gap' && !small);
  const own = add(scale(precise.value, gain), { high: field.shift, low: 0 });
  return {
    parameters,
    offset: countsFrom0 ? ZERO : own,
    scale: field.kind === 'argmax' ? 1 : s,
    baseGradient: base,
    small,
    // Views that are small or flat have formulas in which less cancels.
    ...(field.kind === 'lse' && !small && !near ? { servesSeries: servesSeries(logPi, t) } : {}),
  };
}

/**
 * What of a_k − a_0, or for softmax of a_j − a_k with j the component shown, has the direction of the gradient
 * at the anchor: in float64, so that what vanishes there vanishes in the shader, however it rounds its products.
 */
function alongBase({ kind, logits, component }: LogitFieldParameters, base: Pair): number[] {
  const [b1, b2] = base.map(toNumber);
  const length = Math.hypot(b1, b2) || 1;
  const along = ([d1, d2]: Vec2) => d1 * (b1 / length) + d2 * (b2 / length);
  const [from, sign] = kind === 'softmax' ? [component, -1] : [0, 1];
  const [o1, o2] = logits.weight[from];
  return logits.weight.map(([a1, a2]) => sign * along([a1 - o1, a2 - o2]) + 0);
}

/**
 * Whether the form in logitsNear.ts serves the view: what is shown changes little up to its corners (λ · lse, which
 * is convex, so nowhere is more of it; or the component of softmax), and no logit comes to outweigh all others.
 */
function isNear(
  { kind, lambda, component }: LogitFieldParameters,
  mean: readonly number[],
  logPi: readonly number[],
  t: readonly (readonly number[])[],
  halfWidth: number,
): boolean {
  const highest = logPi.map((log, k) => log + Math.abs(t[k][0]) + Math.abs(t[k][1]));
  if (Math.max(...highest) > HIGHEST) return false;
  const changes = [-1, 1].flatMap((x) =>
    [-1, 1].map((y) => {
      const exponents = logPi.map((log, k) => log + (t[k][0] * x + t[k][1] * y));
      const most = Math.max(...exponents);
      const total = exponents.reduce((sum, exponent) => sum + Math.exp(exponent - most), 0);
      const logTotal = most + Math.log(total);
      return kind === 'softmax'
        ? Math.exp(exponents[component] - logTotal) - Math.exp(logPi[component])
        : lambda * halfWidth * (mean[0] * x + mean[1] * y) + logTotal;
    }),
  );
  return changes.every((change) => Math.abs(change) < FLAT);
}

/** a·c + b in double-double. */
function affineAt(a: readonly [number, number], b: number, anchor: Anchor): DoubleDouble {
  const linear = add(scale(anchor.x, a[0]), scale(anchor.y, a[1]));
  return add(linear, { high: b, low: 0 });
}

function firstLargest(values: readonly DoubleDouble[]): number {
  let best = 0;
  values.forEach((value, k) => {
    if (toNumber(add(value, negate(values[best]))) > 0) best = k;
  });
  return best;
}

/** a − Σ π_k a_k, as a sum of differences: where π is nearly 1 for one k, its own difference is tiny. */
function differenceFromMean(weight: readonly Vec2[], pi: readonly number[], a: Vec2): Vec2 {
  const along = (axis: 0 | 1) =>
    weight.reduce((total, other, k) => total + pi[k] * (a[axis] - other[axis]), 0);
  return [along(0), along(1)];
}
