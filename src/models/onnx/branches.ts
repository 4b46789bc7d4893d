import {
  ACTIVATION_KINDS,
  type Activation,
  DEFAULT_ACTIVATIONS,
  traitsOf,
} from '../../model/activations.ts';
import { erf, sigmoid, softplus } from '../../numeric/special.ts';
import { ModelFileError } from '../modelFile.ts';
import { printName } from '../tensors.ts';
import type { Budget } from './budget.ts';
import type { OnnxNode } from './graph.ts';
import type { LayerStack } from './layerStack.ts';
import type { Tensor } from './tensor.ts';
import { affine, type Flow, isFlow, type Value } from './values.ts';

/**
 * Where functions are compared with activations; far out at both ends these are straight to all digits, but for sine. Some are close
 * to 0, where a steep softplus, or a threshold that is not quite 0, differs from ReLU.
 */
const POINTS = Float64Array.from([
  -40,
  ...Array.from({ length: 95 }, (_, i) => (i - 47) / Math.E),
  ...Array.from({ length: 10 }, (_, k) => 4 ** -(k + 1) / Math.E).flatMap((t) => [-t, t]),
  40,
]);
/** Of the factor, and beyond 1 of the point: constants of float32 files are rounded. */
const TOLERANCE = 1e-6;
/** Steps of the budget for a function at one point. */
const POINT_STEPS = 8;

/** Operations by elements of which activations are composed. */
const FUNCTIONS: { readonly [operation: string]: (...operands: number[]) => number } = {
  Identity: (t) => t,
  Cast: (t) => t,
  Neg: (t) => -t,
  Abs: Math.abs,
  Relu: (t) => Math.max(t, 0),
  Sigmoid: sigmoid,
  Tanh: Math.tanh,
  Softplus: softplus,
  Erf: erf,
  Exp: Math.exp,
  Log: Math.log,
  Pow: (t, exponent) => t ** exponent!,
  Add: (a, b) => a + b!,
  Sub: (a, b) => a - b!,
  Mul: (a, b) => a * b!,
  Div: (a, b) => a / b!,
  Max: Math.max,
  Min: Math.min,
  Greater: (a, b) => Number(a > b!),
  GreaterOrEqual: (a, b) => Number(a >= b!),
  Less: (a, b) => Number(a < b!),
  LessOrEqual: (a, b) => Number(a <= b!),
  Where: (condition, a, b) => (condition === 0 ? b! : a!),
};
/** A comparison that comes out alike at all points would hide what the function is elsewhere. */
const COMPARISONS = ['Greater', 'GreaterOrEqual', 'Less', 'LessOrEqual'];
/** What may be in their attributes without changing them: the type of a float. */
const HARMLESS = ['to', 'saturate'];

/** A function of the elements of one flow. */
interface Curve {
  readonly root: Flow;
  /** At POINTS. */
  readonly values: Float64Array;
}

/**
 * Branches that begin at a value which several nodes use, and meet again, work by elements and together are one activation,
 * e.g. x · Sigmoid(x). It is found by its values, not by its spelling, of which every exporter has its own.
 */
export class Branches {
  readonly #uses = new Map<string, number>();
  readonly #curves = new Map<string, Curve>();
  /** How many operands are still to read a function of this flow. */
  readonly #awaited = new Map<Flow, number>();
  readonly #stack: LayerStack;
  readonly #budget: Budget;

  /** @param nodes those that use values; they are followed. */
  constructor(nodes: readonly OnnxNode[], output: string, stack: LayerStack, budget: Budget) {
    this.#stack = stack;
    this.#budget = budget;
    for (const name of [output, ...nodes.flatMap(({ inputs }) => inputs)]) {
      this.#uses.set(name, this.#usesOf(name) + 1);
    }
  }

  /** Whether a node works on a branch. */
  has({ inputs }: OnnxNode, find: (name: string) => Value | undefined): boolean {
    return inputs.some((name) => {
      const value = find(name);
      return this.#curves.has(name) || (value && isFlow(value) && this.#usesOf(name) > 1);
    });
  }

