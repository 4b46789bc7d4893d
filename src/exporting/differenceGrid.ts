import type { DifferencePanel } from '../figures/figure.ts';
import type { GridRequest } from '../reference/gridRequest.ts';
import { COLORMAP_SIZE, colormapTable } from '../scales/colormaps.ts';
import { formatNumber } from '../scales/format.ts';
import { DEFAULT_STATE } from '../state/defaults.ts';
import { applyPatch } from '../state/patch.ts';

/** Samples along each axis. */
const SIDE = 200;

/** What samples a field: the page's renderer. */
export interface Sampler {
  sample(request: GridRequest): Promise<{ readonly values: Float64Array }>;
}

/** A difference, sampled. */
export interface DifferenceGrid {
  /** [SIDE, SIDE], row-major, the first row at the bottom. */
  readonly values: Float64Array;
  /** The largest size of a value. */
  readonly largest: number;
}

/** Samples both fields by the kernels that draw. @throws GpuError (as a rejection) */
export async function sampleDifference(
  { of, minus, halfWidth }: DifferencePanel,
  sampler: Sampler,
): Promise<DifferenceGrid> {
  const side = [-halfWidth, halfWidth] as const;
  const [a, b] = await Promise.all(
    [of, minus].map((part) => {
      const { field, quantity } = applyPatch(DEFAULT_STATE, part);
      return sampler.sample({ field, quantity, x: side, y: side, width: SIDE, height: SIDE });
    }),
  );
  const values = a!.values.map((value, i) => value - b!.values[i]!);
  return { values, largest: values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) };
}

/** Draws it in the diverging colours, which run from −largest to largest; if all are 0, in their middle. */
export function paintDifference(
  canvas: HTMLCanvasElement,
  { values, largest }: DifferenceGrid,
): void {
  canvas.width = SIDE;
  canvas.height = SIDE;
  const table = colormapTable('diverging');
  const image = new ImageData(SIDE, SIDE);
  values.forEach((value, i) => {
    const fraction = largest > 0 ? (value / largest + 1) / 2 : 0.5;
    const entry = Math.min(COLORMAP_SIZE - 1, Math.floor(fraction * COLORMAP_SIZE));
    const row = SIDE - 1 - Math.floor(i / SIDE);
    const pixel = row * SIDE + (i % SIDE);
    image.data.set(table.subarray(4 * entry, 4 * entry + 4), 4 * pixel);
  });
  canvas.getContext('2d')!.putImageData(image, 0, 0);
}

/** The difference as a data URL of a PNG. */
export function differenceImage(grid: DifferenceGrid): string {
  const canvas = document.createElement('canvas');
  paintDifference(canvas, grid);
  return canvas.toDataURL('image/png');
}

/** The line below the picture. */
export function describeDifference({ largest }: DifferenceGrid): string {
  return largest === 0
    ? 'Zero at every sample'
    : `Largest difference ${formatNumber(largest, 2)}; blue below 0, red above`;
}
