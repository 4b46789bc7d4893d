import type { AdapterProfile } from './adapterProfile.ts';

/** The weight that earlier measurements keep after another stint. */
const MEMORY = 0.6;
/** Stints shorter than this are too short to measure. */
const SHORTEST_MS = 0.2;

/** A larger part of a tile is worth it if it costs less than this share of what its rows would add. */
const WORTH = 0.5;
/** A band or stint that takes this many times as long as the last one resets what was learnt. */
const SUDDEN = 3;

/** A stint is shorter than another if it has less than this share of its samples; */
const SHORTER = 0.7;
/** cutting it was of use if it took less than this share of the time. */
const USEFUL = 0.85;
/** If smaller stints did not help, they are tried again after this decay. */
const RETRY = 0.9;

/** Samples and times of the last few stints. */
interface Measured {
  readonly samples: number;
  readonly milliseconds: number;
}

/** What is known about an adapter before any measurement. */
type FirstPace = Pick<AdapterProfile, 'firstPace' | 'mostAtOnce' | 'leastAtOnce'>;

/** The largest stint that was measured of late, and the least that is cut for it. */
interface Cut {
  readonly samples: number;
  readonly milliseconds: number;
  readonly least: number;
}

/** The last band that was less than there was time for, or only part of a tile. */
interface ShortBand {
  readonly rows: number;
  readonly milliseconds: number;
  /** Rows to try next. */
  readonly next: number;
}

/**
 * The speed of work, learnt from measurements: samples per millisecond by kind of work.
 * It determines the size of stints and the resolution while something moves.
 */
export class Pace {
  private readonly measured = new Map<string, Measured>();
  private readonly shortBands = new Map<string, ShortBand>();
  private readonly cuts = new Map<string, Cut>();

  constructor(private readonly first: FirstPace) {}

  /**
   * Samples that take about this long.
   * @param cost multiplications per sample
   */
  samplesIn(milliseconds: number, work: string, cost: number): number {
    const measured = this.measured.get(work);
    const rate = measured ? measured.samples / measured.milliseconds : this.first.firstPace / cost;
    const least = this.cuts.get(work)?.least ?? 0;
    return Math.min(this.samplesAtOnce(cost), Math.max(milliseconds * rate, least));
  }

  /**
   * The same for a frame while something moves, whose time is only partly proportional to the samples: at
   * least half of what the first guess allows, since fewer samples would not make it faster.
   */
  samplesInFrame(milliseconds: number, work: string, cost: number): number {
    const least = (0.5 * milliseconds * this.first.firstPace) / cost;
    return Math.max(least, this.samplesIn(milliseconds, work, cost));
  }

  /**
   * Samples that one submission may hold. If nothing can be culled, a sample may take a thousand times
   * as long as where the pace was learnt, and Windows ends a device that is busy for 2 s.
   */
  samplesAtOnce(cost: number): number {
    return this.first.mostAtOnce / cost;
  }

  /**
   * Of pieces that are alike: as many as take about this long, so that what is left makes stints alike. Not fewer
   * than are worth a stint: a wide network takes a dozen dispatches or more, each with a time of its own.
   */
  piecesIn(milliseconds: number, { work, cost, samples, left }: Pieces): number {
    const worth = this.first.leastAtOnce / cost;
    return evenShare(left, Math.max(worth, this.samplesIn(milliseconds, work, cost)) / samples);
  }

  /** The same, limited only by a submission's bound. */
  piecesAtOnce({ cost, samples, left }: Pieces): number {
    return evenShare(left, this.samplesAtOnce(cost) / samples);
  }

  /**
   * Takes a measurement into account. Stints count by their samples and their time: one much larger than those
   * before, or one that took much longer, soon decides alone, and a short rest says little.
   */
  record(work: string, samples: number, milliseconds: number): void {
    this.recordCut(work, samples, milliseconds);
    const before = this.measured.get(work) ?? { samples: 0, milliseconds: 0 };
    this.measured.set(work, {
      samples: MEMORY * before.samples + samples,
      milliseconds: MEMORY * before.milliseconds + Math.max(milliseconds, SHORTEST_MS),
    });
  }

