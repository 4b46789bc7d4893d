import type { NodeReader } from '../nodeReader.ts';
import { shapeText, type Tensor } from '../tensor.ts';
import {
  affine,
  broadcast,
  broadcastElements,
  broadcastShapes,
  isFlow,
  type Value,
} from '../values.ts';
import type { Operations } from './operation.ts';

/** Operations that treat each element by itself and are affine. */
export const ELEMENTWISE: Operations = {
  Add: {
    attributes: ['axis', 'broadcast', 'consumed_inputs'],
    read: (node) => combined(node, (x, c) => withElements(node, x, c, { term: (own) => own })),
  },
  Sub: {
    attributes: ['axis', 'broadcast', 'consumed_inputs'],
    read: (node) =>
      combined(node, (x, c, isFirst) =>
        isFirst
          ? withElements(node, x, c, { term: (own) => -own })
          : withElements(node, x, c, { factor: () => -1, term: (own) => own }),
      ),
  },
  Mul: {
    attributes: ['axis', 'broadcast', 'consumed_inputs'],
    read: (node) => combined(node, (x, c) => withElements(node, x, c, { factor: (own) => own })),
  },
  Div: {
    attributes: ['axis', 'broadcast', 'consumed_inputs'],
    read: (node) => combined(node, (x, c, isFirst) => quotient(node, x, c, isFirst)),
  },
  Neg: {
    attributes: ['consumed_inputs'],
    read: (node) =>
      affine(
        node.operand(0),
        () => -1,
        () => 0,
        node.shop.budget,
      ),
  },
  BatchNormalization: {
    attributes: ['epsilon', 'momentum', 'spatial', 'is_test', 'training_mode', 'consumed_inputs'],
    read: batchNormalization,
  },
};

/** An operation on two operands of which one at least is a constant. `isFirst`: x is the first of them. */
function combined(
  node: NodeReader,
  combine: (x: Value, constant: Tensor, isFirst: boolean) => Value,
): Value {
  const first = node.operand(0);
  const second = alignedAtAxis(node, first, node.operand(1));
  if (!isFlow(second)) return combine(first, second, true);
  if (!isFlow(first)) return combine(second, first, false);
  return node.fail("both inputs depend on the network's input");
}

/** Before version 7 shapes had to be equal, unless `broadcast` is set: then `axis` is where the second's axes begin. */
function alignedAtAxis(node: NodeReader, first: Value, second: Value): Value {
  if (node.shop.opset >= 7) return second;
  const [large, small] = [first.shape, second.shape];
  if (node.integer('broadcast', 0) === 0) {
    const areEqual = large.length === small.length && large.every((size, i) => size === small[i]);
    if (areEqual) return second;
    return node.fail(
      `shapes ${shapeText(large)} and ${shapeText(small)} differ, and broadcast is not set`,
    );
  }
  if (!node.hasAttribute('axis')) return second;
  const after = large.length - small.length - node.axis(node.integer('axis', 0), large.length);
  if (after < 0) return node.fail(`shape ${shapeText(small)} does not fit behind its axis`);
  return { ...second, shape: [...small, ...Array.from({ length: after }, () => 1)] };
}

/** factor · x + term, where both are functions of the constant's element. */
function withElements(
  { shop: { budget } }: NodeReader,
  x: Value,
  constant: Tensor,
  { factor, term }: { factor?: (own: number) => number; term?: (own: number) => number },
): Value {
  const shape = broadcastShapes(x.shape, constant.shape);
  const element = broadcastElements(constant, shape, budget);
  return affine(
    broadcast(x, shape, budget),
    (i) => (factor ? factor(element(i)) : 1),
    (i) => (term ? term(element(i)) : 0),
    budget,
  );
}

function quotient(node: NodeReader, x: Value, constant: Tensor, isFirst: boolean): Value {
  if (!isFirst) return node.fail("a constant is divided by what depends on the network's input");
  if (constant.isInteger) return node.fail('it divides integers');
  if (constant.data.includes(0)) return node.fail('it divides by 0');
  return withElements(node, x, constant, { factor: (own) => 1 / own });
}

/** y = (x − mean) / √(variance + ε) · scale + bias along axis 1, from the statistics in the file. */
function batchNormalization(node: NodeReader): Value {
  const x = node.flow(0);
  const statistics = [1, 2, 3, 4].map((i) => node.constant(i).data);
  const [scale, bias, mean, variance] = statistics as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  if (node.integer('training_mode', 0) !== 0) node.fail('it is in training mode');
  if (node.integer('spatial', 1) !== 1) node.fail('its spatial is 0; 1 can be read');
  const channels = x.shape[1] ?? 1;
  if (statistics.some(({ length }) => length !== channels)) {
    node.fail(`its statistics are not ${channels} numbers each, one for each channel`);
  }
  const epsilon = node.number('epsilon', 1e-5);
  const factors = scale.map((own, c) => own / Math.sqrt(variance[c]! + epsilon));
  if (!factors.every(Number.isFinite)) node.fail('a variance is not above 0');
  const perChannel = x.shape.slice(2).reduce((product, size) => product * size, 1);
  const channelOf = (i: number) => Math.floor(i / perChannel) % channels;
  node.shop.notes.add(
    'Batch normalization is folded into the layers, with the statistics of the file.',
  );
  return affine(
    x,
    (i) => factors[channelOf(i)]!,
    (i) => bias[channelOf(i)]! - mean[channelOf(i)]! * factors[channelOf(i)]!,
    node.shop.budget,
  );
}
