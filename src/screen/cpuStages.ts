import { widthsOf } from '../model/drawnNetwork.ts';
import { cpuGrid } from '../picture/cpuSamples.ts';
import type { State } from '../state/state.ts';

/** Samples along the square's sides, from the first picture of a change to the last; then as many as the state's. */
const SIDES = [17, 65, 200];
/** A picture with fewer samples along a side cannot show lines, and is not the last. */
export const LINES_SIDE_MIN = 65;
/** A first picture takes about this long, in milliseconds. */
const FRAME_MS = 20;
/** No finer picture is begun that would take longer, in milliseconds. */
const PATIENCE_MS = 10_000;

/** A canvas, in pixels. */
interface Size {
  readonly width: number;
  readonly height: number;
}

/** Chooses how finely the CPU samples one picture after another, by the time that earlier samples took. */
export class CpuStages {
  readonly #msPerSample = new Map<string, number>();

  /** Learns from a picture with `side` samples along its square. */
  record(state: State, size: Size, side: number, milliseconds: number): void {
    this.#msPerSample.set(workOf(state), milliseconds / samplesOf(size, side));
  }

  /** The most samples that take a frame. */
  first(state: State, size: Size): number {
    const sides = sidesOf(state);
    const affordable = sides.filter((side) => this.#expectedMs(state, size, side) <= FRAME_MS);
    return affordable.at(-1) ?? sides[0]!;
  }

  /** The side of the picture after that of `side`; null if that is the last one. */
  next(state: State, size: Size, side: number): number | null {
    const next = sidesOf(state).find((other) => other > side);
    if (next === undefined) return null;
    const isSoon = this.#expectedMs(state, size, next) <= PATIENCE_MS;
    return isSoon || next <= LINES_SIDE_MIN ? next : null;
  }

  #expectedMs(state: State, size: Size, side: number): number {
    const msPerSample = this.#msPerSample.get(workOf(state)) ?? Number.POSITIVE_INFINITY;
    return samplesOf(size, side) * msPerSample;
  }
}

function sidesOf({ gridSamples }: State): number[] {
  return [...SIDES.filter((side) => side < gridSamples), gridSamples];
}

function samplesOf({ width, height }: Size, side: number): number {
  const { columns, rows } = cpuGrid(width, height, side);
  return columns * rows;
}

/** The part of a state on which the time of a sample depends most. */
function workOf({ field, quantity }: State): string {
  const { network, readout } = field;
  return [...widthsOf(network), readout.kind, quantity].join();
}
