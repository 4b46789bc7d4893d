import type { Engine } from '../engine.ts';
import { ACCUMULATE, AFFINE, assembleKernels, CLOSE_GATES, RECTIFY } from './kernels.ts';

/** The part of the JavaScript interface of WebAssembly that is used here; the pure rooms know no browser. */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (
    module: object,
    imports: object,
  ) => { readonly exports: Readonly<Record<string, unknown>> };
  readonly Memory: new (size: {
    initial: number;
    maximum: number;
  }) => {
    readonly buffer: ArrayBuffer;
  };
}

/** Takes addresses and counts. */
type Kernel = (...args: readonly number[]) => void;

const PAGE_BYTES = 65_536;
const NUMBER_BYTES = 8;

/** The compiled kernels, once they were asked for; null where they cannot be compiled. */
let compiled: object | null | undefined;

/** An engine of WebAssembly's vectors; null where WebAssembly is missing, too old or forbidden. */
export function simdEngine(length: number): Engine | null {
  const api = (globalThis as { readonly WebAssembly?: WebAssemblyApi }).WebAssembly;
  if (!api) return null;
  if (compiled === undefined) compiled = compile(api);
  if (compiled === null) return null;
  const pages = Math.max(1, Math.ceil((length * NUMBER_BYTES) / PAGE_BYTES));
  const memory = new api.Memory({ initial: pages, maximum: pages });
  const { exports } = new api.Instance(compiled, { env: { memory } });
  const affine = exports[AFFINE] as Kernel;
  const accumulate = exports[ACCUMULATE] as Kernel;
  const rectify = exports[RECTIFY] as Kernel;
  const closeGates = exports[CLOSE_GATES] as Kernel;
  return {
    kind: 'simd',
    heap: new Float64Array(memory.buffer, 0, length),
    affine(weight, rowStep, columnStep, start, x, z, rows, inner, stride) {
      affine(
        weight * NUMBER_BYTES,
        rowStep * NUMBER_BYTES,
        columnStep * NUMBER_BYTES,
        start * NUMBER_BYTES,
        x * NUMBER_BYTES,
        z * NUMBER_BYTES,
        rows,
        inner,
        stride * NUMBER_BYTES,
      );
    },
    accumulate(d, x, sums, rows, columns, stride) {
      accumulate(
        d * NUMBER_BYTES,
        x * NUMBER_BYTES,
        sums * NUMBER_BYTES,
        rows,
        columns,
        stride * NUMBER_BYTES,
      );
    },
    rectify(z, a, count) {
      rectify(z * NUMBER_BYTES, a * NUMBER_BYTES, count * NUMBER_BYTES);
    },
    closeGates(z, d, count) {
      closeGates(z * NUMBER_BYTES, d * NUMBER_BYTES, count * NUMBER_BYTES);
    },
  };
}

/** A page's Content-Security-Policy may forbid it, and an old browser may lack vectors: both throw. */
function compile(api: WebAssemblyApi): object | null {
  try {
    return new api.Module(assembleKernels());
  } catch {
    return null;
  }
}
