import type { Reads } from '../kernels/reads.ts';

/** The input for the sizes of work. Limits are those of the device. */
export interface AdapterFacts {
  readonly software: boolean;
  readonly limits: Pick<GPUSupportedLimits, 'maxBufferSize' | 'maxStorageBufferBindingSize'>;
}

/** How work is divided for an adapter. */
export interface AdapterProfile {
  /** Rows per thread of straight-line code. */
  readonly rowsPerThread: number;
  /** Multiplications per millisecond, for a first stint; soon replaced by measurements. */
  readonly firstPace: number;
  /** Multiplications that one submission may hold, independent of the learnt pace. */
  readonly mostAtOnce: number;
  /** Multiplications of a wide network below which a stint is not made smaller. */
  readonly leastAtOnce: number;
  /** Bytes that the tiles of a wide network may use at a time. */
  readonly batchBytes: number;
  /** Bytes of activations that evaluation layer by layer, or without culling, may use at a time. */
  readonly activationBytes: number;
  /** The maximum number of threads for evaluation without culling. */
  readonly plainThreads: number;
  /** The number of threads for evaluation by loops. */
  readonly loopedThreads: number;
  /** How leaves read their networks. */
  readonly reads: Reads;
}

const MIB = 2 ** 20;
/** A GPU with bindings of this size has memory, and as a rule processors, for larger pieces of work. */
const LARGE_BINDING_BYTES = 1024 * MIB;

/**
 * WebGPU reports neither the processors of a GPU nor its speed, nor whether it shares the memory of the CPU.
 * What can be inferred: whether the adapter is software, with a few cores; and from the maximum size of bindings,
 * for which phones and old GPUs allow only the 128 MiB that WebGPU requires, whether buffers may be large.
 * So the numbers for hardware keep a small GPU responsive, and the rest is learnt (Pace).
 */
export function adapterProfile({ software, limits }: AdapterFacts): AdapterProfile {
  const largest = Math.min(limits.maxStorageBufferBindingSize, limits.maxBufferSize);
  const bytes = (wanted: number) => Math.min(wanted, Math.floor(largest / 2));
  if (software) {
    return {
      // Long columns save reads of parameters, and a few cores need few threads.
      rowsPerThread: 64,
      firstPace: 400_000,
      // Two to four seconds: nothing ends a software device, but the page waits.
      mostAtOnce: 1.6e9,
      // 80 ms if nothing can be culled.
      leastAtOnce: 8e7,
      batchBytes: bytes(64 * MIB),
      activationBytes: bytes(32 * MIB),
      plainThreads: 1024,
      loopedThreads: 4096,
      reads: 'by loop',
    };
  }
  const isLarge = largest >= LARGE_BINDING_BYTES;
  return {
    rowsPerThread: 8,
    firstPace: 20_000_000,
    // 0.4 s at the first pace: Windows ends a device after 2 s.
    mostAtOnce: 8e9,
    // 20 ms at the first pace.
    leastAtOnce: 4e8,
    batchBytes: bytes(256 * MIB),
    activationBytes: bytes(128 * MIB),
    plainThreads: isLarge ? 65_536 : 16_384,
    loopedThreads: isLarge ? 65_536 : 16_384,
    reads: 'by lines',
  };
}
