import { SIGN_WIDTH } from '../overlay/layer.ts';
import { type Mark, printLength } from '../overlay/marks.ts';
import { type DiagramLayout, LABEL_SIZE } from './diagramLayout.ts';
import { DIAGRAM_LEGEND } from './diagramMarks.ts';
import { marksMarkup } from './marksMarkup.ts';
import { element, escapeMarkup, LETTER_WIDTH } from './svgMarkup.ts';

const MARGIN = 12;
const TITLE_SIZE = 14;
const HEAD = 30;
const FOOT = 26;
const SIGN_GAP = 5;
const ENTRY_GAP = 16;

/** What a file shows of a diagram. */
export interface DiagramDrawing {
  readonly title: string;
  readonly layout: DiagramLayout;
  /** The lines of weights, below the pictures. */
  readonly lines: readonly Mark[];
  /** Frames and names, above them. */
  readonly frames: readonly Mark[];
  /** The addresses of the pictures of all drawn neurons, in the order of the layers. */
  readonly pictures: readonly string[];
}

/** A diagram as an SVG document, with its title and its legend. */
export function diagramSvg({ title, layout, lines, frames, pictures }: DiagramDrawing): string {
  const legend = legendMarkup();
  const width = Math.max(layout.width, legend.width) + 2 * MARGIN;
  const height = layout.height + HEAD + FOOT;
  const boxes = layout.ranks.flatMap(({ boxes: own }) => own);
  const images = boxes.map((box, i) => {
    const href = pictures[i]!;
    return element('image', {
      ...{ ...box, href, 'xlink:href': href, preserveAspectRatio: 'none' },
    });
  });
  const at = (x: number, y: number, content: string) =>
    element('g', { transform: `translate(${printLength(x)} ${printLength(y)})` }, content);
  const words = { x: MARGIN, y: 20, 'font-size': TITLE_SIZE, 'font-weight': 600, fill: '#1d1f24' };
  const diagram = [marksMarkup(lines), ...images, marksMarkup(frames)].join('\n');
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      'xmlns:xlink': 'http://www.w3.org/1999/xlink',
      viewBox: `0 0 ${printLength(width)} ${printLength(height)}`,
      ...{ width, height, 'font-family': 'system-ui, sans-serif' },
    },
    [
      element('title', {}, escapeMarkup(title)),
      element('rect', { width, height, fill: '#ffffff' }),
      element('text', words, escapeMarkup(title)),
      at(MARGIN, HEAD, diagram),
      at(MARGIN, HEAD + layout.height + FOOT / 2, legend.markup),
    ].join('\n'),
  );
}

function legendMarkup(): { readonly markup: string; readonly width: number } {
  let x = 0;
  const entries = DIAGRAM_LEGEND.map(({ sign, text }) => {
    const signWidth = sign.length > 0 ? SIGN_WIDTH + SIGN_GAP : 0;
    const words = { x: signWidth, y: LABEL_SIZE * 0.35, 'font-size': LABEL_SIZE, fill: '#1d1f24' };
    const content = marksMarkup(sign) + element('text', words, escapeMarkup(text));
    const group = element('g', { transform: `translate(${printLength(x)} 0)` }, content);
    x += signWidth + text.length * LETTER_WIDTH * LABEL_SIZE + ENTRY_GAP;
    return group;
  });
  return { markup: entries.join('\n'), width: x - ENTRY_GAP };
}
