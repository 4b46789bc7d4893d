import type { NodeReader } from '../nodeReader.ts';
import { shapeText, sizeOf, type Tensor } from '../tensor.ts';
import { broadcastElements, broadcastShapes, strided, stridesOf } from '../values.ts';
import type { Operations } from './operation.ts';

/** Operations on constants by which exporters compute shapes from shapes. */
export const SIZES: Operations = {
  Shape: { attributes: ['start', 'end'], takesShape: true, read: sizesOf },
  Gather: { attributes: ['axis'], read: gathered },
  Slice: { attributes: ['axes', 'ends', 'starts'], read: sliced },
  Concat: { attributes: ['axis'], read: joined },
  ConstantOfShape: { attributes: ['value'], read: filled },
  Mod: { attributes: ['fmod'], read: modulo },
};

/** The sizes of a value from axis `start` to before `end`. */
function sizesOf(node: NodeReader): Tensor {
  const { data, isInteger } = node.constant(0);
  const picked = data.slice(node.integer('start', 0), node.integer('end', data.length));
  return { shape: [picked.length], data: picked, isInteger };
}

function gathered(node: NodeReader): Tensor {
  const { shape, data, isInteger } = node.constant(0);
  const places = node.constant(1);
  const axis = node.axis(node.integer('axis', 0), shape.length);
  const size = shape[axis]!;
  const after = sizeOf(shape.slice(axis + 1));
  const rows = sizeOf(shape.slice(0, axis)) * places.data.length;
  node.shop.budget.takeConstants(rows * after);
  const result = new Float64Array(rows * after);
  for (let row = 0; row < rows; row += 1) {
    const block = Math.floor(row / places.data.length);
    const from = block * size + node.axis(places.data[row % places.data.length]!, size);
    result.set(data.subarray(from * after, (from + 1) * after), row * after);
  }
  const resultShape = [...shape.slice(0, axis), ...places.shape, ...shape.slice(axis + 1)];
  return { shape: resultShape, data: result, isInteger };
}

/** What is left of a constant may be empty. Before version 10 the lists are attributes. */
function sliced(node: NodeReader): Tensor {
  const { shape, data, isInteger } = node.constant(0);
  const list = (name: string, i: number) =>
    node.shop.opset < 10 ? node.integers(name) : (node.optionalConstant(i)?.data ?? null);
  const starts = list('starts', 1) ?? node.fail('it has no starts');
  const ends = list('ends', 2) ?? node.fail('it has no ends');
  const axes = list('axes', 3) ?? Array.from(starts, (_, i) => i);
  const steps = list('', 4) ?? Array.from(starts, () => 1);
  if ([ends, axes, steps].some(({ length }) => length !== starts.length)) {
    node.fail('its starts, ends, axes and steps are not equally many');
  }
  const strides = stridesOf(shape);
  const counts = [...shape];
  let first = 0;
  Array.from(axes, (axis) => node.axis(axis, shape.length)).forEach((axis, i) => {
    const { start, step, count } = cut(node, shape[axis]!, starts[i]!, ends[i]!, steps[i]!);
    first += start * stridesOf(shape)[axis]!;
    strides[axis]! *= step;
    counts[axis] = count;
  });
  if (counts.includes(0)) return { shape: counts, data: new Float64Array(0), isInteger };
  const indices = strided(counts, strides, node.shop.budget);
  node.shop.budget.takeConstants(indices.length);
  return { shape: counts, data: Float64Array.from(indices, (i) => data[first + i]!), isInteger };
}

/** NumPy's start:end:step of so many elements. */
function cut(node: NodeReader, size: number, start: number, end: number, step: number) {
  if (!Number.isInteger(step) || step === 0) node.fail(`its step is ${step}`);
  const [least, greatest] = step > 0 ? [0, size] : [-1, size - 1];
  const within = (place: number) =>
    Math.min(Math.max(place < 0 ? place + size : place, least), greatest);
  const count = Math.max(0, Math.ceil((within(end) - within(start)) / step));
  return { start: count > 0 ? within(start) : 0, step, count };
}

/** Constants one after the other; some may be empty. */
function joined(node: NodeReader): Tensor {
  const parts = node.operands().map((_, i) => node.constant(i));
  const [head] = parts;
  const rank = head?.shape.length ?? node.fail('it has no inputs');
  const axis = node.axis(node.integer('axis', 0), rank);
  const fits = ({ shape }: Tensor) =>
    shape.length === rank && shape.every((size, i) => i === axis || size === head!.shape[i]);
  if (!parts.every(fits)) {
    node.fail(`shapes ${parts.map(({ shape }) => shapeText(shape)).join(', ')} do not fit`);
  }
  const length = parts.reduce((sum, { shape }) => sum + shape[axis]!, 0);
  const shape = head!.shape.with(axis, length);
  const rows = sizeOf(shape.slice(0, axis));
  const size = parts.reduce((sum, { data }) => sum + data.length, 0);
  node.shop.budget.takeConstants(size);
  node.shop.budget.takeSteps(rows * parts.length);
  const result = new Float64Array(size);
  let at = 0;
  for (let row = 0; row < rows; row += 1) {
    for (const { data } of parts) {
      const each = data.length / rows;
      result.set(data.subarray(row * each, (row + 1) * each), at);
      at += each;
    }
  }
  return { shape, data: result, isInteger: parts.every((part) => part.isInteger) };
}

/** Of integers, with the sign of the divisor. */
function modulo(node: NodeReader): Tensor {
  const [a, b] = [node.constant(0), node.constant(1)];
  if (!a.isInteger || !b.isInteger || b.data.includes(0)) node.fail('integers can be divided');
  const { budget } = node.shop;
  const shape = broadcastShapes(a.shape, b.shape);
  const [own, by] = [a, b].map((one) => broadcastElements(one, shape, budget));
  budget.takeConstants(sizeOf(shape));
  const sign = node.integer('fmod', 0) !== 0 ? 0 : 1;
  const data = Float64Array.from({ length: sizeOf(shape) }, (_, i) => {
    const [number, divisor] = [own!(i), by!(i)];
    const rest = number % divisor;
    return sign * rest * divisor < 0 ? rest + divisor : rest;
  });
  return { shape, data, isInteger: true };
}

/** As many numbers as a shape has, all alike; 0 unless the node says otherwise. */
function filled(node: NodeReader): Tensor {
  const shape = Array.from(node.constant(0).data);
  const value = node.tensor('value');
  if (value && value.data.length !== 1) node.fail('its value is not one number');
  const size = sizeOf(shape);
  node.shop.budget.takeConstants(size);
  const data = new Float64Array(size).fill(value?.data[0] ?? 0);
  return { shape, data, isInteger: value?.isInteger ?? false };
}
