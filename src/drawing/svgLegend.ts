import { type LegendEntry, SIGN_WIDTH } from '../overlay/layer.ts';
import { marksMarkup } from './marksMarkup.ts';
import { element, escapeMarkup, LETTER_WIDTH } from './svgMarkup.ts';

const GAP = 6;

/**
 * Entries in a row that begins at (x, y), on the baseline of its text; scaled down if they would be
 * wider than `width`.
 */
export function drawLegend(
  entries: readonly LegendEntry[],
  { x, y, width, textSize }: { x: number; y: number; width: number; textSize: number },
): string {
  const parts: string[] = [];
  let end = 0;
  for (const { sign, text } of entries) {
    if (sign.length > 0) {
      const place = `translate(${end.toFixed(3)} ${-textSize / 3})`;
      parts.push(element('g', { transform: place }, marksMarkup(sign)));
      end += SIGN_WIDTH + GAP;
    }
    parts.push(element('text', { x: end, y: 0 }, escapeMarkup(text)));
    end += text.length * textSize * LETTER_WIDTH + 2 * GAP;
  }
  if (parts.length === 0) return '';
  const shrink = Math.min(1, width / end).toFixed(3);
  return element('g', { transform: `translate(${x} ${y}) scale(${shrink})` }, parts.join(''));
}
