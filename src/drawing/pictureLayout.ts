import type { Box } from '../overlay/marks.ts';

/** Where the parts of one panel's picture lie, in units of text; whole ones if its size is. */
export interface PictureLayout {
  readonly width: number;
  readonly height: number;
  readonly plot: Box;
  readonly bar: Box;
}

/** Room for the title, the legend, and the ticks with their labels and the offset of each axis. */
const MARGIN = { top: 44, right: 104, bottom: 72, left: 84 };
const BAR = { gap: 20, width: 16 };

/** A smaller panel has no room for a plot beside its numbers. */
export const ROOM_MIN = 300;

/** Divides a panel into plot, colour bar and margins. */
export function layoutPicture(width: number, height: number): PictureLayout {
  return layoutAround(width, height, {
    width: width - MARGIN.left - MARGIN.right,
    height: height - MARGIN.top - MARGIN.bottom,
  });
}

/** The same with a square plot at the top left. */
export function layoutSquare(width: number, height: number): PictureLayout {
  const side = Math.min(width - MARGIN.left - MARGIN.right, height - MARGIN.top - MARGIN.bottom);
  return layoutAround(width, height, { width: side, height: side });
}

function layoutAround(
  width: number,
  height: number,
  size: { readonly width: number; readonly height: number },
): PictureLayout {
  const plot = { x: MARGIN.left, y: MARGIN.top, ...size };
  const bar = { ...plot, x: plot.x + plot.width + BAR.gap, width: BAR.width };
  return { width, height, plot, bar };
}
