import { ModelFileError } from '../modelFile.ts';
import type { Budget } from './budget.ts';
import { shapeText, sizeOf, type Tensor } from './tensor.ts';

/**
 * A value that depends on the network's input. Its element i, in row-major order, is
 * scale[i] · y[source[i]] + shift[i], where y is what the layers make so far (layerStack.ts).
 * So transposes, broadcasts and products by elements cost no matrix.
 */
export interface Flow {
  readonly shape: readonly number[];
  readonly source: Int32Array;
  readonly scale: Float64Array;
  readonly shift: Float64Array;
}

export type Value = Tensor | Flow;

/** Elements of one flow: with more, a layer of a hundred neurons has too many weights. */
const FLOW_SIZE_MAX = 1e5;

/** Steps of the budget for an element of a flow: new arrays and calls are slower than sums in a matrix. */
const ELEMENT_STEPS = 8;

function flowSize(shape: readonly number[]): number {
  const size = sizeOf(shape);
  if (size > FLOW_SIZE_MAX) {
    throw new ModelFileError(
      `${shapeText(shape)} are ${size} values; ${FLOW_SIZE_MAX} can be read.`,
    );
  }
  return size;
}

/** The value of all y as they are. */
export function flowOf(shape: readonly number[]): Flow {
  const size = flowSize(shape);
  const source = new Int32Array(size);
  for (let i = 0; i < size; i += 1) source[i] = i;
  return { shape, source, scale: new Float64Array(size).fill(1), shift: new Float64Array(size) };
}

export function isFlow(value: Value): value is Flow {
  return 'source' in value;
}

/** The same elements in another shape, or with `indices` other elements: element i becomes element indices[i]. */
export function rearranged(
  value: Value,
  shape: readonly number[],
  indices: Int32Array | null,
  budget: Budget,
): Value {
  if (!indices) return { ...value, shape };
  const { length } = indices;
  const pick = <T extends Int32Array | Float64Array>(from: T, into: T): T => {
    for (let i = 0; i < length; i += 1) into[i] = from[indices[i]!]!;
    return into;
  };
  if (!isFlow(value)) {
    budget.takeConstants(length);
    return { ...value, shape, data: pick(value.data, new Float64Array(length)) };
  }
  budget.takeSteps(ELEMENT_STEPS * length);
  return {
    shape,
    source: pick(value.source, new Int32Array(length)),
    scale: pick(value.scale, new Float64Array(length)),
    shift: pick(value.shift, new Float64Array(length)),
  };
}

/** factor · value + term by elements, where factor and term have the value's shape. */
export function affine(
  value: Value,
  factor: (i: number) => number,
  term: (i: number) => number,
  budget: Budget,
): Value {
  if (isFlow(value)) {
    const { length } = value.scale;
    budget.takeSteps(ELEMENT_STEPS * length);
    const [scale, shift] = [new Float64Array(length), new Float64Array(length)];
    for (let i = 0; i < length; i += 1) {
      scale[i] = value.scale[i]! * factor(i);
      shift[i] = value.shift[i]! * factor(i) + term(i);
    }
    return { ...value, scale, shift };
  }
  budget.takeConstants(value.data.length);
  return { ...value, data: value.data.map((own, i) => own * factor(i) + term(i)) };
}

/** The shape of both together, by NumPy's rules. */
export function broadcastShapes(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length);
  const shape = Array.from({ length: rank }, (_, i) => {
    const [one, other] = [a[i - rank + a.length] ?? 1, b[i - rank + b.length] ?? 1];
    if (one !== other && one !== 1 && other !== 1) {
      throw new ModelFileError(`Shapes ${shapeText(a)} and ${shapeText(b)} do not fit together.`);
    }
    return Math.max(one, other);
  });
  sizeOf(shape);
  return shape;
}

/** The value in a larger shape, by NumPy's rules. */
export function broadcast(value: Value, shape: readonly number[], budget: Budget): Value {
  if (isFlow(value)) flowSize(shape);
  return rearranged(value, shape, broadcastIndices(value.shape, shape, budget), budget);
}

/** The elements of a constant in a larger shape, which need no copy. */
export function broadcastElements(
  { shape: own, data }: Tensor,
  shape: readonly number[],
  budget: Budget,
): (i: number) => number {
  const indices = broadcastIndices(own, shape, budget);
  return indices ? (i) => data[indices[i]!]! : (i) => data[i]!;
}

/** Which element of a value stands at each place of a larger shape; null if each stays where it is. */
function broadcastIndices(
  own: readonly number[],
  shape: readonly number[],
  budget: Budget,
): Int32Array | null {
  const missing = shape.length - own.length;
  if (missing >= 0 && sizeOf(shape) === sizeOf(own)) return null;
  const ownStrides = stridesOf(own);
  const strides = shape.map((_, i) =>
    (own[i - missing] ?? 1) === 1 ? 0 : ownStrides[i - missing]!,
  );
  return strided(shape, strides, budget);
}

/** Steps from one element to the next along each axis of a row-major array. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides = shape.map(() => 1);
  for (let i = shape.length - 2; i >= 0; i -= 1) strides[i] = strides[i + 1]! * shape[i + 1]!;
  return strides;
}

/** Σ position · stride for each position of a shape, in row-major order. */
export function strided(
  shape: readonly number[],
  strides: readonly number[],
  budget: Budget,
): Int32Array {
  const size = sizeOf(shape);
  budget.takeSteps(size);
  const result = new Int32Array(size);
  // Each axis, from the last on, repeats what the axes after it gave.
  let done = 1;
  for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
    for (let copy = 1; copy < shape[axis]!; copy += 1) {
      const [start, step] = [copy * done, copy * strides[axis]!];
      for (let i = 0; i < done; i += 1) result[start + i] = result[i]! + step;
    }
    done *= shape[axis]!;
  }
  return result;
}
