import { isDiverging } from '../scales/colormaps.ts';
import { pictureColors } from '../scales/pictureColors.ts';
import type { State } from './state.ts';

export interface ValueRange {
  readonly min: number;
  readonly max: number;
}

/**
 * Whether a panel takes part in the shared range: only an automatic range does. An equalised one is that of its own picture,
 * and so does not.
 */
export function sharesRange(state: State): boolean {
  const { range, norm } = pictureColors(state);
  return range?.mode === 'auto' && norm.kind !== 'equalized';
}

/**
 * The smallest range that holds the values of all panels that take part; a diverging map keeps 0 in
 * its middle. null if it would be empty, or if no panel takes part.
 *
 * @param panels with the minimum and maximum of each; null before its first picture.
 */
export function uniteRanges(
  panels: readonly { readonly state: State; readonly values: ValueRange | null }[],
): ValueRange | null {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let centred = false;
  for (const { state, values } of panels) {
    if (values === null || !sharesRange(state)) continue;
    min = Math.min(min, values.min);
    max = Math.max(max, values.max);
    centred ||= isDiverging(state.colormap);
  }
  if (centred && min <= max) {
    max = Math.max(Math.abs(min), Math.abs(max));
    min = -max;
  }
  return min < max ? { min, max } : null;
}

/** The state as it is drawn: with the shared range instead of its automatic one. */
export function withSharedRange(state: State, shared: ValueRange | null): State {
  if (shared === null || !sharesRange(state)) return state;
  return { ...state, range: { mode: 'fixed', ...shared } };
}
