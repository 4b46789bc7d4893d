import { breakpointsOf } from '../model/activations.ts';
import { activationsOf, isAffine } from '../model/drawnNetwork.ts';
import type { Field } from '../model/field.ts';
import type { ColormapName } from '../scales/colormaps.ts';
import { formatCoordinate } from '../scales/format.ts';
import { layerColor } from '../scales/layerColors.ts';
import { inputsOfAxes } from '../scales/names.ts';
import { isSymmetric, pictureColors } from '../scales/pictureColors.ts';
import type { State } from '../state/state.ts';
import { nameRings } from '../view/polarAxes.ts';
import { indent, pythonFloat, pythonString } from './pythonLiterals.ts';
import { normCode, placedLevelsCode } from './pytorchNorm.ts';

/** matplotlib has no colours for identities; this map has the most different ones. */
const REGION_MAP: ColormapName = 'prism';
const MATPLOTLIB_NAMES: Readonly<Partial<Record<ColormapName, string>>> = {
  greys: 'gray',
  diverging: 'coolwarm',
  cyclic: 'twilight',
};

/** Defines `vmin` and `vmax`, the values at the two ends of the colour map. */
export function rangeCode(state: State): string {
  const shown = pictureColors(state);
  const { range, isAngle } = shown;
  if (isAngle) return 'vmin, vmax = -np.pi, np.pi';
  if (range?.mode === 'fixed') {
    return `vmin, vmax = ${pythonFloat(range.min)}, ${pythonFloat(range.max)}`;
  }
  if (isSymmetric(shown)) {
    return 'vmax = np.abs(values).max()\nvmin = -vmax';
  }
  return 'vmin, vmax = values.min(), values.max()';
}

/** Draws `values` over `x` and `y`. @param isCentred whether these are relative to the view's centre */
export function plotCode(state: State, title: string, isCentred: boolean): string {
  const { colormap, contours } = pictureColors(state);
  const { filled, lines, count } = contours;
  const norm = normCode(state);
  const levels = norm === null ? levelsCode(count) : placedLevelsCode(count);
  return [
    ...(norm === null ? [] : [norm]),
    ...(filled || lines ? [levels] : []),
    filled ? filledCode(state) : imageCode(state),
    ...(filled || colormap === null ? [] : [barCode(state)]),
    ...(lines ? [LINES] : []),
    ...(state.hinges ? [hingesCode(state)] : []),
    'plt.gca().set_aspect("equal")',
    axesCode(state, isCentred),
    `plt.title(${pythonString(title)})`,
    filled ? `${FAR_COLORS}\n    plt.show()` : 'plt.show()',
  ].join('\n');
}

function axesCode({ field, view, projection }: State, isCentred: boolean): string {
  if (projection.kind === 'plane') {
    const ends = 'plt.axis([x[0], x[-1], y[0], y[-1]])';
    const names = ([0, 1] as const).map((axis) => {
      const center = formatCoordinate(view.center[axis], view.centerLow[axis], view.halfWidth);
      // The program computes in the network's own numbers, whatever the file calls them.
      const letter = letterOf(field, axis);
      return pythonString(`$${letter}_${axis + 1}$${isCentred ? ` from ${center}` : ''}`);
    });
    return `${ends}\nplt.xlabel(${names[0]})\nplt.ylabel(${names[1]})`;
  }
  const { decades } = projection;
  const outermost = Math.log10(view.halfWidth);
  const first = Math.ceil(outermost - decades * (1 - RING_RADII.least));
  const last = Math.floor(outermost + decades * (RING_RADII.greatest - 1));
  return [
    `for power in range(${first}, ${last + 1}):`,
    '    ring = 1.0 + (power - np.log10(half)) / decades',
    '    plt.gca().add_patch(plt.Circle((0.0, 0.0), ring, fill=False, color="white", alpha=0.6))',
    '    plt.text(0.7 * ring, 0.7 * ring, f"$10^{{{power}}}$", color="white", clip_on=True)',
    'plt.axis([-1.0, 1.0, -1.0, 1.0])',
    'plt.xticks([])',
    'plt.yticks([])',
    `plt.xlabel(${pythonString(nameRings(view))})`,
  ].join('\n');
}

