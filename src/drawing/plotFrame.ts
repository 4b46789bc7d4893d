import type { Box } from '../overlay/marks.ts';
import { formatNumber } from '../scales/format.ts';
import { type Tick, type Ticks, valueTicks } from '../scales/ticks.ts';
import type { DrawingColors } from './colors.ts';
import { element, escapeMarkup, LETTER_WIDTH } from './svgMarkup.ts';
import type { AxisDescription } from './vectorPanels.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export const TEXT_SIZE = 12;
const MARGIN = { top: 12, right: 18, bottom: 46, left: 58 };
const LEGEND_ROW = 20;
const SWATCH = 20;
const GAP = 7;
const TICK = 5;
const LABEL_GAP = 4;
/** The name of the upright axis, and the place between it and the labels. */
const NAME = { baseline: 14, end: 20 };
/** Room that a label needs along its axis. */
const ROOM = { x: 80, y: 44 };

/** An entry of the legend: a sign and its meaning. */
export interface LegendSign {
  readonly name: string;
  /** Its sign, in a box of SWATCH × 10 with its middle line at y = 0. */
  readonly sign: string;
}

/** Rows of signs with their names; the plot gets the rest of the drawing, below them and beside the labels of its upright axis. */
export function layOutPlot(
  { width, height }: Size,
  signs: readonly LegendSign[],
  upright: AxisDescription,
  colors: DrawingColors,
): { readonly plot: Box; readonly legend: string } {
  const right = width - MARGIN.right;
  const left = leftMargin(upright, height);
  const parts: string[] = [];
  let [x, row] = [left, 0];
  for (const { name, sign } of signs) {
    const length = SWATCH + GAP + name.length * TEXT_SIZE * LETTER_WIDTH;
    if (x > left && x + length > right) [x, row] = [left, row + 1];
    const y = MARGIN.top + row * LEGEND_ROW;
    const text = drawText(name, { x: SWATCH + GAP, y: 4, fill: colors.ink });
    parts.push(element('g', { transform: `translate(${x} ${y})` }, sign + text));
    x += length + 2 * GAP;
  }
  const top = MARGIN.top + (signs.length > 0 ? (row + 1) * LEGEND_ROW - 4 : 0);
  const plot = {
    x: left,
    y: top,
    width: Math.max(1, right - left),
    height: Math.max(1, height - top - MARGIN.bottom),
  };
  return { plot, legend: parts.join('\n') };
}

/** More than usual where labels are long. */
function leftMargin(upright: AxisDescription, height: number): number {
  const { ticks } = ticksOf(upright, height / ROOM.y);
  const longest = Math.max(0, ...ticks.map(({ label }) => [...label].length));
  return Math.max(MARGIN.left, NAME.end + longest * TEXT_SIZE * LETTER_WIDTH + LABEL_GAP + TICK);
}

/** The position of a value on its axis, 0 to 1. */
export function placeOn({ from, to, scale }: AxisDescription, value: number): number {
  if (scale === 'linear') return (value - from) / (to - from);
  return Math.log10(value / from) / Math.log10(to / from);
}

/** Ticks and names of both axes, and the frame of the plot. */
export function drawFrame(
  plot: Box,
  x: AxisDescription | null,
  y: AxisDescription,
  colors: DrawingColors,
): string {
  const bottom = plot.y + plot.height;
  const parts = [element('rect', { ...plot, fill: 'none', stroke: colors.quiet })];
  const stroke = { stroke: colors.quiet };
  if (x) {
    for (const { position, label } of ticksOf(x, plot.width / ROOM.x).ticks) {
      const at = plot.x + ((position + 1) / 2) * plot.width;
      parts.push(element('line', { x1: at, x2: at, y1: bottom, y2: bottom + TICK, ...stroke }));
      const place = { x: at, y: bottom + TICK + 14, 'text-anchor': 'middle', fill: colors.ink };
      parts.push(drawText(label, place));
    }
    const place = { x: plot.x + plot.width / 2, y: bottom + TICK + 32, fill: colors.quiet };
    parts.push(drawText(x.label, { ...place, 'text-anchor': 'middle' }));
  }
  const upright = ticksOf(y, plot.height / ROOM.y);
  for (const { position, label } of upright.ticks) {
    const at = bottom - ((position + 1) / 2) * plot.height;
    parts.push(element('line', { x1: plot.x - TICK, x2: plot.x, y1: at, y2: at, ...stroke }));
    const place = {
      x: plot.x - TICK - LABEL_GAP,
      y: at + 4,
      'text-anchor': 'end',
      fill: colors.ink,
    };
    parts.push(drawText(label, place));
  }
  const name = [y.label, upright.offset].filter(Boolean).join(' ');
  const turned = `translate(${NAME.baseline} ${plot.y + plot.height / 2}) rotate(-90)`;
  parts.push(drawText(name, { transform: turned, 'text-anchor': 'middle', fill: colors.quiet }));
  return parts.filter(Boolean).join('\n');
}

/** Text as an element; '' for no text. */
export function drawText(
  text: string,
  attributes: Readonly<Record<string, string | number>>,
): string {
  return text === '' ? '' : element('text', attributes, escapeMarkup(text));
}

function ticksOf({ from, to, scale }: AxisDescription, count: number): Ticks {
  if (scale === 'linear') return valueTicks(from, to, Math.max(2, Math.floor(count)));
  const [first, last] = [Math.ceil(Math.log10(from)), Math.floor(Math.log10(to))];
  const step = Math.max(1, Math.ceil((last - first) / Math.max(1, count)));
  const ticks: Tick[] = [];
  for (let exponent = first; exponent <= last; exponent += step) {
    const value = 10 ** exponent;
    const position = 2 * placeOn({ label: '', from, to, scale }, value) - 1;
    ticks.push({ position, label: formatNumber(value, 1) });
  }
  return { ticks, offset: null };
}
