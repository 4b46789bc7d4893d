import { InvalidInputError } from '../input/invalidInput.ts';
import type { Box } from '../overlay/marks.ts';
import type { Frame } from '../state/state.ts';

/** Where the parts of an exported picture lie, in whole units of its size. */
export interface PictureLayout {
  readonly width: number;
  readonly height: number;
  readonly plot: Box;
  readonly bar: Box;
}

/** Room for the title, the legend, and the ticks with their labels and the offset of each axis. */
const MARGIN = { top: 44, right: 104, bottom: 72, left: 84 };
const BAR = { gap: 20, width: 16 };

/** A smaller picture has no room for a plot beside its numbers. */
export const SIDE_MIN = 300;
/** The longest side of a canvas in browsers. */
export const SIDE_MAX = 16384;
/** Pixels per unit of text. */
export const SCALE_MAX = 16;

/**
 * Divides a picture into plot, colour bar and margins. A square plot is centred with its bar.
 *
 * @throws InvalidInputError unless both sides are whole numbers from SIDE_MIN to SIDE_MAX.
 */
export function layoutPicture(width: number, height: number, frame: Frame): PictureLayout {
  assertSides(width, height);
  const room = roomOf(width, height);
  if (frame === 'fill') return layoutAround(width, height, room);
  const side = Math.min(room.width, room.height);
  const aside = Math.floor((room.width - side) / 2);
  return layoutAround(width, height, { width: side, height: side }, aside);
}

/** The same with a square plot at the top left, for panels of a figure. */
export function layoutSquare(width: number, height: number): PictureLayout {
  const room = roomOf(width, height);
  const side = Math.min(room.width, room.height);
  return layoutAround(width, height, { width: side, height: side });
}

/** @throws InvalidInputError unless both sides are whole numbers from SIDE_MIN to SIDE_MAX. */
export function assertSides(width: number, height: number): void {
  for (const [path, side] of Object.entries({ width, height })) {
    if (!(Number.isInteger(side) && side >= SIDE_MIN && side <= SIDE_MAX)) {
      throw new InvalidInputError(path, side, `a whole number from ${SIDE_MIN} to ${SIDE_MAX}`);
    }
  }
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
