import type { Mt19937 } from './random.ts';

/**
 * `torch.randperm(count, generator=generator)` on the CPU, for counts below 2³² / 20, above which PyTorch draws 64 bits.
 *
 * Source: aten/src/ATen/native/TensorFactories.cpp, randperm_cpu
 */
export function torchPermutation(generator: Mt19937, count: number): Int32Array {
  const order = Int32Array.from({ length: count }, (_, i) => i);
  for (let i = 0; i < count - 1; i += 1) {
    const j = i + (generator.next32() % (count - i));
    const moved = order[i]!;
    order[i] = order[j]!;
    order[j] = moved;
  }
  return order;
}
