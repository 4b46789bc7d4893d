import { formatNumber } from '../scales/format.ts';
import { type DrawingColors, seriesColor } from './colors.ts';
import { drawFrame, drawText, layOutPlot, placeOn, type Size, TEXT_SIZE } from './plotFrame.ts';
import { element, LETTER_WIDTH } from './svgMarkup.ts';
import type { BarsPanel } from './vectorPanels.ts';

/** Gaps as fractions of a group's width: between groups, and between the bars of one. */
const GAP = { group: 0.3, bar: 0.04 };
/** The most and the fewest decimals of the numbers above bars; narrower bars have no numbers. */
const DECIMALS = { most: 3, fewest: 2 };
/** Between the numbers of two bars. */
const NUMBER_GAP = 6;

/** Groups of bars with an axis and a legend, as SVG markup of this size. */
export function barsMarkup(panel: BarsPanel, size: Size, colors: DrawingColors): string {
  const { groups, items, values, y } = panel;
  const signs = items.map((name, i) => {
    const place = { x: 3, y: -6, width: 14, height: 12 };
    return { name, sign: element('rect', { ...place, fill: seriesColor(colors, i) }) };
  });
  const { plot, legend } = layOutPlot(size, signs, y, colors);
  const bottom = plot.y + plot.height;
  const groupRoom = plot.width / groups.length;
  const barRoom = (groupRoom * (1 - GAP.group)) / items.length;
  const base = placeOn(y, 0);
  const decimals = decimalsIn(barRoom);
  const bars = values.flatMap((heights, g) =>
    heights.map((value, i) => {
      const left = plot.x + (g + GAP.group / 2) * groupRoom + i * barRoom;
      const top = placeOn(y, value);
      const [from, to] = [Math.max(base, top), Math.min(base, top)];
      const bar = element('rect', {
        x: left + (barRoom * GAP.bar) / 2,
        y: bottom - from * plot.height,
        width: barRoom * (1 - GAP.bar),
        height: (from - to) * plot.height,
        fill: seriesColor(colors, i),
      });
      if (decimals === null) return bar;
      const place = { x: left + barRoom / 2, y: bottom - from * plot.height - 4 };
      const words = { ...place, 'text-anchor': 'middle', fill: colors.ink };
      return bar + drawText(value.toFixed(decimals), words);
    }),
  );
  const names = groups.map((name, g) => {
    const place = { x: plot.x + (g + 0.5) * groupRoom, y: bottom + 18, 'text-anchor': 'middle' };
    return drawText(name, { ...place, fill: colors.ink });
  });
  return [legend, ...bars, drawFrame(plot, null, y, colors), ...names].join('\n');
}

/** The decimals of numbers from 0 to 1 that fit into this width; null if too few do. */
function decimalsIn(width: number): number | null {
  const letters = Math.floor((width - NUMBER_GAP) / (TEXT_SIZE * LETTER_WIDTH));
  const decimals = Math.min(letters - '0.'.length, DECIMALS.most);
  return decimals >= DECIMALS.fewest ? decimals : null;
}

/** Describes the bars in words. */
export function describeBars({ groups, items, values }: BarsPanel): string {
  const parts = groups.map((group, g) => {
    const heights = items.map((item, i) => `${item} ${formatNumber(values[g]![i]!, 4)}`);
    return `${group}: ${heights.join(', ')}`;
  });
  return `${parts.join('; ')}.`;
}
