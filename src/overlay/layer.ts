import type { Mark } from './marks.ts';

/** What lies over a picture for one purpose. */
export interface Layer {
  /** In the picture's pixels from its top left corner. */
  readonly marks: readonly Mark[];
  /** What the marks mean. */
  readonly legend: readonly LegendEntry[];
}

export interface LegendEntry {
  /** In a box of SIGN_WIDTH whose middle line is at y = 0. */
  readonly sign: Mark;
  readonly text: string;
}

export const SIGN_WIDTH = 18;

export const NO_LAYER: Layer = { marks: [], legend: [] };
