import { pointsOf, type Work } from '../work.ts';

/** Activations of a layer that a peer holds at a time; more would not fit into 32-bit WebAssembly. */
const CHUNK_ACTIVATIONS = 20 * 1024 * 1024;
const MOST_POINTS = 1024 * 1024;

/** Points that a peer is given at a time. */
function chunkOf({ field }: Work): number {
  const width = field.kind === 'mlp' ? Math.max(...field.widths) : 1;
  return Math.min(MOST_POINTS, Math.floor(CHUNK_ACTIVATIONS / width));
}

/** Results for a chunk: value [n] and, where asked for, gradient [n, 2]. */
export interface ChunkResult {
  readonly milliseconds: number;
  readonly value: Float32Array;
  readonly gradient: Float32Array | null;
}

export type EvaluateChunk = (points: Float32Array<ArrayBuffer>) => Promise<ChunkResult>;

/** Runs a work's grid through a peer in chunks; only the peer's own time counts. */
export class ChunkedRun {
  private readonly kept: Float32Array<ArrayBuffer> | null;
  private readonly chunk: number;
  private results: (number | null)[] = [];

  constructor(
    private readonly work: Work,
    private readonly evaluate: EvaluateChunk,
  ) {
    const samples = work.side ** 2;
    this.chunk = chunkOf(work);
    this.kept = samples <= this.chunk ? pointsOf(work.side, 0, samples) : null;
  }

  async run(): Promise<number> {
    const { side, probes, gradient } = this.work;
    const width = gradient ? 3 : 1;
    this.results = new Array<null>(width * probes.length).fill(null);
    let total = 0;
    for (let first = 0; first < side * side; first += this.chunk) {
      const count = Math.min(this.chunk, side * side - first);
      const points = this.kept ?? pointsOf(side, first, count);
      const chunk = await this.evaluate(points);
      total += chunk.milliseconds;
      probes.forEach((index, k) => {
        const at = index - first;
        if (at < 0 || at >= count) return;
        this.results[width * k] = chunk.value[at];
        if (!chunk.gradient) return;
        this.results[width * k + 1] = chunk.gradient[2 * at];
        this.results[width * k + 2] = chunk.gradient[2 * at + 1];
      });
    }
    return total;
  }

  probe(): (number | null)[] {
    return this.results;
  }
}
