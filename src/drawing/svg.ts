import { STATE_KEYWORD } from '../formats/pngMetadata.ts';
import { COLORMAP_SIZE, colormapTable } from '../scales/colormaps.ts';
import {
  type ColorRange,
  type ColorScale,
  colorScale,
  colorTicks,
  mapFraction,
} from '../scales/colorScale.ts';
import { axisTicks, type Ticks } from '../scales/ticks.ts';
import type { State } from '../state/state.ts';
import { encodeState } from '../state/url.ts';
import { nameRings } from '../view/polarAxes.ts';
import { extent } from '../view/view.ts';
import type { Box, PictureLayout } from './pictureLayout.ts';
import { drawLegend, type LegendEntry } from './svgLegend.ts';
import { element, escapeMarkup, LETTER_WIDTH } from './svgMarkup.ts';
import { ringsMarkup } from './svgRings.ts';

/** What an exported picture shows beside its field. */
export interface PictureParts {
  readonly layout: PictureLayout;
  readonly state: State;
  /** Of the colour map; null for regions, which have no scale. */
  readonly range: ColorRange | null;
  readonly title: string;
  /** The field as an image (a data URL); null leaves its place transparent, and the ground too. */
  readonly image: string | null;
  /** Markup to be laid over the field, in units of the plot from its top left corner. */
  readonly overlay: string;
  /** What the signs in the picture mean. */
  readonly legend: readonly LegendEntry[];
  /** Pixels per unit when the picture is drawn. */
  readonly scale: number;
}

const TICK = 5;
/** Room that a label takes along its axis; decides how many there are. */
const ROOM = { x: 90, y: 52, bar: 48 };
/** From an upright side to its offset, past the labels. */
const OFFSET_AWAY = 66;
/** From the plot to the legend, past the ticks and the axis's name. */
const LEGEND_BELOW = 60;
const FONT = "system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif";
const INK = '#1d1f24';
const TITLE_SIZE = 16;
const TEXT_SIZE = 12;

/** The picture as an SVG document: the field as an image, everything else as vectors and text. */
export function pictureSvg(parts: PictureParts): string {
  const { layout, state, title, scale } = parts;
  return svgDocument(layout, scale, [
    element('title', {}, escapeMarkup(title)),
    element('metadata', {}, escapeMarkup(`${STATE_KEYWORD} ${encodeState(state)}`)),
    pictureMarkup(parts),
  ]);
}

/** An SVG document with the fonts and colours of exported pictures. */
export function svgDocument(
  { width, height }: { readonly width: number; readonly height: number },
  scale: number,
  content: readonly string[],
): string {
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    width: width * scale,
    height: height * scale,
    viewBox: `0 0 ${width} ${height}`,
    'font-family': FONT,
    'font-size': TEXT_SIZE,
    fill: INK,
  };
  return `${element('svg', attributes, `\n${content.filter(Boolean).join('\n')}\n`)}\n`;
}

/**
 * The picture as markup, from its top left corner.
 *
 * @param id one of its kind in the document
 */
export function pictureMarkup(parts: Omit<PictureParts, 'scale'>, id = 'plot'): string {
  const { layout, state, image, title } = parts;
  const { width, plot } = layout;
  const content = [
    image === null ? '' : drawField(layout, image),
    drawOverlay(plot, ringsOf(state, plot) + parts.overlay, id),
    frame(plot),
    drawTitle(title, layout),
    ...drawAxes(layout, state),
    drawLegend(parts.legend, {
      x: plot.x,
      y: plot.y + plot.height + LEGEND_BELOW,
      width: width - plot.x,
      textSize: TEXT_SIZE,
    }),
    ...(parts.range ? drawBar(layout.bar, state, parts.range) : []),
  ];
  return content.filter(Boolean).join('\n');
}

function drawField({ width, height, plot }: PictureLayout, image: string): string {
  const ground = element('rect', { width, height, fill: '#ffffff' });
  const href = { href: image, preserveAspectRatio: 'none' };
  return `${ground}\n${element('image', { ...plot, ...href })}`;
}

/** Smaller where it would not fit. */
function drawTitle(title: string, { width, plot }: PictureLayout): string {
  const fitting = (width - plot.x) / (LETTER_WIDTH * title.length);
  return drawText(title, { x: plot.x, y: plot.y - 16, 'font-size': Math.min(TITLE_SIZE, fitting) });
}

/** What is laid over the field ends where the field does. */
function drawOverlay(plot: Box, overlay: string, id: string): string {
  if (overlay === '') return '';
  const clip = element('clipPath', { id }, element('rect', { ...plot, x: 0, y: 0 }));
  const place = { transform: `translate(${plot.x} ${plot.y})`, 'clip-path': `url(#${id})` };
  return `${clip}\n${element('g', place, overlay)}`;
}

