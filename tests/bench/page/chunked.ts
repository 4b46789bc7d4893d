import { shapeOf } from '../../../src/model/drawnNetwork.ts';
import { type RowBlock, rowList } from '../blocks.ts';
import { pointsOf, type Work } from '../work.ts';

/** Activations of a layer that a peer holds at a time; more would not fit into 32-bit WebAssembly. */
const CHUNK_ACTIVATIONS = 20 * 1024 * 1024;
const MOST_POINTS = 1024 * 1024;

/** Points that a peer is given at a time. */
function pointsAtATime({ field }: Work): number {
  const width = Math.max(1, ...shapeOf(field.network).hidden);
  return Math.min(MOST_POINTS, Math.floor(CHUNK_ACTIVATIONS / width));
}

/** Results for a chunk: value [n] and, where asked for, gradient [n, 2]. */
export interface ChunkResult {
  readonly milliseconds: number;
  readonly value: Float32Array;
  readonly gradient: Float32Array | null;
}

export type EvaluateChunk = (points: Float32Array<ArrayBuffer>) => Promise<ChunkResult>;

/** Runs rows of a work's grid through a peer in chunks; only the peer's own time counts. */
export class ChunkedRun {
  /** The points of the last rows that were one chunk. */
  private kept: { readonly key: string; readonly points: Float32Array<ArrayBuffer> } | null = null;
  private results: (number | null)[] = [];

  constructor(
    private readonly work: Work,
    private readonly evaluate: EvaluateChunk,
  ) {}

  /** @returns milliseconds */
  async run(blocks: readonly RowBlock[]): Promise<number> {
    const { probes, gradient, side } = this.work;
    this.results = new Array<null>((gradient ? 3 : 1) * probes.length).fill(null);
    const rows = rowList(blocks);
    const rowsAtATime = Math.max(1, Math.floor(pointsAtATime(this.work) / side));
    let total = 0;
    for (let first = 0; first < rows.length; first += rowsAtATime) {
      const some = rows.slice(first, first + rowsAtATime);
      const chunk = await this.evaluate(this.pointsOf(some, some.length === rows.length));
      total += chunk.milliseconds;
      this.keepProbes(some, chunk);
    }
    return total;
  }

  private pointsOf(rows: readonly number[], keep: boolean): Float32Array<ArrayBuffer> {
    if (!keep) return pointsOf(this.work.side, rows);
    const key = `${rows[0]} ${rows.length}`;
    if (this.kept?.key !== key) this.kept = { key, points: pointsOf(this.work.side, rows) };
    return this.kept.points;
  }

  private keepProbes(rows: readonly number[], chunk: ChunkResult): void {
    const { side, probes } = this.work;
    const width = chunk.gradient ? 3 : 1;
    const places = new Map(rows.map((row, place) => [row, place]));
    probes.forEach((index, k) => {
      const place = places.get(Math.floor(index / side));
      if (place === undefined) return;
      const at = place * side + (index % side);
      this.results[width * k] = chunk.value[at];
      if (!chunk.gradient) return;
      this.results[width * k + 1] = chunk.gradient[2 * at];
      this.results[width * k + 2] = chunk.gradient[2 * at + 1];
    });
  }

  probe(): (number | null)[] {
    return this.results;
  }
}
