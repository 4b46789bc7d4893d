import type { NodeReader } from '../nodeReader.ts';
import { dataTypeOf, shapeText, sizeOf, type Tensor } from '../tensor.ts';
import { isFlow, rearranged, strided, stridesOf, type Value } from '../values.ts';
import type { Operation, Operations } from './operation.ts';

/** Reshapes to what a function makes of the shape; the elements keep their order. */
const reshaping = (
  attributes: readonly string[],
  shapeOf: (node: NodeReader, value: Value) => readonly number[],
): Operation => ({
  attributes,
  read(node) {
    const value = node.operand(0);
    const shape = shapeOf(node, value);
    if (sizeOf(shape) !== sizeOf(value.shape)) {
      const [from, to] = [shapeText(value.shape), shapeText(shape)];
      node.fail(`it makes ${to} of ${from}, which has another number of elements`);
    }
    return rearranged(value, shape, null, node.shop.budget);
  },
});

/** Operations that change shapes, or make constants. */
export const SHAPES: Operations = {
  Flatten: reshaping(['axis'], (node, { shape }) => {
    const axis = node.axis(node.integer('axis', 1), shape.length + 1);
    return [sizeOf(shape.slice(0, axis)), sizeOf(shape.slice(axis))];
  }),
  Reshape: reshaping(['allowzero', 'consumed_inputs'], reshaped),
  Squeeze: reshaping(['axes'], (node, { shape }) => {
    const axes = axesOf(node, shape.length);
    if (!axes) return shape.filter((size) => size !== 1);
    if (axes.some((axis) => shape[axis] !== 1)) node.fail(`it squeezes ${shapeText(shape)}`);
    return shape.filter((_, i) => !axes.includes(i));
  }),
  Unsqueeze: reshaping(['axes'], (node, { shape }) => {
    const count = axisList(node)?.length ?? node.fail('it has no axes');
    const axes = axesOf(node, shape.length + count)!;
    const rest = shape.values();
    return Array.from({ length: shape.length + axes.length }, (_, i) =>
      axes.includes(i) ? 1 : (rest.next().value ?? node.fail('its axes repeat')),
    );
  }),
  Identity: { attributes: [], read: (node) => node.operand(0) },
  Dropout: {
    attributes: ['ratio', 'is_test', 'seed', 'consumed_inputs'],
    read(node) {
      if (node.scalar(2, 0) !== 0) node.fail('it is in training mode');
      return node.operand(0);
    },
  },
  Cast: { attributes: ['to', 'saturate', 'round_mode'], read: cast },
  Transpose: { attributes: ['perm'], read: transposed },
  Constant: {
    attributes: ['value', 'value_float', 'value_floats', 'value_int', 'value_ints'],
    read: constant,
  },
};

function reshaped(node: NodeReader, { shape }: Value): readonly number[] {
  const wanted = Array.from(node.constant(1).data);
  const keepsZero = node.integer('allowzero', 0) === 0;
  const sizes = wanted.map((size, i) => (size === 0 && keepsZero ? (shape[i] ?? 0) : size));
  const rest = sizes.indexOf(-1);
  if (rest < 0) return sizes;
  const others = sizeOf(sizes.filter((_, i) => i !== rest));
  return sizes.with(rest, sizeOf(shape) / others);
}

/** Axes of one node. */
const AXES_MAX = 16;

/** From the attribute, or since a version from an input; null if there are none. */
function axisList(node: NodeReader, inputSince = 13): readonly number[] | null {
  const axes =
    node.shop.opset < inputSince ? node.integers('axes') : (node.optionalConstant(1)?.data ?? null);
  if (axes && axes.length > AXES_MAX) node.fail(`it has ${axes.length} axes`);
  return axes && Array.from(axes);
}

/** The axes of a node, from 0 to rank − 1; null if it names none. */
export function axesOf(node: NodeReader, rank: number, inputSince = 13): number[] | null {
  return axisList(node, inputSince)?.map((axis) => node.axis(axis, rank)) ?? null;
}

/** Rounding to a shorter float is left out: what the picture shows is computed in real numbers. */
function cast(node: NodeReader): Value {
  const value = node.operand(0);
  const { name, isInteger } = dataTypeOf(node.integer('to', 0));
  if (isFlow(value)) {
    if (isInteger) node.fail(`it makes ${name} of what depends on the network's input`);
    return value;
  }
  if (isInteger && !/^u?int/.test(name)) node.fail(`it makes ${name} of numbers`);
  if (!isInteger || value.isInteger) return { ...value, isInteger };
  return { ...value, isInteger, data: value.data.map(Math.trunc) };
}

function transposed(node: NodeReader): Value {
  const value = node.operand(0);
  const rank = value.shape.length;
  const order = node.integers('perm') ?? value.shape.map((_, i) => rank - 1 - i);
  const axes = order.map((axis) => node.axis(axis, rank));
  if (axes.length !== rank || new Set(axes).size !== rank) node.fail('its perm is no permutation');
  const shape = axes.map((axis) => value.shape[axis]!);
  const strides = stridesOf(value.shape);
  const taken = axes.map((axis) => strides[axis]!);
  const { budget } = node.shop;
  // Moving axes of size 1 changes no order.
  const isInOrder = taken.every((own, i) => shape[i] === 1 || own === stridesOf(shape)[i]);
  return rearranged(value, shape, isInOrder ? null : strided(shape, taken, budget), budget);
}

function constant(node: NodeReader): Tensor {
  const list = (data: readonly number[], isInteger: boolean): Tensor => {
    if (!data.every(Number.isFinite)) node.fail('it is not finite');
    return { shape: [data.length], data: Float64Array.from(data), isInteger };
  };
  const single = (value: number, isInteger: boolean) => ({
    ...list([value], isInteger),
    shape: [],
  });
  if (node.hasAttribute('value_float')) return single(node.number('value_float', 0), false);
  if (node.hasAttribute('value_int')) return single(node.integer('value_int', 0), true);
  const floats = node.floats('value_floats');
  if (floats?.length) return list(floats, false);
  const integers = node.integers('value_ints');
  if (integers?.length) return list(integers, true);
  return node.tensor('value') ?? node.fail('it has no value that can be read');
}
