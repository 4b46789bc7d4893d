import type { DrawingColors } from './colors.ts';
import { drawText, type Size, TEXT_SIZE } from './plotFrame.ts';
import { element } from './svgMarkup.ts';
import type { TablePanel } from './vectorPanels.ts';

const ROW = 26;
const PADDING = 10;
const LETTER = 0.58;

/** A table as SVG markup of this size, with smaller text if it would not fit. */
export function tableMarkup({ head, rows }: TablePanel, size: Size, colors: DrawingColors): string {
  const columns = head.map((name, i) =>
    Math.max(name.length, ...rows.map((row) => row[i]!.length)),
  );
  const widths = columns.map((letters) => letters * TEXT_SIZE * LETTER + 2 * PADDING);
  const total = widths.reduce((sum, width) => sum + width, 0);
  const height = ROW * (rows.length + 1);
  const scale = Math.min(1, size.width / total, size.height / height);
  const rights = widths.map((_, i) => widths.slice(0, i + 1).reduce((sum, w) => sum + w, 0));
  const line = (y: number) =>
    element('line', { x1: 0, x2: total, y1: y, y2: y, stroke: colors.line });
  const cells = [head, ...rows].flatMap((row, r) => [
    ...row.map((text, i) => {
      const place = { x: rights[i]! - PADDING, y: r * ROW + 17, 'text-anchor': 'end' };
      const weight = { 'font-weight': r === 0 ? 600 : 400 };
      return drawText(text, { ...place, ...weight, fill: colors.ink });
    }),
    line((r + 1) * ROW),
  ]);
  return element('g', { transform: `scale(${scale.toFixed(4)})` }, cells.join('\n'));
}
