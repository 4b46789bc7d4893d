import type { Grid } from '../../../src/kernels/grid.ts';
import { STRAIGHT_TILE_ROWS } from '../../../src/kernels/shaderConstants.ts';
import { type Activation, kindOfActivation } from '../../../src/model/activations.ts';
import type { Vec2 } from '../../../src/model/field.ts';
import { neuronKey } from '../../../src/model/pattern.ts';
import type { PlaneReadout, ResolvedField } from '../../../src/model/resolve.ts';
import { anchoredEvaluator } from '../../../src/reference/anchoredEvaluator.ts';
import { AnchoredPass } from '../../../src/reference/anchoredPass.ts';
import { MAP_SIZE } from '../../../src/reference/planePass.ts';
import { shareSlack } from '../accuracy/exactLogitSample.ts';
import { type Hinge, planeRounding } from './rounding.ts';

/** What a field is at a sample, and what float32 may be off there beyond 1e-5 of the view's range. */
export interface Sample {
  readonly value: number;
  /** Since the centre. */
  readonly change: number;
  readonly gradient: Vec2;
  readonly gradientChange: Vec2;
  readonly region: number;
  /** No pre-activation, and no lead of a winner, is within rounding distance of 0. */
  readonly away: boolean;
  readonly gradientSlack: number;
  /** The same of the value, if differences of outputs are off by `error`. */
  valueSlack(error: number): number;
  /** By how much they may be off, and at the end of a step of np.gradient. */
  readonly error: number;
  readonly stepError: number;
  /** The outputs' largest gradient over the largest difference of two: rounded weights have fewer digits of the difference. */
  readonly condition: number;
  /** How much of the sample a line covers where the winner changes, 0 … 1, and by how much that may be off; null if K is 1. */
  readonly boundary: Line | null;
  /** The same where a pre-activation is 0, with the numbers of the layers whose lines cover most. */
  readonly hinge: Line & { readonly layers: readonly number[] };
}

interface Line {
  readonly coverage: number;
  readonly slack: number;
}

/** The outputs z at a sample, the greatest of which wins, less the first of them; their gradients; and how far differences may be off. */
interface Outputs {
  readonly values: readonly number[];
  readonly gradients: readonly Vec2[];
  readonly error: number;
}

/** All samples of a grid of the plane, in rows. */
export function samplesOf(resolved: ResolvedField, grid: Grid): Sample[] {
  const { anchor, origin, step, width, height } = grid;
  const { plane, readout } = resolved;
  const about = anchoredEvaluator(resolved, anchor);
  const tile = [
    2 * anchor.halfWidth * step[0],
    0.5 * STRAIGHT_TILE_ROWS * anchor.halfWidth * step[1],
  ] as const;
  const rounding = planeRounding(plane, anchor, tile);
  const pass = new AnchoredPass(plane, anchor);
  const clamps = resolved.network.layers.some(({ activation }) => isClamp(activation));
  return Array.from({ length: width * height }, (_, i) => {
    const dx = anchor.halfWidth * (((i % width) - origin[0]) * step[0]);
    const dy = anchor.halfWidth * ((Math.floor(i / width) - origin[1]) * step[1]);
    const { away, pattern, output, step: stepError, hinges } = rounding(dx, dy);
    const outputs = outputsOf(pass, readout, dx, dy, output);
    const change = about.change(dx, dy);
    return {
      value: about.value + change,
      change,
      gradient: about.gradientAt(dx, dy),
      gradientChange: about.gradientChange(dx, dy),
      region: plane.layers.length > 1 ? pattern : affineRegion(resolved, outputs),
      away: away && isAhead(readout, outputs),
      gradientSlack: slacksOf(readout, outputs).gradientSlack,
      // Where a clamp rises, its pre-activation's rounding counts, which may be large compared with its range.
      valueSlack: (error) =>
        Math.max(clamps ? error : 0, slacksOf(readout, { ...outputs, error }).valueSlack),
      error: outputs.error,
      stepError,
      condition: conditionOf(outputs),
      boundary: outputs.values.length < 2 ? null : boundaryOf(outputs, grid),
      hinge: hingeOf(hinges, grid),
    };
  });
}

