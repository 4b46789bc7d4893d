import { expect, test } from 'vitest';
import { createEngine } from '../../../src/training/createEngine.ts';
import { type Engine, STRIDE_UNIT, strideOf } from '../../../src/training/engine.ts';
import { plainEngine } from '../../../src/training/plainEngine.ts';
import { simdEngine } from '../../../src/training/simd/simdEngine.ts';

const LENGTH = 4000;

/** Numbers of many sizes, the same in both heaps. */
function fill(engines: readonly Engine[]): void {
  const values = Float64Array.from({ length: LENGTH }, (_, i) => Math.sin(i * 1.7) * 10 ** (i % 5));
  for (const { heap } of engines) heap.set(values);
}

/** Numbers that are not the same, bit for bit. */
function differences([one, other]: readonly Engine[]): number {
  return one!.heap.filter((value, i) => !Object.is(value, other!.heap[i])).length;
}

test('WebAssembly is what runs here', () => {
  expect(createEngine(8).kind).toBe('simd');
});

test('a stride is a multiple of what engines take at once', () => {
  expect([1, 4, 5, 200].map(strideOf)).toEqual([4, 4, 8, 200]);
  expect(STRIDE_UNIT).toBe(4);
});

test('affine maps are sums of products, the same in both engines', () => {
  const engines = [plainEngine(LENGTH), simdEngine(LENGTH)!];
  let wrong = 0;
  for (let rows = 1; rows <= 9; rows += 1) {
    for (const inner of [1, 2, 7]) {
      for (const stride of [4, 12]) {
        fill(engines);
        for (const engine of engines) {
          engine.affine(0, inner, 1, 100, 200, 1000, rows, inner, stride);
          // The transposed weight.
          engine.affine(0, 1, rows, 100, 200, 2000, rows, inner, stride);
        }
        wrong += differences(engines);
      }
    }
  }
  expect(wrong).toBe(0);
  const [{ heap }] = engines as [Engine];
  fill(engines);
  engines[0]!.affine(0, 3, 1, 100, 200, 1000, 2, 3, 4);
  const expected =
    heap[101]! + heap[3]! * heap[202]! + heap[4]! * heap[206]! + heap[5]! * heap[210]!;
  expect(heap[1006]).toBe(expected);
});

test('gradients by a weight are sums over the samples, the same in both engines', () => {
  const engines = [plainEngine(LENGTH), simdEngine(LENGTH)!];
  let wrong = 0;
  for (let rows = 1; rows <= 9; rows += 1) {
    for (const columns of [1, 2, 3, 5]) {
      for (const stride of [4, 12]) {
        fill(engines);
        for (const engine of engines) engine.accumulate(0, 500, 1000, rows, columns, stride);
        wrong += differences(engines);
      }
    }
  }
  expect(wrong).toBe(0);
  const [{ heap }] = engines as [Engine];
  fill(engines);
  const before = heap[1003]!;
  engines[0]!.accumulate(0, 500, 1000, 2, 3, 4);
  const even = heap[4]! * heap[500]! + heap[6]! * heap[502]!;
  const odd = heap[5]! * heap[501]! + heap[7]! * heap[503]!;
  expect(heap[1003]).toBe(before + (even + odd));
});

test('ReLU, and its derivative, keep what they must, NaN too', () => {
  const special = [1, -1, 0, -0, Infinity, -Infinity, Number.NaN, 1e-300];
  for (const engine of [plainEngine(24), simdEngine(24)!]) {
    engine.heap.set(special);
    engine.heap.fill(7, 16);
    engine.rectify(0, 8, 8);
    engine.closeGates(0, 16, 8);
    const [a, d] = [engine.heap.slice(8, 16), engine.heap.slice(16)];
    expect(Array.from(a)).toEqual([1, 0, 0, 0, Infinity, 0, Number.NaN, 1e-300]);
    expect(Array.from(d)).toEqual([7, 0, 0, 0, 7, 0, 0, 7]);
  }
});