  /**
   * Not all time of a stint goes into its samples: a fence, or a kernel that takes as long for some samples
   * as for many. What a stint that was cut has not saved is not saved by cutting it again.
   */
  private recordCut(work: string, samples: number, milliseconds: number): void {
    const last = this.cuts.get(work);
    const least = RETRY * (last?.least ?? 0);
    const isLarge = !last || samples >= last.samples;
    // What it is compared with was measured where work is cheaper.
    const isOutdated =
      last && samples > SHORTER * last.samples && milliseconds > SUDDEN * last.milliseconds;
    if (isLarge || isOutdated) {
      this.cuts.set(work, { samples, milliseconds, least });
    } else if (samples > SHORTER * last.samples) {
      this.cuts.set(work, { ...last, least });
    } else if (milliseconds > USEFUL * last.milliseconds) {
      this.cuts.set(work, { ...last, least: last.samples });
    } else {
      this.cuts.set(work, { samples, milliseconds, least: 0 });
    }
  }

  /**
   * Rows of a grid that take about this long, in whole tiles. Where that is less than a tile: as many as
   * cost little more than fewer did, for kernels look at the rows of a tile together.
   * @param width samples of a row
   */
  rowsIn(
    milliseconds: number,
    { work, cost, width, tileRows }: { readonly cost: number } & RowWork,
  ): number {
    const rows = this.samplesIn(milliseconds, work, cost) / width;
    if (rows >= tileRows) return Math.floor(rows / tileRows) * tileRows;
    return Math.max(1, Math.floor(rows), this.shortBands.get(work)?.next ?? 1);
  }

  /** Takes a band of rows into account. */
  recordRows({ work, width, tileRows }: RowWork, rows: number, milliseconds: number): void {
    this.record(work, rows * width, milliseconds);
    if (rows > tileRows) return;
    const last = this.shortBands.get(work);
    const isWorth = !last || isLargerWorth({ rows, milliseconds }, last);
    const most = Math.max(rows, last?.rows ?? 1);
    const next = isWorth ? Math.min(2 * most, tileRows) : Math.max(1, Math.floor(rows / 2));
    this.shortBands.set(work, { rows, milliseconds, next });
  }
}

/** The remaining pieces of a band. */
export interface Pieces {
  readonly work: string;
  /** Multiplications per sample. */
  readonly cost: number;
  /** Samples of a piece. */
  readonly samples: number;
  readonly left: number;
}

/** Samples of a piece of a band that is cut into `of` of them, where its tiles are whole. */
export function samplesOfPiece({ width, tileRows }: RowWork, rows: number, of: number): number {
  return (width * Math.ceil(rows / tileRows) * tileRows) / of;
}

/** Of `left` things in as few shares as possible, of at most `most` each but at least one: a share. */
function evenShare(left: number, most: number): number {
  return Math.ceil(left / Math.ceil(left / Math.max(1, Math.floor(most))));
}

type Taken = Pick<ShortBand, 'rows' | 'milliseconds'>;

/** Whether the larger of two bands cost little more than the smaller; two of equal size show whether that still holds. */
function isLargerWorth(a: Taken, b: Taken): boolean {
  if (a.rows === b.rows) return a.milliseconds < SUDDEN * b.milliseconds;
  const [small, large] = a.rows < b.rows ? [a, b] : [b, a];
  return large.milliseconds < small.milliseconds * (1 + WORTH * (large.rows / small.rows - 1));
}

/** Rows of a grid as a kind of work. */
export interface RowWork {
  readonly work: string;
  /** Samples of a row. */
  readonly width: number;
  /** Rows that kernels evaluate together. */
  readonly tileRows: number;
}
