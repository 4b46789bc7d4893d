import { formatNumber } from '../scales/format.ts';
import type { DrawingColors } from './colors.ts';
import { inkImage, largestIn, signedImage } from './pixels.ts';
import { drawText, type Size, TEXT_SIZE } from './plotFrame.ts';
import { element } from './svgMarkup.ts';
import type { ImagesPanel } from './vectorPanels.ts';

const DIGITS = 3;
const GAP = 10;
const NAME_ROW = 18;
/** Below the images, for the scale of signed ones. */
const SCALE_ROW = 26;

/** Images in a grid, as large as they fit, each under its name, as SVG markup of this size. */
export function imagesMarkup(panel: ImagesPanel, size: Size, colors: DrawingColors): string {
  const { images, isSigned } = panel;
  const room = { ...size, height: size.height - (isSigned ? SCALE_ROW : 0) };
  const { columns, cell } = gridOf(images.length, room);
  const largest = largestIn(images);
  const rows = Math.ceil(images.length / columns);
  const below = rows * (cell + NAME_ROW + GAP) + TEXT_SIZE;
  const scale = drawText(describeScale(largest), { x: 0, y: below, fill: colors.quiet });
  const drawn = images.flatMap((image, i) => {
    const [x, y] = [
      (i % columns) * (cell + GAP),
      Math.floor(i / columns) * (cell + NAME_ROW + GAP),
    ];
    const place = { x, y: y + NAME_ROW, size: cell };
    const frame = { x, y: place.y, width: cell, height: cell, fill: 'none', stroke: colors.line };
    const name = { x: x + cell / 2, y: y + TEXT_SIZE, 'text-anchor': 'middle', fill: colors.ink };
    return [
      isSigned ? signedImage(image, place, largest) : inkImage(image, place, largest, colors),
      element('rect', frame),
      drawText(image.name, name),
    ];
  });
  return [...drawn, isSigned ? scale : ''].filter(Boolean).join('\n');
}

/** What the colours of signed images mean. */
export function describeScale(largest: number): string {
  if (largest === 0) return 'All weights are 0.';
  const end = formatNumber(largest, DIGITS);
  return `Colours reach from −${end} (blue) over 0 (grey) to ${end} (red).`;
}

/** In words. */
export function describeImages({ images, isSigned }: ImagesPanel): string {
  const names = images.map(({ name }) => name).join(', ');
  const scale = isSigned ? ` ${describeScale(largestIn(images))}` : '';
  return `${images.length} images: ${names}.${scale}`;
}

/** As many columns as make the images largest. */
function gridOf(count: number, { width, height }: Size): { columns: number; cell: number } {
  let best = { columns: 1, cell: 0 };
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const across = (width + GAP) / columns - GAP;
    const down = (height + GAP) / rows - GAP - NAME_ROW;
    const cell = Math.floor(Math.min(across, down));
    if (cell > best.cell) best = { columns, cell };
  }
  return best;
}
