import type { Box } from '../overlay/marks.ts';
import type { Frame } from '../state/state.ts';

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

/** Divides a panel into plot, colour bar and margins. A square plot is centred with its bar. */
export function layoutPicture(width: number, height: number, frame: Frame): PictureLayout {
  const room = roomOf(width, height);
  if (frame === 'fill') return layoutAround(width, height, room);
  const side = Math.min(room.width, room.height);
  const aside = Math.floor((room.width - side) / 2);
  return layoutAround(width, height, { width: side, height: side }, aside);
}

/** The same with a square plot at the top left. */
export function layoutSquare(width: number, height: number): PictureLayout {
  const room = roomOf(width, height);
  const side = Math.min(room.width, room.height);
  return layoutAround(width, height, { width: side, height: side });
}

/** What the margins leave. */
function roomOf(width: number, height: number) {
  return {
    width: width - MARGIN.left - MARGIN.right,
    height: height - MARGIN.top - MARGIN.bottom,
  };
}

function layoutAround(
  width: number,
  height: number,
  size: { readonly width: number; readonly height: number },
  aside = 0,
): PictureLayout {
  const plot = { x: MARGIN.left + aside, y: MARGIN.top, ...size };
  const bar = { ...plot, x: plot.x + plot.width + BAR.gap, width: BAR.width };
  return { width, height, plot, bar };
}
