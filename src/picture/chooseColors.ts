import type { Calibration } from '../kernels/calibration.ts';
import type { Coloring } from '../passes/color.ts';
import { isDiverging } from '../scales/colormaps.ts';
import { niceLevels } from '../scales/levels.ts';
import type { State } from '../state/state.ts';

/** What the colour pass needs to know beside the samples. */
export interface ColorChoice
  extends Pick<Coloring, 'range' | 'symmetric' | 'zero' | 'levels' | 'filled' | 'lines'> {
  /** The ends of the colour map as the kernel shows values; null for regions. */
  readonly ends: { readonly low: number; readonly high: number } | null;
  /** Contour levels for people. */
  readonly levelValues: readonly number[];
}

const NO_LEVELS = { first: 0, step: 0, count: 0 };

/** Chooses range and contour levels, in numbers as the kernel shows them. */
export function chooseColors(
  state: State,
  calibration: Calibration,
  statistics: { readonly least: number; readonly greatest: number } | null,
): ColorChoice {
  const zero = toFloat32(-calibration.offset / calibration.scale);
  const symmetric = isSymmetric(state);
  const ends = statistics && endsOf(state, calibration, statistics, symmetric ? zero : null);
  const { filled, lines, count } = state.contours;
  const levels =
    ends && hasLevels(state)
      ? niceLevels(
          calibration.scale * ends.low,
          calibration.scale * ends.high,
          count,
          calibration.offset,
        )
      : null;
  return {
    range: state.range.mode === 'fixed' ? ends : null,
    symmetric,
    zero,
    ends,
    levels: levels?.count
      ? {
          first: levels.differences[0] / calibration.scale,
          step: levels.step / calibration.scale,
          count: levels.count,
        }
      : NO_LEVELS,
    levelValues: levels?.values ?? [],
    filled,
    lines,
  };
}

/** Whether colours need contour levels, which are chosen from the statistics. */
export function hasLevels({ contours, quantity }: State): boolean {
  const isScale = quantity !== 'gradientDirection' && quantity !== 'region';
  return isScale && (contours.filled || contours.lines);
}

function endsOf(
  state: State,
  { offset, scale }: Calibration,
  { least, greatest }: { readonly least: number; readonly greatest: number },
  center: number | null,
): { low: number; high: number } {
  const { range } = state;
  if (state.quantity === 'gradientDirection') return { low: -Math.PI, high: Math.PI };
  if (range.mode === 'fixed') {
    return {
      low: toFloat32((range.min - offset) / scale),
      high: toFloat32((range.max - offset) / scale),
    };
  }
  if (center !== null) {
    const half = Math.max(Math.abs(least - center), Math.abs(greatest - center));
    return { low: center - half, high: center + half };
  }
  return { low: least, high: greatest };
}

/** A diverging map has its middle at 0 unless a person fixed the ends. */
function isSymmetric({ range, colormap }: State): boolean {
  return range.mode === 'symmetric' || (range.mode === 'auto' && isDiverging(colormap));
}

/** Far outside float32 the nearest finite number serves: colours are clamped anyway. */
function toFloat32(value: number): number {
  return Math.min(1e38, Math.max(-1e38, value));
}
