import type { Engine } from './engine.ts';

/** The engine in JavaScript: the definition, and what runs where WebAssembly may not. */
export function plainEngine(length: number): Engine {
  const heap = new Float64Array(length);
  return {
    kind: 'plain',
    heap,
    affine(weight, rowStep, columnStep, start, x, z, rows, inner, stride) {
      for (let r = 0; r < rows; r += 1) {
        for (let s = 0; s < stride; s += 4) {
          let z0 = heap[start + r]!;
          let z1 = z0;
          let z2 = z0;
          let z3 = z0;
          let w = weight + r * rowStep;
          let at = x + s;
          for (let k = 0; k < inner; k += 1) {
            const factor = heap[w]!;
            z0 += factor * heap[at]!;
            z1 += factor * heap[at + 1]!;
            z2 += factor * heap[at + 2]!;
            z3 += factor * heap[at + 3]!;
            w += columnStep;
            at += stride;
          }
          const to = z + r * stride + s;
          heap[to] = z0;
          heap[to + 1] = z1;
          heap[to + 2] = z2;
          heap[to + 3] = z3;
        }
      }
    },
    accumulate(d, x, sums, rows, columns, stride) {
      for (let r = 0; r < rows; r += 1) {
        for (let c = 0; c < columns; c += 1) {
          let even = 0;
          let odd = 0;
          const row = d + r * stride;
          const column = x + c * stride;
          for (let s = 0; s < stride; s += 2) {
            even += heap[row + s]! * heap[column + s]!;
            odd += heap[row + s + 1]! * heap[column + s + 1]!;
          }
          heap[sums + r * columns + c] = heap[sums + r * columns + c]! + (even + odd);
        }
      }
    },
    rectify(z, a, count) {
      for (let i = 0; i < count; i += 1) heap[a + i] = Math.max(heap[z + i]!, 0);
    },
    closeGates(z, d, count) {
      for (let i = 0; i < count; i += 1) heap[d + i] = heap[z + i]! > 0 ? heap[d + i]! : 0;
    },
  };
}