function isClamp(activation: Activation): boolean {
  return ['hardtanh', 'relu6'].includes(kindOfActivation(activation));
}

function outputsOf(
  pass: AnchoredPass,
  readout: PlaneReadout,
  dx: number,
  dy: number,
  error: number,
): Outputs {
  const changes = pass.load(dx, dy);
  const { maps } = pass.differentiate();
  const { high, low } = pass.outputs;
  const sign = 'wins' in readout && readout.wins === 'least' ? -1 : 1;
  const ofOne = readout.kind === 'sigmoid' || readout.kind === 'tanh';
  const values = Array.from(changes, (change, k) =>
    ofOne
      ? high[k]! + (low[k]! + change)
      : sign * (high[k]! - high[0]! + (low[k]! - low[0]! + change)),
  );
  const gradients = values.map(
    (_, k): Vec2 => [sign * maps[MAP_SIZE * k]!, sign * maps[MAP_SIZE * k + 1]!],
  );
  // Sigmoid and tanh are softmax of the outputs 0 and z.
  if (ofOne) return { values: [0, ...values], gradients: [[0, 0], ...gradients], error };
  return { values, gradients, error };
}

/** As FieldEvaluator.regionId has them. */
function affineRegion({ readout }: ResolvedField, { values }: Outputs): number {
  if (readout.kind === 'output') return 0;
  const top = values.indexOf(Math.max(...values));
  if (readout.kind === 'sigmoid' || readout.kind === 'tanh') return top === 0 ? 0 : neuronKey(0);
  return neuronKey(top);
}

/** Whether the winner, and for the margin the second too, is ahead of the next by more than rounding; equal outputs never are. */
function isAhead(readout: PlaneReadout, { values, error }: Outputs): boolean {
  const ranked = [...values].sort((a, b) => b - a);
  const places = readout.kind === 'margin' ? 2 : 1;
  return ranked.slice(0, places).every((value, i) => {
    const next = ranked[i + 1];
    return next === undefined || value - next > 2 * error;
  });
}

function conditionOf({ gradients }: Outputs): number {
  const lengths = gradients.map((gradient) => Math.hypot(...gradient));
  const differences = gradients.map((a) =>
    Math.hypot(a[0] - gradients[0]![0], a[1] - gradients[0]![1]),
  );
  const most = Math.max(...differences);
  return most === 0 ? 0 : Math.max(...lengths) / most;
}

/** The line's coverage by the output that is nearest to overtaking the winner. */
function boundaryOf({ values, gradients, error }: Outputs, { anchor, step, hingeHalfWidth }: Grid) {
  const top = values.indexOf(Math.max(...values));
  const unit = anchor.halfWidth;
  let [coverage, slack] = [0, 0];
  values.forEach((value, k) => {
    const along = [0, 1].map(
      (axis) => (gradients[top]![axis]! - gradients[k]![axis]!) * unit * step[axis]!,
    );
    const slope = Math.hypot(...along);
    if (k === top || slope === 0) return;
    const distance = (values[top]! - value) / slope;
    coverage = Math.max(coverage, Math.min(1, Math.max(0, hingeHalfWidth + 0.5 - distance)));
    if (distance < hingeHalfWidth + 1) slack = Math.max(slack, (2 * error) / slope);
  });
  return { coverage, slack };
}

