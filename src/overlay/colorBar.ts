import { COLORMAP_SIZE, colormapTable } from '../scales/colormaps.ts';
import {
  type ColorRange,
  type ColorScale,
  colorScale,
  colorTicks,
  mapFraction,
} from '../scales/colorScale.ts';
import { hexColor } from '../scales/hexColor.ts';
import type { Ticks } from '../scales/ticks.ts';
import type { State } from '../state/state.ts';

/** The content of a colour bar; places run from 0 at its lower end to 1 at its upper end. */
export interface ColorBar {
  /** Each from its place to that of the next, in order from 0. */
  readonly colors: readonly { readonly from: number; readonly color: string }[];
  readonly ticks: Ticks;
}

/**
 * The bar of a picture: continuous, or in the steps of filled contours.
 *
 * @param length of the bar; `labelRoom`, in the same unit, is the room that a number needs along it
 */
export function colorBarOf(
  { quantity, contours, colormap }: State,
  range: ColorRange,
  length: number,
  labelRoom: number,
): ColorBar {
  const scale = colorScale(quantity, contours, range);
  const table = colormapTable(scale.isTurn ? 'cyclic' : colormap);
  const colors = startsOf(scale).map((from, i, starts) => {
    const fraction = mapFraction((from + (starts[i + 1] ?? 1)) / 2, scale);
    const entry = Math.min(COLORMAP_SIZE - 1, Math.floor(fraction * COLORMAP_SIZE));
    return { from, color: hexColor(table.subarray(4 * entry, 4 * entry + 3)) };
  });
  return { colors, ticks: colorTicks(scale, Math.max(2, length / labelRoom)) };
}

function startsOf({ min, max, levels }: ColorScale): number[] {
  if (!(max > min)) return [0];
  if (levels.length === 0) {
    return Array.from({ length: COLORMAP_SIZE }, (_, i) => i / COLORMAP_SIZE);
  }
  const inside = levels.filter((level) => level > min && level < max);
  return [0, ...inside.map((level) => (level - min) / (max - min))];
}
