/** Rows that kernels look at together: a band of fewer costs almost as much as one of so many. */
const TILE_ROWS = 16;
/** How many times its rows a band may take to fill a tile. */
const FILL_UP = 10;

/** Whole tiles of rows where that is not much more than was asked for; else that, at least 1. */
export function wholeTiles(rows: number): number {
  if (rows >= TILE_ROWS) return Math.floor(rows / TILE_ROWS) * TILE_ROWS;
  return rows * FILL_UP >= TILE_ROWS ? TILE_ROWS : Math.max(1, Math.floor(rows));
}

/**
 * How fast work goes, learnt from what was measured: samples per millisecond by kind of work.
 * Slices and the resolution while something moves are cut after it.
 */
export class Pace {
  private readonly rates = new Map<string, number>();

  /** @param firstGuess multiplications per millisecond, for work that was not measured yet */
  constructor(private readonly firstGuess: number) {}

  /**
   * Samples that take about this long.
   * @param cost multiplications for a sample
   */
  samplesIn(milliseconds: number, work: string, cost: number): number {
    return milliseconds * (this.rates.get(work) ?? this.firstGuess / cost);
  }

  /**
   * The same for a frame while something moves, of which not all time grows with the samples: at
   * least half of what the first guess allows, since fewer samples would not make it faster.
   */
  samplesInFrame(milliseconds: number, work: string, cost: number): number {
    const least = (0.5 * milliseconds * this.firstGuess) / cost;
    return Math.max(least, this.samplesIn(milliseconds, work, cost));
  }

  /** Takes a measurement into account; a slice too short to measure says little and is left out. */
  record(work: string, samples: number, milliseconds: number): void {
    if (!(milliseconds > 0.2)) {
      this.rates.set(work, Math.max(this.rates.get(work) ?? 0, samples / 0.2));
      return;
    }
    const rate = samples / milliseconds;
    const before = this.rates.get(work);
    this.rates.set(work, before === undefined ? rate : before * 0.6 + rate * 0.4);
  }
}
