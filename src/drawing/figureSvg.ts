import { STATE_KEYWORD } from '../formats/pngMetadata.ts';
import { CAPTION_SIZE, FIGURE_TITLE_SIZE, type FigureLayout } from './figureLayout.ts';
import { svgDocument } from './svg.ts';
import { element, escapeMarkup, LETTER_WIDTH } from './svgMarkup.ts';

/** What an exported figure shows. */
export interface FigureParts {
  readonly layout: FigureLayout;
  readonly title: string;
  readonly caption: string;
  /** The figure as links encode it. */
  readonly link: string;
  /** The markup of each panel, from its cell's top left corner. */
  readonly panels: readonly string[];
  /** Whether the ground is white; transparent if fields lie below. */
  readonly ground: boolean;
  /** Pixels per unit of the layout when the figure is drawn. */
  readonly scale: number;
}

/** A figure as an SVG document: its panels under their title, the caption below. */
export function figureSvg({ layout, ...parts }: FigureParts): string {
  const { width, height, titleAt, question, formula, cells, caption } = layout;
  const [x, y] = titleAt;
  const fitting = (width - 2 * x) / (LETTER_WIDTH * parts.title.length);
  const heading = { x, y, 'font-weight': 600, 'font-size': Math.min(FIGURE_TITLE_SIZE, fitting) };
  return svgDocument(layout, parts.scale, [
    element('title', {}, escapeMarkup(parts.title)),
    element('desc', {}, escapeMarkup(parts.caption)),
    element('metadata', {}, escapeMarkup(`${STATE_KEYWORD} ${parts.link}`)),
    parts.ground ? element('rect', { width, height, fill: '#ffffff' }) : '',
    element('text', heading, escapeMarkup(parts.title)),
    element('g', { transform: `translate(${formula.x} ${formula.y})` }, formula.markup),
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
