import type { Activation } from '../../../model/activations.ts';
import type { NodeReader } from '../nodeReader.ts';
import { sizeOf } from '../tensor.ts';
import { affine, broadcastElements, broadcastShapes, type Flow, type Value } from '../values.ts';
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
  Max: {
    attributes: ['consumed_inputs'],
    read: (node) => clamped(node, node.flow(0), node.scalar(1, -NONE), NONE),
  },
  Min: {
    attributes: ['consumed_inputs'],
    read: (node) => clamped(node, node.flow(0), -NONE, node.scalar(1, NONE)),
  },
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
const NONE = (2 - 2 ** -23) * 2 ** 127;

function clip(node: NodeReader): Value {
  const isAttribute = node.shop.opset < 11;
  const min = isAttribute ? node.number('min', -NONE) : node.scalar(1, -NONE);
  const max = isAttribute ? node.number('max', NONE) : node.scalar(2, NONE);
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
  const { stack, budget } = node.shop;
  if (!(min < max)) return node.fail(`it clips to at least ${min} and at most ${max}`);
  const [hasMin, hasMax] = [min > -NONE, max < NONE];
  if (hasMin && hasMax) {
    return stack.activate(x, min === 0 && max === 6 ? 'relu6' : { kind: 'hardtanh', min, max });
  }
  if (!hasMin && !hasMax) return x;
  // max(x, m) = m + relu(x − m), and min(x, m) = m − relu(m − x).
  const [bound, sign] = hasMin ? [min, 1] : [max, -1];
  const beyond = affine(
    x,
    () => sign,
    () => -sign * bound,
    budget,
  ) as Flow;
  return affine(
    stack.activate(beyond, 'relu'),
    () => sign,
    () => bound,
    budget,
  );
}
