import type { Fence } from '../gpu/fence.ts';
import { type Pace, type Pieces, type RowWork, samplesOfPiece } from '../gpu/pace.ts';
import type { Turns } from '../gpu/turns.ts';

/** GPU work between two checks that the picture is still wanted, in milliseconds. */
const STINT_MS = 8;

/** Rows of a picture to evaluate next. */
export interface RowsAhead extends RowWork {
  /** Multiplications per sample. */
  readonly cost: number;
  /** The remaining rows. */
  readonly left: number;
  /** Rows for which the buffers have room. */
  readonly most: number;
  /** Rows of samples per row of pixels: only whole ones are taken. */
  readonly unit: number;
  /** The maximum number of pieces into which this many rows can be cut. */
  pieces(rows: number): number;
}

/** The remaining pieces of rows that are cut into pieces: those from `from` on. */
export interface PiecesAhead {
  readonly ahead: RowsAhead;
  readonly rows: number;
  readonly from: number;
  readonly of: number;
}

/** What is evaluated at a time: a number of pieces of the rows. */
export interface Stint {
  readonly ahead: RowsAhead;
  readonly rows: number;
  readonly pieces: number;
  readonly of: number;
}

/** How the work of a picture is divided, and when the CPU waits for the GPU. */
export interface Schedule {
  /** Milliseconds of GPU work so far. */
  readonly spentMs: number;
  /** The number of rows to take next. */
  rowsNext(ahead: RowsAhead): number;
  /** The number of pieces of rows to take next. */
  piecesNext(left: PiecesAhead): number;
  /** Does a piece of work in its turn; evaluations state their amount. */
  run(work: () => void | Promise<void>, stint?: Stint): Promise<void>;
  /** Waits for everything for which `run` has not waited. */
  end(): Promise<void>;
}

/** What a schedule needs from the device. */
export interface ScheduledDevice {
  readonly fence: Fence;
  readonly pace: Pace;
  readonly turns: Turns;
}

/** All at once, for something that moves: the caller holds the turn. */
export class AtOnce implements Schedule {
  readonly #start = performance.now();
  readonly #device: ScheduledDevice;

  constructor(device: ScheduledDevice) {
    this.#device = device;
  }

  get spentMs(): number {
    return this.#device.fence.workMs(performance.now() - this.#start);
  }

  rowsNext(ahead: RowsAhead): number {
    const rows = Math.floor(this.#device.pace.samplesAtOnce(ahead.cost) / ahead.width);
    return Math.min(ahead.left, ahead.most, Math.max(leastRows(ahead), rows));
  }

  piecesNext(left: PiecesAhead): number {
    return this.#device.pace.piecesAtOnce(piecesOf(left));
  }

  async run(work: () => void | Promise<void>): Promise<void> {
    await work();
  }

  end(): Promise<void> {
    return this.#device.fence.done();
  }
}

/** In stints of about 8 ms, between which others have their turns. */
export class InStints implements Schedule {
  #spentMs = 0;
  readonly #device: ScheduledDevice;

  constructor(device: ScheduledDevice) {
    this.#device = device;
  }

  get spentMs(): number {
    return this.#spentMs;
  }

  rowsNext(ahead: RowsAhead): number {
    const rows = Math.max(leastRows(ahead), this.#device.pace.rowsIn(STINT_MS, ahead));
    const whole = Math.max(1, Math.floor(rows / ahead.unit)) * ahead.unit;
    return Math.min(ahead.left, ahead.most, whole);
  }

  piecesNext(left: PiecesAhead): number {
    return this.#device.pace.piecesIn(STINT_MS, piecesOf(left));
  }

  run(work: () => void | Promise<void>, stint?: Stint): Promise<void> {
    const { fence, turns } = this.#device;
    return turns.run(false, async () => {
      const start = performance.now();
      await work();
      await fence.done();
      const workMs = fence.workMs(performance.now() - start);
      this.#spentMs += workMs;
      if (stint) this.#learn(stint, workMs);
    });
  }

  async end(): Promise<void> {}

  #learn({ ahead, rows, pieces, of }: Stint, milliseconds: number): void {
    const { pace } = this.#device;
    if (pieces === of) pace.recordRows(ahead, rows, milliseconds);
    else pace.record(ahead.work, (ahead.width * rows * pieces) / of, milliseconds);
  }
}

/** Whole tiles if pieces of them can be taken: some of a tile's rows cost as much as all. */
function leastRows({ pieces, tileRows }: RowsAhead): number {
  return pieces(1) > 1 ? tileRows : 1;
}

function piecesOf({ ahead, rows, from, of }: PiecesAhead): Pieces {
  return { ...ahead, samples: samplesOfPiece(ahead, rows, of), left: of - from };
}
