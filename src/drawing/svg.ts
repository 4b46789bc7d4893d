import { horizontalAxis, PAPER_AXES, verticalAxis } from '../overlay/axes.ts';
import { paperBar } from '../overlay/colorBar.ts';
import { INK } from '../overlay/ink.ts';
import { layerOf } from '../overlay/layers.ts';
import type { Box, Mark } from '../overlay/marks.ts';
import type { ColorRange } from '../scales/colorScale.ts';
import type { State } from '../state/state.ts';
import { PictureGeometry } from '../view/pictureGeometry.ts';
import { marksMarkup } from './marksMarkup.ts';
import type { PictureLayout } from './pictureLayout.ts';
import { drawLegend } from './svgLegend.ts';
import { element, escapeMarkup, LETTER_WIDTH } from './svgMarkup.ts';

/** What an exported picture shows besides its field. */
export interface PictureParts {
  readonly layout: PictureLayout;
  readonly state: State;
  /** Of the colour map; null for regions, which have no scale. */
  readonly range: ColorRange | null;
  readonly title: string;
  /** The field as an image (a data URL); null leaves its place transparent. */
  readonly image: string | null;
  /** Over the field and below what the state's overlay has, in units from the plot's corner. */
  readonly lines?: readonly Mark[];
}

/** From the plot to the legend, past the ticks and the axis's name. */
const LEGEND_BELOW = 60;
const FONT = "system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif";
const TITLE_SIZE = 16;
const TEXT_SIZE = 12;

/** An SVG document with the fonts and colours of exported pictures. */
export function svgDocument(
  { width, height }: { readonly width: number; readonly height: number },
  scale: number,
  content: readonly string[],
): string {
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    'xmlns:xlink': 'http://www.w3.org/1999/xlink',
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
 * @param id unique among the documents that may share a page
 */
export function pictureMarkup(parts: PictureParts, id: string): string {
  const { layout, state, range, image, title, lines = [] } = parts;
  const { width, plot, bar } = layout;
  const { marks, legend } = layerOf(state, PictureGeometry.of(state.projection, plot));
  const beside = [
    frame(plot),
    ...horizontalAxis(state, plot, PAPER_AXES),
    ...verticalAxis(state, plot, PAPER_AXES),
    ...paperBar(bar, state, range),
  ];
  const content = [
    image === null ? '' : drawField(plot, image),
    clipTo(plot, marksMarkup([...lines, ...marks]), id),
    drawTitle(title, layout),
    marksMarkup(beside),
    drawLegend(legend, {
      x: plot.x,
      y: plot.y + plot.height + LEGEND_BELOW,
      width: width - plot.x,
      textSize: TEXT_SIZE,
    }),
  ];
  return content.filter(Boolean).join('\n');
}

function drawField(plot: Box, image: string): string {
  // Inkscape 1.2 supports only the older attribute.
  const source = { href: image, 'xlink:href': image };
  return element('image', { ...plot, ...source, preserveAspectRatio: 'none' });
}

/** The text, smaller if it would not fit. */
function drawTitle(title: string, { width, plot }: PictureLayout): string {
  const fitting = (width - plot.x) / (LETTER_WIDTH * title.length);
  const place = { x: plot.x, y: plot.y - 16, 'font-size': Math.min(TITLE_SIZE, fitting) };
  return element('text', place, escapeMarkup(title));
}

/** The overlay, clipped to the field. */
function clipTo(plot: Box, overlay: string, id: string): string {
  if (overlay === '') return '';
  const clip = element('clipPath', { id }, element('rect', { ...plot, x: 0, y: 0 }));
  const place = { transform: `translate(${plot.x} ${plot.y})`, 'clip-path': `url(#${id})` };
  return `${clip}\n${element('g', place, overlay)}`;
}

function frame(box: Box): Mark {
  return { kind: 'rect', box, look: 'frame', style: { fill: 'none', stroke: INK } };
}
