import { STATE_KEYWORD } from '../formats/pngMetadata.ts';
import { CAPTION_SIZE, FIGURE_TITLE_SIZE, type FigureLayout } from './figureLayout.ts';
import { svgDocument } from './svg.ts';
import { element, escapeMarkup, LETTER_WIDTH } from './svgMarkup.ts';

/** What an exported picture shows. */
export interface FigureParts {
  readonly layout: FigureLayout;
  /** Of the document; above the panels if the layout has a place for it. */
  readonly title: string;
  /** What links encode it as. */
  readonly link: string;
  /** The markup of each panel, from its cell's top left corner. */
  readonly panels: readonly string[];
  /** Whether the ground is white; transparent if fields lie below. */
  readonly ground: boolean;
  /** Pixels per unit of the layout when the figure is drawn. */
  readonly scale: number;
}

/** Panels as an SVG document: title, question and formula above them, the caption below. */
export function figureSvg({ layout, ...parts }: FigureParts): string {
  const { width, height, question, formula, cells, caption } = layout;
  return svgDocument(layout, parts.scale, [
    element('title', {}, escapeMarkup(parts.title)),
    caption.length > 0 ? element('desc', {}, escapeMarkup(caption.map(textOf).join(' '))) : '',
    element('metadata', {}, escapeMarkup(`${STATE_KEYWORD} ${parts.link}`)),
    parts.ground ? element('rect', { width, height, fill: '#ffffff' }) : '',
    drawTitle(parts.title, layout),
    formula
      ? element('g', { transform: `translate(${formula.x} ${formula.y})` }, formula.markup)
      : '',
    ...parts.panels.map((markup, i) => {
      const { x: left, y: top } = cells[i]!;
      return element('g', { transform: `translate(${left.toFixed(3)} ${top.toFixed(3)})` }, markup);
    }),
    ...[...question, ...caption].map((line) => {
      const place = { x: line.x, y: line.y, 'font-size': CAPTION_SIZE };
      return element('text', place, escapeMarkup(line.text));
    }),
  ]);
}

function textOf({ text }: { readonly text: string }): string {
  return text;
}

function drawTitle(title: string, { width, titleAt }: FigureLayout): string {
  if (!titleAt) return '';
  const [x, y] = titleAt;
  const fitting = (width - 2 * x) / (LETTER_WIDTH * title.length);
  const look = { 'font-weight': 600, 'font-size': Math.min(FIGURE_TITLE_SIZE, fitting) };
  return element('text', { x, y, ...look }, escapeMarkup(title));
}
