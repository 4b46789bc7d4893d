import type { Mt19937 } from './random.ts';

/**
 * `torch.randperm(count, generator=generator)` on the CPU, for counts below 2³² / 20, above which PyTorch draws 64 bits.
 *
 * Source: aten/src/ATen/native/TensorFactories.cpp, randperm_cpu
 */
export function torchPermutation(generator: Mt19937, count: number): Int32Array {
  const order = new Int32Array(count);
  for (let i = 0; i < count; i += 1) order[i] = i;
  for (let i = 0; i < count - 1; i += 1) {
    const bits = generator.next32();
    const rest = count - i;
    // bits % rest, which takes longer: numbers beyond 31 bits are no integers to a processor.
    const j = i + (bits - rest * Math.floor(bits / rest));
    const moved = order[i]!;
    order[i] = order[j]!;
    order[j] = moved;
  }
  return order;
}
