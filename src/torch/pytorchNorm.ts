import { STOP_INTERVALS } from '../scales/norms.ts';
import { isSymmetric, pictureColors } from '../scales/pictureColors.ts';
import type { State } from '../state/state.ts';
import { pythonFloat } from './pythonLiterals.ts';

/** Defines `norm` from `values`, `vmin` and `vmax`; null if it is linear. */
export function normCode(state: State): string | null {
  const { norm } = pictureColors(state);
  switch (norm.kind) {
    case 'linear':
      return null;
    case 'symlog':
      return symlogCode(norm.linearThreshold);
    case 'equalized':
      return equalizedCode(state);
  }
}

function symlogCode(linearThreshold: number | 'auto'): string {
  const isGiven = linearThreshold !== 'auto';
  const auto = '10.0 ** (np.floor(np.log10(max(abs(vmin), abs(vmax)) or 1e3)) - 3)';
  return [
    `threshold = ${isGiven ? pythonFloat(linearThreshold) : auto}`,
    'norm = matplotlib.colors.SymLogNorm(threshold, base=10, vmin=vmin, vmax=vmax)',
  ].join('\n');
}

/** The stops of `equalizingStops`, and of `mirrorStops` for a symmetric range. */
function equalizedCode(state: State): string {
  const places = (count: number) => `np.linspace(0.0, 1.0, ${count + 1})`;
  const stops = isSymmetric(pictureColors(state))
    ? [
        `sizes = np.quantile(np.abs(values), ${places(STOP_INTERVALS / 2)})`,
        'sizes[0] = 0.0',
        'stops = np.concatenate([-sizes[::-1], sizes[1:]])',
      ]
    : [
        'counted = values[(values >= vmin) & (values <= vmax)]',
        `stops = np.quantile(counted if counted.size else [vmin, vmax], ${places(STOP_INTERVALS)})`,
        'stops[[0, -1]] = vmin, vmax',
      ];
  return [
    '# Each colour covers as much of the picture.',
    'if vmin == vmax:  # There is a single value.',
    '    step = max(1.0, 2 * np.spacing(abs(vmin)))',
    '    vmin, vmax = vmin - step, vmax + step',
    ...stops,
    `places = ${places(STOP_INTERVALS)}`,
    'norm = matplotlib.colors.FuncNorm(',
    '    (lambda v: np.interp(v, stops, places), lambda p: np.interp(p, places, stops)), vmin, vmax',
    ')',
  ].join('\n');
}

/** Levels at even places of `norm`, with both ends of the range. */
export function placedLevelsCode(count: number): string {
  return [
    '# Levels at even places of the colour map.',
    `levels = np.unique(norm.inverse(np.linspace(0.0, 1.0, ${count + 1})))`,
    'if levels.size < 2:  # There is a single value.',
    '    step = max(1.0, 2 * np.spacing(abs(levels[0])))',
    '    levels = levels[0] + step * np.array([-1.0, 0.0, 1.0])',
  ].join('\n');
}
