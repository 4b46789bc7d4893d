import { element, escapeMarkup, LETTER_WIDTH } from './svgMarkup.ts';

/** What a sign in the picture means. */
export interface LegendEntry {
  readonly look: 'hinge' | 'dashes' | 'class1' | 'class0';
  /** Of a hinge. */
  readonly color?: string;
  readonly text: string;
}

const SWATCH = 18;
const GAP = 6;

/**
 * Entries in a row that begins at (x, y), the base line of its text; smaller where they would be
 * wider than `width`.
 */
export function drawLegend(
  entries: readonly LegendEntry[],
  { x, y, width, textSize }: { x: number; y: number; width: number; textSize: number },
): string {
  const parts: string[] = [];
  let end = 0;
  for (const { look, color, text } of entries) {
    parts.push(drawSwatch(look, color ?? '#000000', end, -textSize / 3));
    parts.push(element('text', { x: end + SWATCH + GAP, y: 0 }, escapeMarkup(text)));
    end += SWATCH + GAP + text.length * textSize * LETTER_WIDTH + 2 * GAP;
  }
  if (parts.length === 0) return '';
  const shrink = Math.min(1, width / end).toFixed(3);
  return element('g', { transform: `translate(${x} ${y}) scale(${shrink})` }, parts.join(''));
}

function drawSwatch(look: LegendEntry['look'], color: string, x: number, y: number): string {
  if (look === 'hinge' || look === 'dashes') {
    const line = { x1: x, x2: x + SWATCH, y1: y, y2: y, stroke: color };
    const width = look === 'hinge' ? 3 : 2;
    const dashes = look === 'hinge' ? 'none' : '5 3';
    return element('line', { ...line, 'stroke-width': width, 'stroke-dasharray': dashes });
  }
  const fill = look === 'class1' ? '#ffffff' : '#1d1f24';
  const circle = { cx: x + SWATCH / 2, cy: y, r: 5.5, fill };
  return element('circle', { ...circle, stroke: '#1d1f24', 'stroke-width': 1.5 });
}