  /**
   * Follows a node on a branch.
   * @returns its output, and the activation if the branches meet in it; null while they have not met.
   * @throws ModelFileError if the node does not work by elements, or the branches meet as no known activation.
   */
  follow(
    { operation, attributes, inputs, outputs }: OnnxNode,
    find: (name: string) => Value | undefined,
  ): { readonly value: Value; readonly activation: Activation } | null {
    const combine = Object.hasOwn(FUNCTIONS, operation) && FUNCTIONS[operation];
    if (!combine || [...attributes.keys()].some((name) => !HARMLESS.includes(name))) {
      const readable = `branches of these can be read, if they meet as an activation: ${Object.keys(FUNCTIONS).join(', ')}`;
      throw new ModelFileError(`the graph has branches here; ${readable}`);
    }
    const operands = inputs.map((name) => this.#operand(name, find));
    const curves = operands.filter((operand) => typeof operand !== 'number');
    const { root } = curves[0]!;
    if (curves.some((curve) => curve.root !== root)) {
      throw new ModelFileError('branches meet that begin at different values');
    }
    this.#budget.takeSteps(POINT_STEPS * POINTS.length * operands.length);
    const values = POINTS.map((_, i) =>
      combine(...operands.map((one) => (typeof one === 'number' ? one : one.values[i]!))),
    );
    if (COMPARISONS.includes(operation) && values.every((value) => value === values[0])) {
      const range = `${POINTS[0]} to ${POINTS.at(-1)}`;
      throw new ModelFileError(
        `it comes out alike for all numbers from ${range}; a comparison that tells them apart can be read`,
      );
    }
    const name = outputs[0]!;
    const others = this.#awaited.get(root)! - curves.length;
    this.#awaited.set(root, others + this.#usesOf(name));
    if (others > 0) {
      this.#curves.set(name, { root, values });
      return null;
    }
    const found = findActivation(values);
    return { value: this.#activated(root, found), activation: found.activation };
  }

  #usesOf(name: string): number {
    return this.#uses.get(name) ?? 0;
  }

  #operand(name: string, find: (name: string) => Value | undefined): Curve | number {
    const known = this.#curves.get(name);
    if (known) return known;
    const value = find(name);
    if (!value) throw new ModelFileError(`nothing before it makes "${printName(name)}"`);
    if (!isFlow(value)) return onlyNumber(value, name);
    const curve = { root: value, values: POINTS };
    this.#curves.set(name, curve);
    this.#awaited.set(value, this.#usesOf(name));
    return curve;
  }

  #activated(root: Flow, { activation, factor, rate }: Found): Value {
    const times = (value: Flow, by: number) =>
      affine(
        value,
        () => by,
        () => 0,
        this.#budget,
      ) as Flow;
    const steep = rate === 1 ? root : times(root, rate);
    const made = activation === 'identity' ? steep : this.#stack.activate(steep, activation);
    return times(made, factor);
  }
}

function onlyNumber({ data, shape }: Tensor, name: string): number {
  if (data.length === 1) return data[0]!;
  throw new ModelFileError(
    `"${printName(name)}" on a branch has ${shape.join(' × ')} numbers; single ones can be read`,
  );
}

/** factor · φ(rate · t) */
interface Found {
  readonly activation: Activation;
  readonly factor: number;
  readonly rate: number;
}

/** The activation whose multiple a function is. @throws ModelFileError if there is none. */
function findActivation(values: Float64Array): Found {
  const rates = candidatesFor(values).map((activation) => ({ activation, rate: 1 }));
  const rate = softplusRate(values);
  if (rate <= SOFTPLUS_RATE_MAX) rates.push({ activation: 'softplus', rate });
  for (const { activation, rate } of rates) {
    const { value } = traitsOf(activation);
    const own = POINTS.map((t) => value(rate * t, activation, 0));
    const factor = round(values.at(-1)! / own.at(-1)!);
    const isSame = values.every(
      (found, i) =>
        Math.abs(found - factor * own[i]!) <=
        TOLERANCE * Math.abs(factor) * Math.max(1, Math.abs(POINTS[i]!)),
    );
    if (isSame && factor !== 0) return { activation, factor, rate };
  }
  throw new ModelFileError('branches meet in it, but as no activation that is known');
}

/** With more, softplus differs from ReLU at the point 0 alone. */
const SOFTPLUS_RATE_MAX = 1000;

/** β of factor · softplus(β t), by the value at 0, which is factor · ln 2, and the rise far out, which is factor · β. */
function softplusRate(values: Float64Array): number {
  const rise = values.at(-1)! / POINTS.at(-1)!;
  const rate = round((rise * Math.LN2) / values[POINTS.indexOf(0)]!);
  return rate > 0 ? rate : Number.POSITIVE_INFINITY;
}

/** Without the last digit, so that quotients of a whole number are that number. */
function round(value: number): number {
  return Number(value.toPrecision(15));
}

/** With the parameters that the function's values far out ask for. */
function candidatesFor(values: Float64Array): Activation[] {
  const defaults = ACTIVATION_KINDS.map((kind) => DEFAULT_ACTIVATIONS[kind]);
  const rise = values.at(-1)! / POINTS.at(-1)!;
  const slope = round(values[0]! / POINTS[0]! / rise);
  const alpha = round(-values[0]! / rise);
  const isUsual = [slope, alpha].every((one) => Math.abs(one) < 1e3);
  return [
    ...defaults.filter((one) => typeof one === 'string'),
    ...(isUsual ? [{ kind: 'leakyRelu', slope } as const, { kind: 'elu', alpha } as const] : []),
  ];
}
