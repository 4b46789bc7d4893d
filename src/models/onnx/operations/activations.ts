import type { Activation } from '../../../model/activations.ts';
import { FLOAT32_MAX } from '../../../numeric/float32.ts';
import type { NodeReader } from '../nodeReader.ts';
import { sizeOf, type Tensor } from '../tensor.ts';
import {
  affine,
  broadcast,
  broadcastElements,
  broadcastShapes,
  type Flow,
  isFlow,
  type Value,
} from '../values.ts';
import type { Operation, Operations } from './operation.ts';

const plain = (activation: Activation): Operation => ({
  attributes: ['consumed_inputs'],
  read: (node) => node.shop.stack.activate(node.flow(0), activation),
});

const withAlpha = (otherwise: number, activation: (alpha: number) => Activation): Operation => ({
  attributes: ['alpha', 'consumed_inputs'],
  read: (node) =>
    node.shop.stack.activate(node.flow(0), activation(node.number('alpha', otherwise))),
});

/** Operations that end a layer. */
export const ACTIVATION_OPERATIONS: Operations = {
  Relu: plain('relu'),
  Abs: plain('abs'),
  Sigmoid: plain('sigmoid'),
  Tanh: plain('tanh'),
  Softplus: plain('softplus'),
  Sin: plain('sine'),
  LeakyRelu: withAlpha(0.01, (slope) => ({ kind: 'leakyRelu', slope })),
  Elu: withAlpha(1, (alpha) => ({ kind: 'elu', alpha })),
  PRelu: { attributes: ['consumed_inputs'], read: prelu },
  Selu: { attributes: ['alpha', 'gamma', 'consumed_inputs'], read: selu },
  Gelu: { attributes: ['approximate'], read: gelu },
  Swish: { attributes: ['alpha'], read: swish },
  Clip: { attributes: ['min', 'max', 'consumed_inputs'], read: clip },
  Max: { attributes: ['consumed_inputs'], read: (node) => extreme(node, 1) },
  Min: { attributes: ['consumed_inputs'], read: (node) => extreme(node, -1) },
  HardSigmoid: { attributes: ['alpha', 'beta', 'consumed_inputs'], read: hardSigmoid },
};

function prelu(node: NodeReader): Value {
  const { stack, budget, opset } = node.shop;
  const x = node.flow(0);
  const given = node.constant(1);
  // Before version 7 several slopes were those of the channels, along axis 1.
  const after = opset < 7 && given.data.length > 1 ? Math.max(0, x.shape.length - 2) : 0;
  const slope = { ...given, shape: [...given.shape, ...Array.from({ length: after }, () => 1)] };
  const shape = broadcastShapes(x.shape, slope.shape);
  if (sizeOf(shape) !== sizeOf(x.shape)) node.fail('its slopes are more than its values');
  const element = broadcastElements(slope, shape, budget);
  const slopes = Array.from(x.source, (_, i) => element(i));
  const isOne = slopes.every((own) => own === slopes[0]);
  return stack.activate(x, { kind: 'prelu', slopes: isOne ? slopes.slice(0, 1) : slopes });
}

/** γ (z for z > 0, else α (e^z − 1)). */
function selu(node: NodeReader): Value {
  const alpha = node.number('alpha', Math.fround(1.6732632));
  const gamma = node.number('gamma', Math.fround(1.050701));
  const elu = node.shop.stack.activate(node.flow(0), { kind: 'elu', alpha });
  return affine(
    elu,
    () => gamma,
    () => 0,
    node.shop.budget,
  );
}

function gelu(node: NodeReader): Value {
  const approximate = node.text('approximate', 'none');
  if (approximate !== 'none' && approximate !== 'tanh') {
    node.fail(`its approximate is "${approximate}"; none and tanh can be read`);
  }
  return node.shop.stack.activate(node.flow(0), approximate === 'tanh' ? 'geluTanh' : 'gelu');
}

function swish(node: NodeReader): Value {
  const alpha = node.number('alpha', 1);
  if (alpha !== 1) node.fail(`its alpha is ${alpha}; 1 can be read`);
  return node.shop.stack.activate(node.flow(0), 'silu');
}

/** float32's largest numbers are what Clip has for "none" before version 11. */
const NONE = FLOAT32_MAX;

function clip(node: NodeReader): Value {
  const isAttribute = node.shop.opset < 11;
  const min = isAttribute ? node.limit('min', -NONE) : node.scalar(1, -NONE);
  const max = isAttribute ? node.limit('max', NONE) : node.scalar(2, NONE);
  return clamped(node, node.flow(0), min, max);
}

function hardSigmoid(node: NodeReader): Value {
  const [alpha, beta] = [node.number('alpha', 0.2), node.number('beta', 0.5)];
  const line = affine(
    node.flow(0),
    () => alpha,
    () => beta,
    node.shop.budget,
  ) as Flow;
  return clamped(node, line, 0, 1);
}

function clamped(node: NodeReader, x: Flow, min: number, max: number): Value {
  const { stack } = node.shop;
  if (!(min < max)) return node.fail(`it clips to at least ${min} and at most ${max}`);
  const [hasMin, hasMax] = [min > -NONE, max < NONE];
  if (hasMin && hasMax) {
    return stack.activate(x, min === 0 && max === 6 ? 'relu6' : { kind: 'hardtanh', min, max });
  }
  if (!hasMin && !hasMax) return x;
  return hasMin ? bounded(node, x, 1, () => min) : bounded(node, x, -1, () => max);
}

/** max(x, m) = m + relu(x − m) by elements for sign 1, and min(x, m) = m − relu(m − x) for sign −1. */
function bounded(node: NodeReader, x: Flow, sign: 1 | -1, bound: (i: number) => number): Value {
  const { stack, budget } = node.shop;
  const beyond = affine(
    x,
    () => sign,
    (i) => -sign * bound(i),
    budget,
  ) as Flow;
  return affine(stack.activate(beyond, 'relu'), () => sign, bound, budget);
}

/** The greatest of the operands for sign 1, the least for sign −1; one of them depends on the network's input. */
function extreme(node: NodeReader, sign: 1 | -1): Value {
  const { budget } = node.shop;
  const operands = node.operands();
  const constants = operands.filter((one) => !isFlow(one)) as Tensor[];
  const [x, ...others] = operands.filter(isFlow);
  if (!x) return node.fail('its inputs are constants, on which it is not read');
  if (others.length > 0) return node.fail("two of its inputs depend on the network's input");
  const shape = constants.reduce((own, one) => broadcastShapes(own, one.shape), x.shape);
  const wide = broadcast(x, shape, budget) as Flow;
  const bounds = new Float64Array(wide.source.length).fill(-sign * Number.POSITIVE_INFINITY);
  budget.takeSteps(constants.length * bounds.length);
  for (const constant of constants) {
    const element = broadcastElements(constant, shape, budget);
    for (let i = 0; i < bounds.length; i += 1) {
      bounds[i] = sign * Math.max(sign * bounds[i]!, sign * element(i));
    }
  }
  const [bound = 0] = bounds;
  if (bounds.some((own) => own !== bound)) return bounded(node, wide, sign, (i) => bounds[i]!);
  return sign > 0 ? clamped(node, wide, bound, NONE) : clamped(node, wide, -NONE, bound);
}
