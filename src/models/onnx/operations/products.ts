import type { LinearTerms } from '../layerStack.ts';
import type { NodeReader } from '../nodeReader.ts';
import { shapeText, sizeOf, type Tensor } from '../tensor.ts';
import {
  affine,
  broadcastElements,
  broadcastShapes,
  isFlow,
  rearranged,
  strided,
  stridesOf,
  type Value,
} from '../values.ts';
import type { Operations } from './operation.ts';

/** Products of matrices. */
export const PRODUCTS: Operations = {
  MatMul: { attributes: [], read: (node) => product(node, node.operand(0), node.operand(1)) },
  Gemm: { attributes: ['alpha', 'beta', 'transA', 'transB', 'broadcast'], read: gemm },
};

/** alpha · A · B + beta · C. The `broadcast` of versions before 7 only allows what is always allowed since. */
function gemm(node: NodeReader): Value {
  const { budget } = node.shop;
  const matrix = (i: number, isTransposed: boolean) => {
    const value = node.operand(i);
    if (value.shape.length !== 2)
      node.fail(`its input ${i} has the shape ${shapeText(value.shape)}`);
    return isTransposed ? matrixTransposed(node, value) : value;
  };
  const a = matrix(0, node.integer('transA', 0) !== 0);
  const b = matrix(1, node.integer('transB', 0) !== 0);
  const [alpha, beta] = [node.number('alpha', 1), node.number('beta', 1)];
  const ab = product(node, a, b);
  const scaled =
    alpha === 1
      ? ab
      : affine(
          ab,
          () => alpha,
          () => 0,
          budget,
        );
  const c = node.optionalConstant(2);
  if (!c || beta === 0) return scaled;
  if (sizeOf(broadcastShapes(scaled.shape, c.shape)) !== sizeOf(scaled.shape)) {
    node.fail(`its C has the shape ${shapeText(c.shape)}, larger than ${shapeText(scaled.shape)}`);
  }
  const element = broadcastElements(c, scaled.shape, budget);
  return affine(
    scaled,
    () => 1,
    (i) => beta * element(i),
    budget,
  );
}

function matrixTransposed({ shop: { budget } }: NodeReader, value: Value): Value {
  const [rows, columns] = value.shape as readonly [number, number];
  const shape = [columns, rows];
  return rearranged(value, shape, strided(shape, [1, columns], budget), budget);
}

/** NumPy's matmul of a constant and what depends on the input, or of two constants. */
function product(node: NodeReader, a: Value, b: Value): Value {
  const { stack, budget } = node.shop;
  const { shape, visit } = matmul(node, a.shape, b.shape);
  if (isFlow(a) && isFlow(b)) return node.fail("both inputs depend on the network's input");
  if (isFlow(a)) {
    const { data } = b as Tensor;
    return stack.multiply(a, shape, (add) => visit((o, i, j) => add(o, i, data[j]!)));
  }
  if (isFlow(b)) {
    return stack.multiply(b, shape, (add) => visit((o, i, j) => add(o, j, a.data[i]!)));
  }
  const size = sizeOf(shape);
  budget.takeConstants(size);
  const data = new Float64Array(size);
  visit((o, i, j) => {
    data[o]! += a.data[i]! * b.data[j]!;
  });
  return { shape, data, isInteger: a.isInteger && b.isInteger };
}

interface Matmul {
  readonly shape: readonly number[];
  /** Visits each product of elements i of a and j of b that element o of the result sums. */
  visit(add: (...indices: Parameters<Parameters<LinearTerms>[0]>) => void): void;
}

function matmul(node: NodeReader, a: readonly number[], b: readonly number[]): Matmul {
  const { budget } = node.shop;
  if (a.length === 0 || b.length === 0) node.fail('one of its inputs is a single number');
  // A vector is a row on the left, a column on the right; its axis is then removed.
  const left = a.length === 1 ? [1, a[0]!] : a;
  const right = b.length === 1 ? [b[0]!, 1] : b;
  const [rows, inner] = left.slice(-2) as [number, number];
  const [innerRight, columns] = right.slice(-2) as [number, number];
  if (inner !== innerRight) node.fail(`shapes ${shapeText(a)} and ${shapeText(b)} do not fit`);
  const batch = broadcastShapes(left.slice(0, -2), right.slice(0, -2));
  const shape = [...batch, ...(a.length === 1 ? [] : [rows]), ...(b.length === 1 ? [] : [columns])];
  const size = sizeOf(shape);
  budget.takeSteps(size * inner);
  const starts = (own: readonly number[]) => {
    const strides = stridesOf(own);
    const missing = batch.length - (own.length - 2);
    const taken = batch.map((_, i) => ((own[i - missing] ?? 1) === 1 ? 0 : strides[i - missing]!));
    return strided(batch, taken, budget);
  };
  const [leftStarts, rightStarts] = [starts(left), starts(right)];
  return {
    shape,
    visit(add) {
      for (let o = 0; o < size; o += 1) {
        const column = o % columns;
        const row = Math.floor(o / columns) % rows;
        const block = Math.floor(o / columns / rows);
        const first = leftStarts[block]! + row * inner;
        const second = rightStarts[block]! + column;
        for (let k = 0; k < inner; k += 1) add(o, first + k, second + k * columns);
      }
    },
  };
}
