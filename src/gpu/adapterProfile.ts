/** What the sizes of work are taken from. Limits are those of the device. */
export interface AdapterFacts {
  readonly software: boolean;
  readonly limits: Pick<GPUSupportedLimits, 'maxBufferSize' | 'maxStorageBufferBindingSize'>;
}

/** How work is cut for an adapter. */
export interface AdapterProfile {
  /** Rows that a thread of straight-line code takes. */
  readonly rowsPerThread: number;
  /** Multiplications a millisecond, for a first slice; soon replaced by what is measured. */
  readonly firstPace: number;
  /** Multiplications that one submission may hold, whatever pace was learnt. */
  readonly mostAtOnce: number;
  /** Multiplications of a wide network for which a slice need not be cut any more. */
  readonly leastAtOnce: number;
  /** Bytes that the tiles of a wide network may take at a time. */
  readonly batchBytes: number;
  /** Bytes of activations that evaluation layer by layer, or without culling, may take at a time. */
  readonly activationBytes: number;
  /** The most threads that share what is evaluated without culling. */
  readonly plainThreads: number;
  /** The threads that share what is evaluated by loops. */
  readonly loopedThreads: number;
}

const MIB = 2 ** 20;
/** A GPU with bindings of this size has memory, and as a rule processors, for larger pieces of work. */
const LARGE_BINDING_BYTES = 1024 * MIB;

/**
 * WebGPU names neither the processors of a GPU nor its speed, nor whether it shares the memory of the CPU.
 * What can be inferred: whether the adapter is software, of a few cores; and from the size of bindings,
 * for which phones and old GPUs allow the 128 MiB that WebGPU asks for, whether buffers may be large.
 * So the numbers for hardware are those at which a small GPU stays responsive, and the rest is learnt (Pace).
 */
export function adapterProfile({ software, limits }: AdapterFacts): AdapterProfile {
  const largest = Math.min(limits.maxStorageBufferBindingSize, limits.maxBufferSize);
  const bytes = (wanted: number) => Math.min(wanted, Math.floor(largest / 2));
  if (software) {
    return {
      // Long columns save reading parameters, and a few cores have threads enough.
      rowsPerThread: 64,
      firstPace: 400_000,
      // Two to four seconds: nothing ends a software device, but the page waits.
      mostAtOnce: 1.6e9,
      // 80 ms where nothing can be culled.
      leastAtOnce: 8e7,
      batchBytes: bytes(64 * MIB),
      activationBytes: bytes(32 * MIB),
      plainThreads: 1024,
      loopedThreads: 4096,
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
  };
}
