import type { Quantity } from '../../../src/model/field.ts';
import type { GridRequest } from '../../../src/reference/grid.ts';
import type { ColormapName } from '../../../src/scales/colormaps.ts';
import { fieldOf, type Shorthand } from '../../shorthand.ts';
import notebook from './notebook.json' with { type: 'json' };

/** contourf's levels: first, step, number. */
export type LevelRule = readonly [first: number, step: number, count: number];

/** What make_notebook.py tells of a grid: np.meshgrid of np.linspace(−halfWidth, halfWidth, side). */
export interface NotebookGrid {
  readonly name: string;
  readonly field: Shorthand;
  readonly quantity: Quantity;
  readonly halfWidth: number;
  readonly side: number;
  readonly least: number;
  readonly greatest: number;
  readonly mean: number;
  /** By how much a notebook that computes in float32 errs, relative to the range. */
  readonly noise: number;
  /** By the number that contourf was asked for. */
  readonly levels: Readonly<Record<'7' | '10' | '20', LevelRule>>;
}

/** A coloured plot: as contourf draws it, or as imshow where there are no levels. */
export interface NotebookPanel {
  readonly grid: number;
  readonly colormap: ColormapName;
  readonly levels: LevelRule | null;
}

export const grids = notebook.grids as unknown as readonly NotebookGrid[];
export const panels = notebook.panels as unknown as readonly NotebookPanel[];

/** Positions of the chosen samples in a raveled grid, by its side. */
export function chosenSamples(side: number): readonly number[] {
  return (notebook.chosen as Readonly<Record<string, number[]>>)[side]!;
}

/** What a person would call it. */
export function titleOf({ name, quantity, halfWidth, side }: NotebookGrid): string {
  return `${quantity} of ${name}, half-width ${halfWidth}, ${side} × ${side}`;
}

export function requestOf({ field, quantity, halfWidth, side }: NotebookGrid): GridRequest {
  const ends = [-halfWidth, halfWidth] as const;
  return { field: fieldOf(field), quantity, x: ends, y: ends, width: side, height: side };
}

/** What a file's URL holds; a `data:` URL also does without a page. */
export async function loadFile(url: string): Promise<ArrayBuffer> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.slice(0, 100)}: ${response.status}`);
  return response.arrayBuffer();
}

/** [grids, chosen samples], from samples.npy. */
export function readSamples(npy: ArrayBuffer): readonly Float32Array[] {
  const count = chosenSamples(100).length;
  const data = npyData(npy, `'<f4'`, `(${grids.length}, ${count})`);
  return grids.map((_, i) => new Float32Array(npy.slice(data + 4 * count * i), 0, count));
}

/** [panels, chosen samples, RGB] bytes, from colours.npy. */
export function readColors(npy: ArrayBuffer): readonly Uint8Array[] {
  const count = 3 * chosenSamples(100).length;
  const data = npyData(npy, `'|u1'`, `(${panels.length}, ${count / 3}, 3)`);
  return panels.map((_, i) => new Uint8Array(npy, data + count * i, count));
}

/** Where the data of an array begin, if it has this type and shape. */
function npyData(npy: ArrayBuffer, type: string, shape: string): number {
  const end = 10 + new DataView(npy).getUint16(8, true);
  const header = new TextDecoder('latin1').decode(new Uint8Array(npy, 10, end - 10));
  const expected = `{'descr': ${type}, 'fortran_order': False, 'shape': ${shape}, }`;
  if (header.trimEnd() !== expected) throw new Error(`received ${header}, expected ${expected}`);
  return end;
}

/**
 * The largest error at the chosen samples, and of least, greatest and mean value over all of them,
 * relative to the range; NaN stays NaN.
 */
export function worstError(grid: NotebookGrid, samples: Float32Array, values: Float64Array) {
  const range = grid.greatest - grid.least;
  let [least, greatest, sum] = [Infinity, -Infinity, 0];
  for (const value of values) {
    if (!(value >= least)) least = value;
    if (!(value <= greatest)) greatest = value;
    sum += value;
  }
  const errors = [
    ...chosenSamples(grid.side).map((at, i) => values[at]! - samples[i]!),
    least - grid.least,
    greatest - grid.greatest,
    sum / values.length - grid.mean,
  ];
  return errors.reduce((worst, error) => {
    const relative = Math.abs(error) / range;
    return relative <= worst ? worst : relative;
  }, 0);
}
