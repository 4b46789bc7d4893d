import type { Fence } from '../gpu/fence.ts';
import type { Pace, RowWork } from '../gpu/pace.ts';
import type { Turns } from '../gpu/turns.ts';

/** GPU work between two looks at whether the picture is still wanted. */
const SLICE_MS = 8;

/** Rows of a picture that are to be evaluated next. */
export interface RowsAhead extends RowWork {
  /** Multiplications for a sample. */
  readonly cost: number;
  /** The rows that are left. */
  readonly left: number;
  /** Rows that buffers have room for. */
  readonly most: number;
  /** Rows of samples that make one row of pixels: whole ones are taken. */
  readonly unit: number;
  /** Portions into which so many rows can be cut at most. */
  portions(rows: number): number;
}

/** What a piece of work evaluates: rows, or one of several portions of them. */
export interface Slice {
  readonly ahead: RowsAhead;
  readonly rows: number;
  readonly portions: number;
}

/** How the work of a picture is cut, and when the GPU is waited for. */
export interface Schedule {
  /** Milliseconds of GPU work up to now. */
  readonly spentMs: number;
  /** How many rows to take next. */
  rowsNext(ahead: RowsAhead): number;
  /** Into how many portions to cut so many rows. */
  portionsOf(ahead: RowsAhead, rows: number): number;
  /** Does a piece of work in its turn; what evaluates says how much. */
  run(work: () => void | Promise<void>, slice?: Slice): Promise<void>;
  /** Waits for what `run` has not waited for. */
  end(): Promise<void>;
}

/** What a schedule needs of the device. */
export interface ScheduledDevice {
  readonly fence: Fence;
  readonly pace: Pace;
  readonly turns: Turns;
}

/** All in one go, for something that moves: the turn is taken by whoever draws. */
export class AtOnce implements Schedule {
  readonly #start = performance.now();
  readonly #fence: Fence;

  constructor({ fence }: ScheduledDevice) {
    this.#fence = fence;
  }

  get spentMs(): number {
    return this.#fence.workMs(performance.now() - this.#start);
  }

  rowsNext({ left, most }: RowsAhead): number {
    return Math.min(left, most);
  }

  portionsOf(): number {
    return 1;
  }

  async run(work: () => void | Promise<void>): Promise<void> {
    await work();
  }

  end(): Promise<void> {
    return this.#fence.done();
  }
}

/** In slices of about 8 ms, between which others have their turns. */
export class InSlices implements Schedule {
  #spentMs = 0;
  readonly #device: ScheduledDevice;

  constructor(device: ScheduledDevice) {
    this.#device = device;
  }

  get spentMs(): number {
    return this.#spentMs;
  }

  rowsNext(ahead: RowsAhead): number {
    // Whole tiles where portions of them can be taken: some of a tile's rows cost as much as all.
    const least = ahead.portions(1) > 1 ? ahead.tileRows : 1;
    const rows = Math.max(least, this.#device.pace.rowsIn(SLICE_MS, ahead));
    const whole = Math.max(1, Math.floor(rows / ahead.unit)) * ahead.unit;
    return Math.min(ahead.left, ahead.most, whole);
  }

  portionsOf(ahead: RowsAhead, rows: number): number {
    const { work, cost, width } = ahead;
    const slices = Math.ceil((width * rows) / this.#device.pace.samplesIn(SLICE_MS, work, cost));
    return Math.max(1, Math.min(slices, ahead.portions(rows)));
  }

  run(work: () => void | Promise<void>, slice?: Slice): Promise<void> {
    const { fence, turns } = this.#device;
    return turns.run(false, async () => {
      const start = performance.now();
      await work();
      await fence.done();
      const workMs = fence.workMs(performance.now() - start);
      this.#spentMs += workMs;
      if (slice) this.#learn(slice, workMs);
    });
  }

  async end(): Promise<void> {}

  #learn({ ahead, rows, portions }: Slice, milliseconds: number): void {
    const { pace } = this.#device;
    if (portions === 1) pace.recordRows(ahead, rows, milliseconds);
    else pace.record(ahead.work, (ahead.width * rows) / portions, milliseconds);
  }
}
