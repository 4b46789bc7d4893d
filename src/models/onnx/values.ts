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

/** The value of all y as they are. */
export function flowOf(shape: readonly number[]): Flow {
  const size = sizeOf(shape);
  return {
    shape,
    source: Int32Array.from({ length: size }, (_, i) => i),
    scale: new Float64Array(size).fill(1),
    shift: new Float64Array(size),
  };
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
  budget.takeSteps(indices.length);
  const pick = (numbers: Float64Array) => Float64Array.from(indices, (index) => numbers[index]!);
  if (!isFlow(value)) {
    budget.takeConstants(indices.length);
    return { ...value, shape, data: pick(value.data) };
  }
  const source = indices.map((index) => value.source[index]!);
  return { shape, source, scale: pick(value.scale), shift: pick(value.shift) };
}

/** factor · value + term by elements, where factor and term have the value's shape. */
export function affine(
  value: Value,
  factor: (i: number) => number,
  term: (i: number) => number,
  budget: Budget,
): Value {
  if (isFlow(value)) {
    budget.takeSteps(value.scale.length);
    const scale = value.scale.map((own, i) => own * factor(i));
    const shift = value.shift.map((own, i) => own * factor(i) + term(i));
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
  const missing = shape.length - value.shape.length;
  if (missing === 0 && shape.every((length, i) => length === value.shape[i])) return value;
  const own = stridesOf(value.shape);
  const strides = shape.map((_, i) =>
    (value.shape[i - missing] ?? 1) === 1 ? 0 : own[i - missing]!,
  );
  return rearranged(value, shape, strided(shape, strides, budget), budget);
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
    for (let i = done; i < done * shape[axis]!; i += 1) {
      result[i] = result[i % done]! + Math.floor(i / done) * strides[axis]!;
    }
    done *= shape[axis]!;
  }
  return result;
}
