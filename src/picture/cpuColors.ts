import { BOUNDARY_LAYER } from '../kernels/shaderConstants.ts';
import { classColor } from '../scales/classColors.ts';
import { COLORMAP_SIZE, type ColormapName, colormapTable } from '../scales/colormaps.ts';
import { CONTOUR_OPACITY, isBright } from '../scales/contourInk.ts';
import { hslColor } from '../scales/hsl.ts';
import { layerColor } from '../scales/layerColors.ts';
import { placeAmong } from '../scales/norms.ts';
import { pictureColors } from '../scales/pictureColors.ts';
import type { State } from '../state/state.ts';
import type { ColorChoice } from './chooseColors.ts';
import type { CpuSamples } from './cpuSamples.ts';

type Rgb = readonly [number, number, number];
/** The colour of a place in a map, 0 to 1. */
type Look = (fraction: number) => Rgb;

/** Where there is nothing to show, and in a region without active neurons. */
const NOTHING: Rgb = [127.5, 127.5, 127.5];
const NOTHING_ACTIVE: Rgb = [183.6, 183.6, 183.6];
const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [255, 255, 255];
/** A thinner contour line would have gaps, in samples. */
const LINE_WIDTH_MIN = 1.2;

/**
 * The colours of samples, by the rules of shaders/color.wgsl: [rows, columns, RGBA] bytes, the upper row first;
 * with a pause after each row.
 * @param colors chosen for stored values that are the values themselves
 * @param lineWidth of contour lines, in samples
 */
export function* paintCpuSamples(
  samples: CpuSamples,
  state: State,
  colors: ColorChoice,
  lineWidth: number,
): Generator<void, Uint8ClampedArray<ArrayBuffer>> {
  const { grid, values, lines, shares } = samples;
  const { columns, rows } = grid;
  const pixels = new Uint8ClampedArray(4 * columns * rows).fill(255);
  const { colormap, classes } = pictureColors(state);
  const look = colormap && mapOf(colormap);
  const colorOf = look ? colorsOf(look, colors) : classes ? classColor : regionColor;
  const hasLines = colors.lines && colors.levels.count > 0;
  const lineAt = look && hasLines ? lineOf(samples, look, colors, lineWidth) : null;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const index = row * columns + column;
      const value = values[index]!;
      let color = Number.isNaN(value) ? NOTHING : colorOf(value);
      if (shares) color = mix(WHITE, color, shares[index]!);
      const line = lineAt?.(index);
      if (line) color = mix(color, line.color, CONTOUR_OPACITY * line.coverage);
      if (lines?.[index]) color = hingeColor(lines[index], color, classes !== null);
      const at = 4 * ((rows - 1 - row) * columns + column);
      pixels[at] = color[0];
      pixels[at + 1] = color[1];
      pixels[at + 2] = color[2];
    }
    yield;
  }
  return pixels;
}

function colorsOf(look: Look, colors: ColorChoice): (value: number) => Rgb {
  const { first, step, count } = colors.levels;
  const isStepped = colors.filled && count > 0;
  const stepped = (level: number) => {
    const band = Math.min(count - 1, Math.max(-1, Math.floor((level - first) / step)));
    return first + (band + 0.5) * step;
  };
  const levelOf = levelsOf(colors);
  return (value) => {
    const level = levelOf(value);
    return look(fractionOf(isStepped ? stepped(level) : level, colors));
  };
}

/** What lies evenly on the colour map: the values themselves, or their places among the stops. */
function levelsOf({ stops }: ColorChoice): (value: number) => number {
  return stops ? (value) => placeAmong(stops, value) : (value) => value;
}

function fractionOf(level: number, { shownEnds, stops }: ColorChoice): number {
  if (stops) return level;
  const { low, high } = shownEnds!;
  return high > low ? (level - low) / (high - low) : 0.5;
}

function mapOf(colormap: ColormapName): Look {
  const table = colormapTable(colormap);
  const entries = Array.from({ length: COLORMAP_SIZE }, (_, i): Rgb => {
    const [red, green, blue] = table.subarray(4 * i);
    return [red!, green!, blue!];
  });
  return (fraction) =>
    entries[Math.min(COLORMAP_SIZE - 1, Math.max(0, Math.floor(fraction * COLORMAP_SIZE)))]!;
}

/** The colour of a hinge, or of the line where another class begins: black between colours of classes. */
function hingeColor(layer: number, ground: Rgb, ofClasses: boolean): Rgb {
  if (layer !== BOUNDARY_LAYER) return layerColor(layer);
  return ofClasses || isBright(ground) ? BLACK : WHITE;
}

/** A colour for the identity of a region. */
function regionColor(region: number): Rgb {
  if (region === 0) return NOTHING_ACTIVE;
  const hue = (region & 0xffff) / 65536;
  const lightness = 0.45 + (0.4 * ((region >>> 16) & 0xff)) / 255;
  const saturation = 0.35 + (0.4 * (region >>> 24)) / 255;
  return hslColor(360 * hue, saturation, lightness);
}

/** The contour line at a sample, if one crosses it: its colour, and how much it covers. */
function lineOf({ grid, values }: CpuSamples, look: Look, colors: ColorChoice, lineWidth: number) {
  const { first, step, count } = colors.levels;
  const { columns } = grid;
  const halfWidth = Math.max(LINE_WIDTH_MIN, lineWidth) / 2;
  const levelOf = levelsOf(colors);
  const levelAt = (index: number) => levelOf(values[index]!);
  const slopeOf = (before: number, after: number) => (levelAt(after) - levelAt(before)) / 2;
  return (index: number): { readonly color: Rgb; readonly coverage: number } | null => {
    const level = levelAt(index);
    const column = index % columns;
    const left = column === 0 ? index : index - 1;
    const right = column === columns - 1 ? index : index + 1;
    const below = index < columns ? index : index - columns;
    const above = index + columns < values.length ? index + columns : index;
    const [slopeX, slopeY] = [slopeOf(left, right), slopeOf(below, above)];
    const steepness = Math.hypot(slopeX, slopeY);
    if (!(steepness > 0)) return null;
    const nearest = Math.min(count - 1, Math.max(0, Math.round((level - first) / step)));
    const onLine = first + nearest * step;
    const height = Math.abs(level - onLine);
    const coverage = Math.min(1, Math.max(0, halfWidth + 0.5 - height / steepness));
    if (coverage === 0) return null;
    // A line is either black or white, by the map's colour at its level.
    const ground = look(fractionOf(onLine, colors));
    return { color: isBright(ground) ? BLACK : WHITE, coverage };
  };
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const part = (i: 0 | 1 | 2) => from[i] + share * (to[i] - from[i]);
  return [part(0), part(1), part(2)];
}