/** The line of the neuron that covers most. */
function hingeOf(hinges: readonly Hinge[], { anchor, step, hingeHalfWidth }: Grid) {
  const covers = hinges.map(({ layer, height, error, gradient }) => {
    const slope = Math.hypot(...gradient.map((g, axis) => g * anchor.halfWidth * step[axis]!));
    const reach = hingeHalfWidth + 0.5;
    // A neuron without a slope has no hinge.
    const coverage = slope === 0 ? 0 : Math.min(1, Math.max(0, reach - Math.abs(height) / slope));
    return { layer, coverage, slack: coverage === 0 ? 0 : (2 * error) / slope };
  });
  const coverage = Math.max(0, ...covers.map((cover) => cover.coverage));
  const slack = Math.max(0, ...covers.map((cover) => cover.slack));
  const top = covers.filter((cover) => cover.coverage >= coverage - slack - 1 / 255);
  return { coverage, slack, layers: top.map(({ layer }) => layer) };
}

/**
 * Exponents λ z are off by tau = λ · error if positions, products and sums round: by how much that moves shares of softmax, a gap, and
 * gradients made of shares. Other readouts pass errors of outputs on as they are.
 */
function slacksOf(
  readout: PlaneReadout,
  outputs: Outputs,
): { readonly valueSlack: number; readonly gradientSlack: number } {
  switch (readout.kind) {
    case 'lse':
      return { valueSlack: 0, gradientSlack: meanSlack(outputs, readout.lambda) };
    case 'gap':
      return {
        valueSlack: gapSlack(outputs, readout.lambda),
        gradientSlack: meanSlack(outputs, readout.lambda),
      };
    case 'softmax':
      return componentSlack(outputs, readout.lambda, readout.index, 1);
    case 'sigmoid':
      return componentSlack(outputs, 1, 1, 1);
    case 'tanh':
      return componentSlack(outputs, 2, 1, 2);
    default:
      return { valueSlack: 0, gradientSlack: 0 };
  }
}

/** Exponents less the largest, the shares by them, and by how much each of these may be off. */
function sharesOf({ values, error }: Outputs, lambda: number) {
  const most = Math.max(...values);
  const exponents = values.map((value) => lambda * (value - most));
  const total = exponents.reduce((sum, exponent) => sum + Math.exp(exponent), 0);
  return {
    top: values.indexOf(most),
    exponents,
    shares: exponents.map((exponent) => Math.exp(exponent) / total),
    slacks: exponents.map((_, k) =>
      values.length < 2 ? 0 : shareSlack(exponents, k, lambda * error),
    ),
  };
}

/** Of Σ y_k a_k. */
function meanSlack(outputs: Outputs, lambda: number): number {
  const { top, slacks } = sharesOf(outputs, lambda);
  return slacks.reduce((sum, slack, k) => sum + slack * distance(outputs, k, top), 0);
}

function gapSlack(outputs: Outputs, lambda: number): number {
  const { exponents, top } = sharesOf(outputs, lambda);
  const gap = (shift: number) =>
    Math.log1p(
      exponents.reduce(
        (sum, e, k) => (k === top ? sum : sum + Math.exp(Math.min(0, e + shift))),
        0,
      ),
    ) / lambda;
  const tau = lambda * outputs.error;
  return Math.max(gap(tau) - gap(0), gap(0) - gap(-tau));
}

/** Of a component j, whose gradient is λ Σ_k y_j y_k (a_j − a_k). */
function componentSlack(outputs: Outputs, lambda: number, j: number, gain: number) {
  const { shares, slacks } = sharesOf(outputs, lambda);
  const gradientSlack = shares.reduce((sum, share, k) => {
    const ofProduct = shares[j]! * slacks[k]! + share * slacks[j]! + slacks[j]! * slacks[k]!;
    return sum + gain * lambda * ofProduct * distance(outputs, k, j);
  }, 0);
  return { valueSlack: gain * slacks[j]!, gradientSlack };
}

function distance({ gradients }: Outputs, k: number, j: number): number {
  return Math.hypot(gradients[k]![0] - gradients[j]![0], gradients[k]![1] - gradients[j]![1]);
}