/** Rings are drawn neither nearer to the middle nor beyond the corners. */
const RING_RADII = { least: 0.05, greatest: Math.SQRT2 };

function letterOf(field: Field, axis: 0 | 1): string {
  if (field.network.kind === 'identity') return 'z';
  return inputsOfAxes(field)[axis] === null ? 'u' : 'x';
}

function colormapOf(state: State): string {
  const name = pictureColors(state).colormap ?? REGION_MAP;
  return pythonString(MATPLOTLIB_NAMES[name] ?? name);
}

function imageCode(state: State): string {
  const range = pictureColors(state).range ? ` ${scaleCode(state)},` : '';
  return [
    '# A pixel lies about its sample.',
    'dx, dy = (x[-1] - x[0]) / (n - 1) / 2, (y[-1] - y[0]) / (n - 1) / 2',
    'extent = [x[0] - dx, x[-1] + dx, y[0] - dy, y[-1] + dy]',
    `plt.imshow(values, origin="lower", extent=extent, cmap=${colormapOf(state)},${range}`,
    '           interpolation="nearest")',
  ].join('\n');
}

/** An equalised bar of an image has ticks at even places; matplotlib's own would crowd. */
function barCode(state: State): string {
  const { norm, contours } = pictureColors(state);
  const isCrowded = norm.kind === 'equalized' && !contours.filled;
  return isCrowded
    ? 'plt.colorbar(ticks=norm.inverse(np.linspace(0.0, 1.0, 9)))'
    : 'plt.colorbar()';
}

/** What matplotlib takes for the places of values on the colour map. */
function scaleCode(state: State): string {
  return pictureColors(state).norm.kind === 'linear' ? 'vmin=vmin, vmax=vmax' : 'norm=norm';
}

/** Around what places colours. */
const FAR_COLORS = 'with np.errstate(over="ignore"):';

function filledCode(state: State): string {
  return [
    '# matplotlib has the colours beyond both ends at 1e250: over a tiny range that is too far.',
    FAR_COLORS,
    `    plt.contourf(x, y, values, levels, cmap=${colormapOf(state)}, ${scaleCode(state)},`,
    '                 extend="both")',
    ...(pictureColors(state).colormap === null ? [] : [indent(barCode(state))]),
  ].join('\n');
}

/** The levels of `niceLevels`, and one more beyond each end of the range. */
function levelsCode(count: number): string {
  return [
    '# Levels at multiples of 1, 2 or 5 times a power of ten.',
    `step = ((vmax - vmin) or 1.0) / ${count}`,
    '# Steps that float64 has at these values: levels must be increasing.',
    'step = max(step, 2 * np.spacing(max(abs(vmin), abs(vmax))))',
    'power = 10.0 ** np.floor(np.log10(step))',
    'step = power * [1, 2, 5, 10][np.sum(step / power >= np.sqrt([2, 10, 50]))]',
    'first, last = np.ceil(vmin / step - 1e-9), np.floor(vmax / step + 1e-9)',
    'levels = step * np.arange(first - 1, last + 2)',
  ].join('\n');
}

/** matplotlib warns if it has no line to draw. */
const LINES = `levels = levels[1:-1]
levels = levels[(levels > values.min()) & (levels < values.max())]
if levels.size > 0:
    plt.contour(x, y, values, levels, colors="black", linewidths=0.8, alpha=0.75)`;

function hingesCode({ field }: State): string {
  // One for each set of pre-activations: those of a clamp have two.
  const layers = isAffine(field.network)
    ? [1]
    : activationsOf(field.network).flatMap((own, layer) => breakpointsOf(own).map(() => layer + 1));
  const colors = layers.map((layer) => pythonString(hexColor(layerColor(layer))));
  return [
    'with torch.no_grad():',
    `    for layer, color in zip(preactivations(points), [${colors.join(', ')}]):`,
    '        for z in layer.unbind(-1):',
    '            if z.min() < 0 < z.max():',
    '                plt.contour(x, y, z, [0], colors=color, linewidths=1.2)',
  ].join('\n');
}

function hexColor(rgb: readonly number[]): string {
  return `#${rgb.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