function frame(box: Box): string {
  return element('rect', { ...box, fill: 'none', stroke: INK });
}

function drawText(text: string, attributes: Readonly<Record<string, string | number>>): string {
  return element('text', attributes, escapeMarkup(text));
}

function ringsOf({ view, projection }: State, plot: Box): string {
  return projection.kind === 'logRadial' ? ringsMarkup(view, projection.decades, plot) : '';
}

function drawAxes({ plot }: PictureLayout, { view, projection }: State): string[] {
  if (projection.kind === 'logRadial') {
    const place = { x: plot.x + plot.width / 2, y: plot.y + plot.height + TICK + 14 };
    return [drawText(nameRings(view), { ...place, 'text-anchor': 'middle' })];
  }
  const { halfX, halfY } = extent(plot.width, plot.height);
  const ticksOf = (axis: 0 | 1, halfSide: number, count: number) =>
    axisTicks(
      view.center[axis],
      view.centerLow[axis],
      view.halfWidth * halfSide,
      Math.max(2, count),
    );
  const x = ticksOf(0, halfX, plot.width / ROOM.x);
  const y = ticksOf(1, halfY, plot.height / ROOM.y);
  const below = plot.y + plot.height + TICK + 32;
  const aside = `translate(18 ${plot.y + plot.height / 2}) rotate(-90)`;
  return [
    ...drawX(plot, x),
    ...drawUpright({ ...plot, width: 0 }, y, -1),
    drawText('x₁', { x: plot.x + plot.width / 2, y: below, 'text-anchor': 'middle' }),
    drawText('x₂', { transform: aside, 'text-anchor': 'middle' }),
  ];
}

function drawX(plot: Box, { ticks, offset }: Ticks): string[] {
  const bottom = plot.y + plot.height;
  const right = plot.x + plot.width;
  const marks = ticks.flatMap(({ position, label }) => {
    const x = plot.x + ((position + 1) / 2) * plot.width;
    return [
      element('line', { x1: x, x2: x, y1: bottom, y2: bottom + TICK, stroke: INK }),
      drawText(label, { x, y: bottom + TICK + 14, 'text-anchor': 'middle' }),
    ];
  });
  const note = { x: right, y: bottom + TICK + 32, 'text-anchor': 'end' };
  return offset === null ? marks : [...marks, drawText(offset, note)];
}

/** Ticks along an upright side of a box: its left one (side −1) or its right one (side 1). */
function drawUpright(box: Box, { ticks, offset }: Ticks, side: -1 | 1): string[] {
  const edge = box.x + (side === 1 ? box.width : 0);
  const anchor = side === 1 ? 'start' : 'end';
  const marks = ticks.flatMap(({ position, label }) => {
    const y = box.y + ((1 - position) / 2) * box.height;
    return [
      element('line', { x1: edge, x2: edge + side * TICK, y1: y, y2: y, stroke: INK }),
      drawText(label, { x: edge + side * (TICK + 4), y: y + 4, 'text-anchor': anchor }),
    ];
  });
  if (offset === null) return marks;
  const turned = `translate(${edge + side * OFFSET_AWAY} ${box.y}) rotate(-90)`;
  return [...marks, drawText(offset, { transform: turned, 'text-anchor': 'end' })];
}

function drawBar(bar: Box, state: State, range: ColorRange): string[] {
  const scale = colorScale(state.quantity, state.contours, range);
  const table = colormapTable(scale.isTurn ? 'cyclic' : state.colormap);
  const steps = barSteps(scale).map((start, i, starts) => {
    const fraction = mapFraction((start + (starts[i + 1] ?? 1)) / 2, scale);
    const entry = Math.min(COLORMAP_SIZE - 1, Math.floor(fraction * COLORMAP_SIZE));
    const rgb = table.subarray(4 * entry, 4 * entry + 3).join(', ');
    // Each reaches to the top, so that no gap shows between it and the next, which lies over it.
    const height = (1 - start) * bar.height;
    return element('rect', { ...bar, height, fill: `rgb(${rgb})` });
  });
  const ticks = colorTicks(scale, Math.max(2, bar.height / ROOM.bar));
  return [...steps, frame(bar), ...drawUpright(bar, ticks, 1)];
}

/** Where on the bar (0 to 1) each of its colours begins. */
function barSteps({ min, max, levels }: ColorScale): number[] {
  if (!(max > min)) return [0];
  if (levels.length === 0) {
    return Array.from({ length: COLORMAP_SIZE }, (_, i) => i / COLORMAP_SIZE);
  }
  const inside = levels.filter((level) => level > min && level < max);
  return [0, ...inside.map((level) => (level - min) / (max - min))];
}
