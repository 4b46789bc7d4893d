import type { DrawingColors } from './colors.ts';
import { inkImage, largestIn, signedImage } from './pixels.ts';
import { drawText, type Size, TEXT_SIZE } from './plotFrame.ts';
import { element } from './svgMarkup.ts';
import type { ImagesPanel } from './vectorPanels.ts';

const GAP = 10;
const NAME_ROW = 18;

/** Images in a grid, as large as they fit, each under its name, as SVG markup of this size. */
export function imagesMarkup(panel: ImagesPanel, size: Size, colors: DrawingColors): string {
  const { images, isSigned } = panel;
  const { columns, cell } = gridOf(images.length, size);
  const largest = largestIn(images);
  return images
    .flatMap((image, i) => {
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
    })
    .join('\n');
}

/** In words. */
export function describeImages({ images, isSigned }: ImagesPanel): string {
  const names = images.map(({ name }) => name).join(', ');
  const scale = isSigned
    ? ` Colours reach from −${largestIn(images)} to ${largestIn(images)}.`
    : '';
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
