import type { DrawingColors } from './colors.ts';
import { inkImage, largestIn } from './pixels.ts';
import { drawText, type Size, TEXT_SIZE } from './plotFrame.ts';
import { element } from './svgMarkup.ts';
import type { ConfusionPanel } from './vectorPanels.ts';

/** Room for the names of classes, above and on the left, and for those of the sides. */
const MARGIN = 44;
const IMAGE_SHARE = 0.62;
/** Greys of cells off the diagonal, by their share of the greatest of these. */
const SHADE_MAX = 0.35;

/**
 * A confusion matrix as SVG markup of this size: a row for each class, a column for each class that is given, and in each cell
 * the number of points and the mean of their images.
 */
export function confusionMarkup(panel: ConfusionPanel, size: Size, colors: DrawingColors): string {
  const { names, counts, images } = panel;
  const cell = Math.floor((Math.min(size.width, size.height) - MARGIN) / names.length);
  const side = cell * names.length;
  const worst = Math.max(1, ...counts.flatMap((row, r) => row.filter((_, c) => c !== r)));
  const full = largestIn(images.flat().flatMap((image) => image ?? []));
  const cells = counts.flatMap((row, r) =>
    row.flatMap((count, c) => {
      const [x, y] = [MARGIN + c * cell, MARGIN + r * cell];
      const isWrong = r !== c && count > 0;
      const shade = isWrong ? (SHADE_MAX * count) / worst : 0;
      const box = { x, y, width: cell, height: cell };
      const image = images[r]![c]!;
      const room = cell * IMAGE_SHARE;
      const place = { x: x + (cell - room) / 2, y: y + cell - room - 1, size: room };
      const text = { x: x + cell / 2, y: y + cell * 0.3, 'text-anchor': 'middle' };
      return [
        shade > 0 ? element('rect', { ...box, fill: colors.series[1]!, opacity: shade }) : '',
        element('rect', { ...box, fill: 'none', stroke: colors.line }),
        image === null ? '' : inkImage(image, place, full, colors),
        count > 0 ? drawText(String(count), { ...text, fill: colors.ink }) : '',
      ];
    }),
  );
  const labels = names.flatMap((name, i) => {
    const along = MARGIN + (i + 0.5) * cell;
    const style = { fill: colors.ink };
    return [
      drawText(name, { x: along, y: MARGIN - 6, 'text-anchor': 'middle', ...style }),
      drawText(name, { x: MARGIN - 6, y: along + TEXT_SIZE / 3, 'text-anchor': 'end', ...style }),
    ];
  });
  const middle = MARGIN + side / 2;
  const words = { 'text-anchor': 'middle', fill: colors.quiet };
  const sides = [
    drawText('given class', { x: middle, y: TEXT_SIZE, ...words }),
    drawText('class', { transform: `translate(${TEXT_SIZE} ${middle}) rotate(-90)`, ...words }),
  ];
  return [...cells, ...labels, ...sides].filter(Boolean).join('\n');
}

/** In words. */
export function describeConfusion({ names, counts }: ConfusionPanel): string {
  const total = counts.flat().reduce((sum, count) => sum + count, 0);
  const right = counts.reduce((sum, row, r) => sum + row[r]!, 0);
  const wrong = counts.flatMap((row, r) =>
    row.flatMap((count, c) => (r !== c && count > 0 ? [{ r, c, count }] : [])),
  );
  const worst = wrong
    .sort((a, b) => b.count - a.count)
    .slice(0, 3)
    .map(({ r, c, count }) => `${names[r]} for ${names[c]} ${count} times`);
  const most = worst.length > 0 ? ` Most often taken: ${worst.join(', ')}.` : '';
  return `${right} of ${total} have their class.${most}`;
}
