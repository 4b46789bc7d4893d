import type { Mark } from './marks.ts';

/** The part of the overlay that serves one purpose. */
export interface Layer {
  /** In pixels from the picture's top left corner. */
  readonly marks: readonly Mark[];
  /** The meaning of the marks. */
  readonly legend: readonly LegendEntry[];
}

export interface LegendEntry {
  /** Lowest first, in a box of SIGN_WIDTH with its middle line at y = 0; empty for a sentence without a sign. */
  readonly sign: readonly Mark[];
  readonly text: string;
}

export const SIGN_WIDTH = 18;

export const NO_LAYER: Layer = { marks: [], legend: [] };
