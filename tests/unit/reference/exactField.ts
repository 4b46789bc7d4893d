import type { Vec2 } from '../../../src/model/field.ts';
import type { View } from '../../../src/view/view.ts';
import { drawNetwork, resolveLogits, type Shorthand, type ShortNeuron } from '../../shorthand.ts';
import {
  add,
  alignDyadics,
  type Dyadic,
  fromNumber,
  multiply,
  quotientToNumber,
  subtract,
  ZERO,
} from './dyadic.ts';
import { createExactDelta, exactPoint } from './exactMlp.ts';
import { divide, exp, fromFixedPoint, log, ONE, toFixedPoint } from './fixedPoint.ts';

/**
 * u ↦ (f(c + s u) − f(c)) / s for a field of any kind, rounded once to float64.
 * Networks, max and argmax are exact; the smooth fields are computed from exact logits with an
 * absolute error of f below 1e-115.
 */
export function createExactFieldDelta(field: Shorthand, view: View): (u: Vec2) => number {
  if (field.kind === 'mlp') return createExactDelta(drawNetwork(field), view);
  const halfWidth = fromNumber(view.halfWidth);
  const atCenter = exactValue(field, ...exactPoint(view, [0, 0]));
  return (u) =>
    quotientToNumber(subtract(exactValue(field, ...exactPoint(view, u)), atCenter), halfWidth);
}

/** The value of a field that is no network, to an absolute error below 1e-115. */
export function exactValue(
  field: Exclude<Shorthand, { kind: 'mlp' }>,
  x: Dyadic,
  y: Dyadic,
): Dyadic {
  if ('weight' in field) return exactNeuron(field, x, y);
  const { weight, bias } = resolveLogits(field.logits);
  const sigma = weight.map((row, k) => affine(row, bias[k]!, x, y));
  const winner = indexOfLargest(sigma);
  if (field.kind === 'max') return sigma[winner]!;
  if (field.kind === 'argmax') return fromNumber(field.component === winner ? 1 : 0);

  const lambda = fromNumber(field.lambda);
  const exponentials = sigma.map((logit) =>
    exp(toFixedPoint(multiply(lambda, subtract(logit, sigma[winner]!)))),
  );
  const total = exponentials.reduce((sum, term) => sum + term, 0n);
  if (field.kind === 'softmax') {
    return fromFixedPoint(divide(exponentials[field.component]!, total));
  }
  const gap = fromFixedPoint(divide(log(total), toFixedPoint(lambda)));
  return field.kind === 'gap' ? gap : add(sigma[winner]!, gap);
}

function exactNeuron({ kind, weight, bias }: ShortNeuron, x: Dyadic, y: Dyadic): Dyadic {
  const z = affine(weight, bias, x, y);
  if (kind === 'sigmoid') return sigmoid(z);
  // tanh z = 2 sigmoid(2 z) − 1
  const two = fromNumber(2);
  return subtract(multiply(two, sigmoid(multiply(two, z))), fromNumber(1));
}

function affine(weight: Vec2, bias: number, x: Dyadic, y: Dyadic): Dyadic {
  const linear = add(multiply(fromNumber(weight[0]), x), multiply(fromNumber(weight[1]), y));
  return add(linear, fromNumber(bias));
}

function sigmoid(z: Dyadic): Dyadic {
  const isNegative = z.mantissa < 0n;
  const e = exp(toFixedPoint(isNegative ? z : subtract(ZERO, z)));
  return fromFixedPoint(divide(isNegative ? e : ONE, ONE + e));
}

/** The first of the largest. */
function indexOfLargest(values: readonly Dyadic[]): number {
  const { mantissas } = alignDyadics(values);
  return mantissas.reduce((best, mantissa, k) => (mantissa > mantissas[best]! ? k : best), 0);
}
