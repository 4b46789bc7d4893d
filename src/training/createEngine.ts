import type { Engine } from './engine.ts';
import { plainEngine } from './plainEngine.ts';
import { simdEngine } from './simd/simdEngine.ts';

/** An engine with a heap of zeros: of WebAssembly's vectors, or of plain JavaScript where the page's rules forbid WebAssembly. */
export function createEngine(length: number): Engine {
  return simdEngine(length) ?? plainEngine(length);
}
